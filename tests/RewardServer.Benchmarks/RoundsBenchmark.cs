using System.Diagnostics;
using System.Globalization;
using System.Text;
using RewardServer.Sandboxing;
using RewardServer.Sandboxing.Pooling;
using RewardServer.Sandboxing.Runs;

namespace RewardServer.Benchmarks;

/// <summary>
/// How true measured ratios are while a busy loop loads another core: of a program beside another text of equal work, and
/// beside one that works 15% more.
/// </summary>
internal static class RoundsBenchmark
{
    private const int Measurements = 100, Rounds = 15, Work = 400_000;

    public static async Task RunAsync(string? samples)
    {
        await using var pool = await SandboxPool.StartAsync(new SandboxOptions { Slots = 1 }, TimeProvider.System, default);
        var reference = Program($"total = 0\nfor i in range({Work}):\n    total += i * i % 7\nprint(total)\n");
        var equal = Program($"# The same, in other words.\nresult = 0\nfor number in range({Work}):\n    result += number * number % 7\nprint(result)\n");
        var slower = Program($"result = 0\nfor number in range({Work * 115 / 100}):\n    result += number * number % 7\nprint(result)\n");
#pragma warning disable RS0030 // What loads the machine beside the sandbox must run outside of it.
        using var load = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "while :; do :; done"]))!;
#pragma warning restore RS0030
        try
        {
            var rows = new StringBuilder();
            var equals = await MeasureAsync(pool, equal, reference, "equal", rows);
            var slowers = await MeasureAsync(pool, slower, reference, "slower", rows);
            var errors = equals.Select(one => Math.Abs(one.Ratio - 1)).Order().ToList();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"equal work: {errors.Count(error => error <= 0.03)} of {Measurements} ratios within 3% (wanted: 95); 95 are within {100 * errors[94]:F1}%, the median within {100 * errors[49]:F1}%; {equals.Count(one => one.Low <= 1 && one.High >= 1)} intervals hold 1"));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"15% more work: {slowers.Count(one => one.Low > 1)} of {Measurements} told apart by their interval (wanted: 95); ratios from {slowers.Min(one => one.Ratio):F3} to {slowers.Max(one => one.Ratio):F3}"));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"one run takes {1000 * equals.Min(one => one.ReferenceSeconds):F1} ms of CPU time; {Rounds} rounds a measurement"));
            if (samples is not null)
            {
                await File.WriteAllTextAsync(samples, rows.ToString());
            }
        }
        finally
        {
            load.Kill();
        }
    }

    private static async Task<List<Measurement>> MeasureAsync(SandboxPool pool, RunRequest program, RunRequest reference, string name, StringBuilder rows)
    {
        var measured = new List<Measurement>();
        for (var i = 0; i < Measurements; i++)
        {
            var (measurement, failed, _) = await pool.MeasureAsync(program, reference, Rounds, default);
            measured.Add(measurement ?? throw new InvalidOperationException($"{failed!.Status} {failed.Fault}"));
            foreach (var (round, time) in measurement.ProgramRounds.Index())
            {
                rows.AppendLine(CultureInfo.InvariantCulture, $"{name},{i},{round},{time},{measurement.ReferenceRounds[round]}");
            }
        }

        return measured;
    }

    private static RunRequest Program(string source) => new() { Language = "python", Files = [new("main.py", Encoding.UTF8.GetBytes(source))] };
}
