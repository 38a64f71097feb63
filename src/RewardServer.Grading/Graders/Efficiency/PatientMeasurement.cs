using RewardServer.Grading.Graders.Code;
using RewardServer.Sandboxing.Runs;

namespace RewardServer.Grading.Graders.Efficiency;

/// <summary>Measures until what is earned is clear, or the rounds are used up.</summary>
internal static class PatientMeasurement
{
    // Of fewer rounds than enough, resampling makes too narrow an interval.
    private const int RoundsAtOnce = 5, Enough = 15;

    // Of CPU time of both programs: where tests take long, the rounds are fewer, and the interval is what it is.
    private const double MostSeconds = 60;

    /// <returns>The measurement over all rounds, or why there is none.</returns>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public static async Task<(Measurement? Measurement, Verdict? Fault)> MeasureAsync(
        IYardstick yardstick, CandidateProgram program, EfficiencyOptions options, CancellationToken cancellation)
    {
        Measurement? all = null;
        while (all is null || GoesOn(all, options))
        {
            var (more, fault) = await yardstick.MeasureAsync(program, RoundsAtOnce, cancellation).ConfigureAwait(false);
            if (more is null)
            {
                return (null, fault);
            }

            all = all is null ? more : Measurement.Of([.. all.ProgramRounds, .. more.ProgramRounds], [.. all.ReferenceRounds, .. more.ReferenceRounds]);
        }

        return (all, null);
    }

    private static bool GoesOn(Measurement measured, EfficiencyOptions options) =>
        options.Rounds - measured.Rounds >= RoundsAtOnce
        && (measured.Rounds < Enough || !EfficiencyScore.IsClear(measured, options))
        && measured.ProgramRounds.Sum() + measured.ReferenceRounds.Sum() < MostSeconds;
}
