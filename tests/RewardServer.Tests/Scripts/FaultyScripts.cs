using RewardServer.Tests.Http;

namespace RewardServer.Tests.Scripts;

/// <summary>A script that does whatever a script should not.</summary>
public sealed class FaultyScripts(RunningServer server) : IAsyncLifetime
{
    private const string Text = """
        using System.Diagnostics;
        using System.IO;
        using System.Threading;

        int Deep(int n) => n == int.MaxValue ? 0 : 1 + Deep(n + 1);
        switch (Parameters.GetString())
        {
            case "hang": while (true) { }
            case "sleep": Thread.Sleep(Timeout.Infinite); break;
            case "fail fast": Environment.FailFast("no more"); break;
            case "overflow": return Deep(0);
            case "memory": var kept = new List<byte[]>(); while (true) { kept.Add(new byte[1 << 20]); }
            case "exit": Environment.Exit(0); break;
            case "kill": Process.GetCurrentProcess().Kill(); Thread.Sleep(Timeout.Infinite); break;
            case "throw":
                throw new InvalidOperationException("not\nthis way");
            case "nested": return int.Parse("nonsense");
            case "thread": new Thread(() => throw new InvalidOperationException("aside")).Start(); Thread.Sleep(Timeout.Infinite); break;
            case "NaN": return double.NaN;
            case "infinite": return double.PositiveInfinity;
            case "above": return 1.5;
            case "below": return -0.5;
            case "nothing": break;
            case "signal": return Score(1, signals: "sunny");
            case "array": return Score(1, details: new[] { 1 });
            case "large": return Score(1, details: new { Text = new string('x', 70_000) });
            case "cycle": var cycle = new Dictionary<string, object>(); cycle["self"] = cycle; return Score(1, details: cycle);
            case "console": Console.WriteLine("noise"); Console.OpenStandardOutput().Write(new byte[1 << 20]); Console.Error.Write(new string('e', 1 << 20)); return Score(1, "noisy");
            case "child": using (var child = Process.Start("echo", "noise")!) { child.WaitForExit(); return Score(child.ExitCode == 0, "noisy"); }
            case "input": Console.OpenStandardInput().Close(); return Score(Console.ReadLine() is null && Console.Read() == -1, "noisy");
            case "pipe": foreach (var pipe in Directory.GetFiles("/proc/self/fd").Where(IsOutput)) { File.AppendAllText(pipe, "GARBAGE!GARBAGE!"); }
               
                return 1;
            case "long": return Score(1, new string('x', 2000));
        }
        bool IsOutput(string fd) => new FileInfo(fd).LinkTarget?.StartsWith("pipe:") == true
            && File.ReadLines(fd.Replace("/fd/", "/fdinfo/")).Any(line => line.StartsWith("flags:") && line.EndsWith('1'));
        return Parameters.GetString() == "well" ? Score(1, "well") : default;
        """;

    internal RunningScripts Running { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Running = await RunningScripts.StartAsync(
        server.Sandbox, ("faulty", Text, new() { Processes = 1, TimeoutSeconds = 120, MemoryMb = 128 }), ("slow", Text, new() { Processes = 1, TimeoutSeconds = 0.5 }));

    public ValueTask DisposeAsync() => Running.DisposeAsync();
}
