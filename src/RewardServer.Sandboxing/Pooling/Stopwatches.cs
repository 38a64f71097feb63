using System.Text;
using RewardServer.Sandboxing.Runs;

namespace RewardServer.Sandboxing.Pooling;

/// <summary>Measures programs, and how well this machine can.</summary>
internal static class Stopwatches
{
    private const int CalibrationRuns = 15;

    private static readonly RunRequest Loop = new()
    {
        Language = "python",
        Files = [new SandboxFile("main.py", Encoding.ASCII.GetBytes("n = 0\nfor i in range(200000): n += i * i\n"))],
        Fresh = true,
        Priority = int.MaxValue,
    };

    /// <summary>Runs both in turn.</summary>
    /// <param name="run">Runs one of them, always in the same place.</param>
    /// <param name="rounds">How often.</param>
    /// <returns>The measurement; or the first run of either that did not end well.</returns>
    public static async Task<(Measurement? Measurement, RunResult? Failed, bool IsReference)> MeasureAsync(Func<bool, Task<RunResult>> run, int rounds)
    {
        var (program, reference) = (new List<RunResult>(), new List<RunResult>());

        // The first round warms caches and is not counted.
        for (var round = 0; round <= rounds; round++)
        {
            foreach (var isReference in new[] { true, false })
            {
                var result = await run(isReference).ConfigureAwait(false);
                if (result.Status != RunStatus.Ok)
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
            var result = await run(Loop).ConfigureAwait(false);
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
