using System.Text;
using RewardServer.Sandboxing.Pooling;
using RewardServer.Sandboxing.Runs;

namespace RewardServer.Sandboxing.Tests;

/// <summary>A pool of one slot that a class of tests shares, and short ways to run Python in it.</summary>
public sealed class RunningSandbox : IAsyncLifetime
{
    private SandboxPool? pool;

    public SandboxPool Pool
    {
        get
        {
            Assert.SkipUnless(pool!.Engine.Available, $"{pool.Engine.Reason} {pool.Engine.Remedy}");
            return pool;
        }
    }

    public async ValueTask InitializeAsync() => pool = await StartAsync(new SandboxOptions { Slots = 1, ScratchMb = 64 });

    public ValueTask DisposeAsync() => pool!.DisposeAsync();

    public Task<RunResult> Python(string code, Func<ResourceLimits, ResourceLimits>? limits = null, byte[]? stdin = null, bool report = false) =>
        Pool.RunAsync(Program(code, limits, stdin, report), TestContext.Current.CancellationToken);

    // With SANDBOX_TESTS_WITHOUT_CGROUP=1 the tests run where no memory cgroup is, but for those of memory as a whole.
    public static bool WithoutCgroup { get; } = Environment.GetEnvironmentVariable("SANDBOX_TESTS_WITHOUT_CGROUP") == "1";

    public static Task<SandboxPool> StartAsync(SandboxOptions options) => SandboxPool.StartAsync(
        options with { AllowWithoutMemoryCgroup = WithoutCgroup }, TimeProvider.System, TestContext.Current.CancellationToken);

    public static RunRequest Program(string code, Func<ResourceLimits, ResourceLimits>? limits = null, byte[]? stdin = null, bool report = false) => new()
    {
        Language = "python",
        Files = [new SandboxFile("main.py", Encoding.UTF8.GetBytes(code))],
        Stdin = stdin ?? [],
        WithReport = report,
        Limits = (limits ?? (same => same))(ResourceLimits.Default),
    };
}

public static class RunResultText
{
    public static string Out(this RunResult result) => Encoding.UTF8.GetString(result.Stdout.Span);

    public static string Err(this RunResult result) => Encoding.UTF8.GetString(result.Stderr.Span);

    public static string Told(this RunResult result) => $"{result.Status} exit={result.ExitCode} signal={result.Signal} fault={result.Fault} "
        + $"cpu={result.UserSeconds + result.SystemSeconds:F3} wall={result.WallSeconds:F3} memory={result.PeakMemoryMb:F1}\n{result.Out()}\n{result.Err()}";
}
