using RewardServer.Sandboxing.Runs;

namespace RewardServer.Sandboxing.Pooling;

/// <summary>Measures programs, and how well this machine can.</summary>
internal static class Stopwatches
{
    private const int CalibrationRuns = 15;

    /// <summary>Runs both in turn.</summary>
    /// <param name="run">Runs one of them, always in the same place.</param>
    /// <param name="rounds">How often.</param>
    /// <param name="accepts">Whether a run of the program did its work.</param>
    /// <returns>The measurement; or the first run of either that did not end well.</returns>
    public static async Task<(Measurement? Measurement, RunResult? Failed, bool IsReference)> MeasureAsync(
        Func<bool, Task<RunResult>> run, int rounds, Func<RunResult, Task<bool>> accepts)
    {
        var (program, reference) = (new List<RunResult>(), new List<RunResult>());

        // The first round warms caches and is not counted.
        for (var round = 0; round <= rounds; round++)
        {
            // Now one first and now the other: what the second finds, such as warm caches, helps neither.
            foreach (var isReference in new[] { round % 2 == 0, round % 2 != 0 })
            {
                var result = await run(isReference).ConfigureAwait(false);
                if (result.Status != RunStatus.Ok || (!isReference && !await accepts(result).ConfigureAwait(false)))
                {
                    return (null, result, isReference);
                }

                if (round > 0)
                {
                    (isReference ? reference : program).Add(result);
                }
            }
        }

        return (Measurement.Of(program, reference), null, false);
    }

    /// <summary>Tries one loop again and again.</summary>
    /// <returns>Null where it could not be run.</returns>
    public static async Task<TimingNoise?> CalibrateAsync(Func<RunRequest, Task<RunResult>> run)
    {
        var samples = new List<double>();
        for (var sample = 0; sample < CalibrationRuns; sample++)
        {
            var result = await run(TimingNoise.Loop with { Priority = int.MaxValue }).ConfigureAwait(false);
            if (result.Status != RunStatus.Ok)
            {
                return null;
            }

            samples.Add(result.UserSeconds + result.SystemSeconds);
        }

        samples.Sort();
        return new(samples[0], (samples[samples.Count / 2] / samples[0]) - 1, (samples[^1] / samples[0]) - 1, samples.Count);
    }
}
