using System.Text;
using RewardServer.Sandboxing.Pooling;
using RewardServer.Sandboxing.Runs;

namespace RewardServer.Sandboxing.Tests;

/// <summary>A pool of one slot that a class of tests shares, and short ways to run Python in it.</summary>
public abstract class RunningSandbox(SandboxOptions options) : IAsyncLifetime
{
    private SandboxPool? pool;
    private string? clean;

    public SandboxPool Pool
    {
        get
        {
            Assert.SkipUnless(pool!.Engine.Available, $"{pool.Engine.Reason} {pool.Engine.Remedy}");
            return pool;
        }
    }

    public async ValueTask InitializeAsync() => pool = await StartAsync(options with { Slots = 1, ScratchMb = 64 });

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await pool!.DisposeAsync();
    }

    // Its kernel's doors are those that the engine left: pids go on from run to run, and the image has more folders.
    public bool IsContainer => options.Engine == "docker";

    public Task<RunResult> Python(string code, Func<ResourceLimits, ResourceLimits>? limits = null, byte[]? stdin = null, bool report = false) =>
        Pool.RunAsync(Program(code, limits, stdin, report), TestContext.Current.CancellationToken);

    /// <summary>What a program prints in a slot that no other has run in. Of a fork: all runs of one kind are compared.</summary>
    public async Task<string> CleanPortraitAsync(string program)
    {
        if (clean is null)
        {
            Assert.True(Pool.Engine.Available);
            await using var fresh = await StartAsync(options with { Slots = 1, ScratchMb = 64 });
            var result = await fresh.RunAsync(Program(program), TestContext.Current.CancellationToken);
            Assert.True(result.Status == RunStatus.Ok, result.Told());
            clean = result.Out();
        }

        return clean;
    }

    // With SANDBOX_TESTS_WITHOUT_CGROUP=1 the tests run where no memory cgroup is, but for those of memory as a whole.
    public static bool WithoutCgroup { get; } = Environment.GetEnvironmentVariable("SANDBOX_TESTS_WITHOUT_CGROUP") == "1";

    public static string? DockerEndpoint => EngineOfTests.Endpoint;

    public static SandboxOptions Locally { get; } = new() { Engine = "local" };

    public static SandboxOptions InContainers => EngineOfTests.Options;

    public static Task<SandboxPool> StartAsync(SandboxOptions options) => SandboxPool.StartAsync(
        options with { Engine = options.Engine == "auto" ? "local" : options.Engine, AllowWithoutMemoryCgroup = WithoutCgroup }, TimeProvider.System, TestContext.Current.CancellationToken);

    /// <summary>Starts one that can run programs; where none can be had, the test is skipped.</summary>
    public static async Task<SandboxPool> StartWorkingAsync(SandboxOptions options)
    {
        var pool = await StartAsync(options);
        Assert.SkipUnless(pool.Engine.Available, $"{pool.Engine.Reason} {pool.Engine.Remedy}");
        return pool;
    }

    public static RunRequest Program(string code, Func<ResourceLimits, ResourceLimits>? limits = null, byte[]? stdin = null, bool report = false) => new()
    {
        Language = "python",
        Files = [new SandboxFile("main.py", Encoding.UTF8.GetBytes(code))],
        Stdin = stdin ?? [],
        WithReport = report,
        Limits = (limits ?? (same => same))(ResourceLimits.Default),
    };
}

/// <summary>One slot of this machine's namespaces.</summary>
public sealed class LocalSandbox() : RunningSandbox(Locally);

/// <summary>One slot in a container; where SANDBOX_TESTS_DOCKER names no engine, its tests skip.</summary>
public sealed class ContainerSandbox() : RunningSandbox(InContainers);

public static class RunResultText
{
    public static string Out(this RunResult result) => Encoding.UTF8.GetString(result.Stdout.Span);

    public static string Err(this RunResult result) => Encoding.UTF8.GetString(result.Stderr.Span);

    public static string Told(this RunResult result) => $"{result.Status} exit={result.ExitCode} signal={result.Signal} fault={result.Fault} "
        + $"cpu={result.UserSeconds + result.SystemSeconds:F3} wall={result.WallSeconds:F3} memory={result.PeakMemoryMb:F1}\n{result.Out()}\n{result.Err()}";
}
