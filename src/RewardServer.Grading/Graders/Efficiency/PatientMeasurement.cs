using RewardServer.Grading.Graders.Code;
using RewardServer.Sandboxing.Runs;

namespace RewardServer.Grading.Graders.Efficiency;

/// <summary>Measures until what is earned is clear, or the rounds are used up.</summary>
internal static class PatientMeasurement
{
    private const int RoundsAtOnce = 15;

    /// <returns>The measurement over all rounds, or why there is none.</returns>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public static async Task<(Measurement? Measurement, Verdict? Fault)> MeasureAsync(
        IYardstick yardstick, CandidateProgram program, EfficiencyOptions options, CancellationToken cancellation)
    {
        Measurement? all = null;
        while (all is null || (!EfficiencyScore.IsClear(all, options) && options.Rounds - all.Rounds >= Math.Min(RoundsAtOnce, options.Rounds)))
        {
            var (more, fault) = await yardstick.MeasureAsync(program, Math.Min(RoundsAtOnce, options.Rounds), cancellation).ConfigureAwait(false);
            if (more is null)
            {
                return (null, fault);
            }

            all = all is null ? more : Measurement.Of([.. all.ProgramRounds, .. more.ProgramRounds], [.. all.ReferenceRounds, .. more.ReferenceRounds]);
        }

        return (all, null);
    }
}
