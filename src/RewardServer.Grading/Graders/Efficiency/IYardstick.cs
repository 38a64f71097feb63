using RewardServer.Grading.Graders.Code;
using RewardServer.Sandboxing.Runs;

namespace RewardServer.Grading.Graders.Efficiency;

/// <summary>What a program's speed is compared with. It follows from the task, before there is a candidate.</summary>
internal interface IYardstick
{
    /// <summary>Why nothing can be compared with it: a skipped or failed verdict; null where it can.</summary>
    Verdict? Fault { get; }

    /// <summary>The test on which programs are measured, by its place among all; null where it is all of them.</summary>
    int? Test { get; }

    /// <summary>Measures a program.</summary>
    /// <param name="program">The program, which passes all tests.</param>
    /// <param name="rounds">How often.</param>
    /// <param name="cancellation">Ends the runs.</param>
    /// <returns>The measurement, or why there is none: a score of 0 where the program failed what it had passed before.</returns>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    Task<(Measurement? Measurement, Verdict? Fault)> MeasureAsync(CandidateProgram program, int rounds, CancellationToken cancellation);
}
