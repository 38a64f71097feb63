using Docker.DotNet;
using Docker.DotNet.Models;
using RewardServer.Sandboxing.Pooling;
using RewardServer.Sandboxing.Runs;

namespace RewardServer.Sandboxing.Tests;

/// <summary>An engine that is reached by TCP alone: no folder is shared with its slots.</summary>
[Collection(AloneTests.Name)]
public sealed class SlotsOnAnotherHost : IAsyncDisposable
{
    private readonly DirectoryInfo certificates = Directory.CreateTempSubdirectory("certificates-");
    private EngineRelay? relay;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        if (relay is not null)
        {
            await relay.DisposeAsync();
        }

        certificates.Delete(recursive: true);
    }

    private async Task<SandboxPool> StartAsync(bool secure = false)
    {
        Assert.SkipWhen(RunningSandbox.DockerEndpoint is null, "SANDBOX_TESTS_DOCKER names no engine; tests/run starts one");
        relay = new EngineRelay(RunningSandbox.DockerEndpoint, secure ? certificates.FullName : null);
        var options = RunningSandbox.InContainers;
        var pool = await RunningSandbox.StartAsync(options with
        {
            Slots = 1,
            Docker = options.Docker with { Endpoint = relay.Address, Certificates = secure ? certificates.FullName : "" },
        });
        Assert.True(pool.Engine.Available, pool.Engine.Reason);
        return pool;
    }

    private static async Task<IList<ContainerListResponse>> ContainersAsync()
    {
        using var engine = new DockerClientBuilder().WithEndpoint(new Uri(RunningSandbox.DockerEndpoint!)).Build();
        return await engine.Containers.ListContainersAsync(
            new ContainersListParameters
            {
                All = true,
                Filters = new Dictionary<string, IDictionary<string, bool>> { ["label"] = new Dictionary<string, bool> { ["org.rewardserver.slot"] = true } },
            },
            Token);
    }

    // The engine notices within moments that nobody is attached any more.
    private static async Task SeeNothingLeftAsync()
    {
        for (var attempt = 0; attempt < 100 && (await ContainersAsync()).Count > 0; attempt++)
        {
            await Task.Delay(100, Token);
        }

        Assert.Empty(await ContainersAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Programs_run_and_come_to_their_limits(bool secure)
    {
        await using var pool = await StartAsync(secure);
        async Task<RunResult> Run(string code, byte[]? input = null) => await pool.RunAsync(
            RunningSandbox.Program(code, limits => limits with { CpuSeconds = 1, WallSeconds = 2, MemoryMb = 128, OutputKb = 32 << 10 }, input), Token);

        var echo = await Run("import sys; data = sys.stdin.buffer.read(); sys.stdout.buffer.write(data); sys.stderr.buffer.write(data[::-1])", new byte[10 << 20]);
        Assert.True((echo.Status, echo.Stdout.Length, echo.Stderr.Length) == (RunStatus.Ok, 10 << 20, 10 << 20), $"{echo.Status} {echo.Fault} {echo.Stdout.Length} {echo.Stderr.Length}");
        foreach (var (code, status) in new[]
        {
            ("while True: pass", RunStatus.CpuTimeLimit), ("import time; time.sleep(60)", RunStatus.WallTimeLimit),
            ("x = bytearray(400 << 20)", RunStatus.MemoryLimit), ("import sys; sys.exit(3)", RunStatus.NonZeroExit),
        })
        {
            var result = await Run(code);
            Assert.True(result.Status == status, result.Told());
        }
    }

    [Fact]
    public async Task No_program_reaches_the_streams_that_lead_to_the_server()
    {
        await using var pool = await StartAsync();
        const string code = """
            import os
            for n in range(3, 300):
                try: os.write(n, b'noise'); print('written', n)
                except OSError: pass
            for n in range(40):
                try: open(f'/proc/1/fd/{n}', 'wb').write(b'noise'); print('opened', n)
                except OSError: pass
            """;
        for (var time = 0; time < 3; time++)
        {
            var result = await pool.RunAsync(RunningSandbox.Program(code), Token);
            Assert.True((result.Status, result.Out()) == (RunStatus.Ok, ""), result.Told());
        }
    }

    [Fact]
    public async Task A_run_that_is_given_up_leaves_the_slot_clean()
    {
        await using var pool = await StartAsync();
        using var impatient = new CancellationTokenSource(TimeSpan.FromMilliseconds(500));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pool.RunAsync(RunningSandbox.Program("while True: print('x' * 1000)"), impatient.Token));
        var next = await pool.RunAsync(RunningSandbox.Program("import os; print(os.listdir('.'))"), Token);
        Assert.True(next.Out() == "['main.py']\n", next.Told());
    }

    [Fact]
    public async Task A_connection_that_breaks_costs_no_run()
    {
        await using var pool = await StartAsync();
        var running = pool.RunAsync(RunningSandbox.Program("import time; time.sleep(1); print('whole')"), Token);
        await Task.Delay(400, Token);
        relay!.Cut();
        Assert.True((await running).Out() == "whole\n", (await running).Told());
        await pool.DisposeAsync();
        await SeeNothingLeftAsync();
    }

    [Fact]
    public async Task A_connection_that_breaks_each_time_is_no_program_s_doing()
    {
        await using var pool = await StartAsync();
        var program = RunningSandbox.Program("import time; time.sleep(3); print('whole')");
        var running = pool.RunAsync(program, Token);
        for (var time = 0; time < 2; time++)
        {
            await Task.Delay(1500, Token);
            relay!.Cut();
        }

        Assert.True((await running).Status is RunStatus.SandboxFault or RunStatus.Ok, (await running).Told());
        var again = await pool.RunAsync(program, Token);
        Assert.True(again.Out() == "whole\n", again.Told());
    }

    [Fact]
    public async Task An_engine_that_is_gone_in_the_middle_of_a_run_is_a_fault_of_ours_and_leaves_nothing()
    {
        await using var pool = await StartAsync();
        Assert.Single(await ContainersAsync());
        var running = pool.RunAsync(RunningSandbox.Program("import time; print('half', flush=True); time.sleep(1)"), Token);
        await Task.Delay(400, Token);
        await relay!.DisposeAsync();
        Assert.True((await running).Status == RunStatus.SandboxFault, (await running).Told());
        await SeeNothingLeftAsync();
    }

    [Fact]
    public async Task A_pool_that_is_closed_leaves_no_container()
    {
        var pool = await StartAsync();
        Assert.All(await ContainersAsync(), container => Assert.Empty(container.Mounts ?? []));
        await pool.DisposeAsync();
        Assert.Empty(await ContainersAsync());
    }

    [Fact]
    public async Task Every_byte_passes_as_it_is()
    {
        await using var pool = await StartAsync();
        var input = Enumerable.Range(0, 1 << 20).Select(n => (byte)(n ^ (n >> 8))).ToArray();
        var result = await pool.RunAsync(RunningSandbox.Program("import sys; sys.stdout.buffer.write(sys.stdin.buffer.read())", limits => limits with { OutputKb = 2048 }, input), Token);
        Assert.True(result.Stdout.Span.SequenceEqual(input), $"{result.Status} {result.Fault} {result.Stdout.Length}");
    }

    [Fact]
    public async Task An_engine_that_asks_for_a_certificate_does_not_answer_without()
    {
        Assert.SkipWhen(RunningSandbox.DockerEndpoint is null, "SANDBOX_TESTS_DOCKER names no engine; tests/run starts one");
        relay = new EngineRelay(RunningSandbox.DockerEndpoint, certificates.FullName);
        var options = RunningSandbox.InContainers;
        await using var pool = await RunningSandbox.StartAsync(options with { Docker = options.Docker with { Endpoint = relay.Address } });
        Assert.False(pool.Engine.Available);
        Assert.Contains("does not answer", pool.Engine.Reason, StringComparison.Ordinal);
        Assert.Contains("Sandbox:Docker:Certificates", pool.Engine.Remedy, StringComparison.Ordinal);
    }
}
