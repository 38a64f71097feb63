using System.Text.Json.Serialization;
using RewardServer.Grading.Graders.Efficiency.Growth;
using RewardServer.Sandboxing.Runs;

namespace RewardServer.Grading.Graders.Efficiency;

/// <summary>What a person needs to see why a program counts as fast or slow.</summary>
/// <param name="Test">The test on which it was measured, by its place among all; null where it was all of them.</param>
/// <param name="Measured">What was measured, and differs from time to time.</param>
public sealed record EfficiencyDetails(int? Test, EfficiencyMeasures Measured);

/// <summary>What was measured of a program's speed. Times are CPU times less the start of an empty program.</summary>
/// <param name="Ratio">The program's time over the reference's.</param>
/// <param name="Low">The lower end of the ratio's interval of 95%.</param>
/// <param name="High">Its upper end, for which the score is.</param>
/// <param name="ProgramSeconds">The program's time, the median of the rounds.</param>
/// <param name="ReferenceSeconds">The reference's, or the baseline's on this machine.</param>
/// <param name="Rounds">How often each ran.</param>
public sealed record EfficiencyMeasures(double Ratio, double Low, double High, double ProgramSeconds, double ReferenceSeconds, int Rounds)
{
    /// <summary>How the time grows; absent where that was not asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public MeasuredGrowth? Growth { get; init; }

    internal static EfficiencyMeasures Of(Measurement measured) =>
        new(measured.Ratio, measured.Low, measured.High, measured.ProgramSeconds, measured.ReferenceSeconds, measured.Rounds);
}
