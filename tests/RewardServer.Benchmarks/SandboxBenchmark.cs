using System.Diagnostics;
using System.Globalization;
using System.Text;
using RewardServer.Sandboxing;
using RewardServer.Sandboxing.Engines;
using RewardServer.Sandboxing.Pooling;
using RewardServer.Sandboxing.Runs;

namespace RewardServer.Benchmarks;

/// <summary>What a slot adds to a program: each kind of run in turn with the same program started bare, in one run.</summary>
internal static class SandboxBenchmark
{
    private const int Rounds = 15, RunsARound = 40;

    public static async Task RunAsync(string engine)
    {
        var folder = Directory.CreateTempSubdirectory("rewardserver-benchmark-").FullName;
        try
        {
            var bare = Tools.Compile("bare.c", folder, "-O2");
            var hello = Tools.Compile("hello.c", folder, "-O2", "-static", "-nostdlib");
            var script = Path.Combine(folder, "main.py");
            await File.WriteAllTextAsync(script, "print(1)\n");
            await using var pool = await SandboxPool.StartAsync(new SandboxOptions { Engine = engine, Slots = 1 }, TimeProvider.System, default);
            Console.WriteLine($"{pool.Engine.Name}: {pool.Engine.Description ?? pool.Engine.Reason}");
            var python = new RunRequest { Language = "python", Files = [new("main.py", Encoding.UTF8.GetBytes("print(1)\n"))] };
            var shell = pool.Find("bash");
            var native = new AgentRun(["/box/main"], shell.Environment, [new("main", await File.ReadAllBytesAsync(hello), Executable: true)], default, ResourceLimits.Default);
            var plain = pool.SlotEngine!.KindFor(shell, null, ResourceLimits.Default.MemoryMb);
            string[] interpreter = ["/usr/bin/python3", "-B", "-s", script];
            var kinds = new (string Name, Func<Task<List<double>>> Measure)[]
            {
                ("static hello, bare", () => Tools.BareAsync(bare, RunsARound, [hello])),
                ("static hello, slot", () => InSlotAsync(() => pool.Execution.RunAsync(shell, plain, native, null, 0, default))),
                ("python, bare", () => Tools.BareAsync(bare, RunsARound, interpreter)),
                ("python, fresh in a slot", () => InSlotAsync(() => pool.RunAsync(python with { Fresh = true }, default))),
                ("python, zygote", () => InSlotAsync(() => pool.RunAsync(python, default))),
            };
            var medians = kinds.ToDictionary(kind => kind.Name, _ => new List<double>());
            for (var round = 0; round <= Rounds; round++)
            {
                foreach (var (name, measure) in kinds)
                {
                    var samples = await measure();
                    samples.Sort();

                    // The first round warms up.
                    if (round > 0)
                    {
                        medians[name].Add(samples[samples.Count / 2]);
                    }
                }
            }

            foreach (var (name, samples) in medians)
            {
                samples.Sort();
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: {Median(samples):F2} ms (medians of {Rounds} rounds from {samples[0]:F2} to {samples[^1]:F2})"));
            }

            Ratio("static hello", medians["static hello, slot"], medians["static hello, bare"], 2.2);
            Ratio("python, fresh", medians["python, fresh in a slot"], medians["python, bare"], 1.3);
            Ratio("python, zygote", medians["python, zygote"], medians["python, bare"], 0.55);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<List<double>> InSlotAsync(Func<Task<RunResult>> start)
    {
        var samples = new List<double>();
        for (var run = 0; run < RunsARound; run++)
        {
            var clock = Stopwatch.StartNew();
            var result = await start();
            samples.Add(clock.Elapsed.TotalMilliseconds);
            if (result.Status != RunStatus.Ok || result.Stdout.Length == 0)
            {
                throw new InvalidOperationException($"{result.Status} {result.Fault}");
            }
        }

        return samples;
    }

    private static double Median(List<double> sorted) => sorted[sorted.Count / 2];

    private static void Ratio(string name, List<double> slot, List<double> bare, double goal) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: {Median(slot) / Median(bare):F2} times bare (wanted: at most {goal})"));
}
