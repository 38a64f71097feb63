using System.Diagnostics;
using System.Globalization;
using System.Text;
using RewardServer.Sandboxing;
using RewardServer.Sandboxing.Pooling;
using RewardServer.Sandboxing.Runs;

namespace RewardServer.Benchmarks;

/// <summary>How fast two programs talk: one line there and one back, each written out at once, and what a short conversation takes.</summary>
internal static class ConversationBenchmark
{
    private const int Exchanges = 20_000, Rounds = 3, Short = 200;

    public static async Task RunAsync(string engine)
    {
        await using var pool = await SandboxPool.StartAsync(new SandboxOptions { Engine = engine, Slots = 1 }, TimeProvider.System, default);
        Console.WriteLine($"{pool.Engine.Name}: {pool.Engine.Description ?? pool.Engine.Reason}");
        for (var round = 0; round < Rounds; round++)
        {
            var seconds = await TalkAsync(pool, $"for i in range({Exchanges}): print(i, flush=True); input()", "import sys\nfor line in sys.stdin: print(line, end='', flush=True)");
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Exchanges / seconds:F0} exchanges/s"));
        }

        var samples = new List<double>();
        for (var talk = 0; talk < Short; talk++)
        {
            samples.Add(await TalkAsync(pool, "print(1, flush=True); input()", "print(input())"));
        }

        samples.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"one exchange, start and end: best {samples[0] * 1e3:F2}, median {samples[Short / 2] * 1e3:F2} ms"));
    }

    private static async Task<double> TalkAsync(SandboxPool pool, string program, string partner)
    {
        var clock = Stopwatch.StartNew();
        var (one, other) = await pool.ConverseAsync(Python(program), Python(partner), default);
        return one?.Status == RunStatus.Ok && other?.Status == RunStatus.Ok
            ? clock.Elapsed.TotalSeconds
            : throw new InvalidOperationException($"They did not talk to their end: {one?.Status} {one?.Fault}, {other?.Status} {other?.Fault}.");
    }

    private static RunRequest Python(string code) => new()
    {
        Language = "python",
        Files = [new("main.py", Encoding.UTF8.GetBytes(code))],
        Limits = ResourceLimits.Default with { CpuSeconds = 60, WallSeconds = 120 },
    };
}
