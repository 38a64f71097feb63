using Docker.DotNet;
using Docker.DotNet.Models;
using RewardServer.Sandboxing.Pooling;
using RewardServer.Sandboxing.Runs;

namespace RewardServer.Sandboxing.Tests;

/// <summary>What can happen to an engine and its containers behind our back.</summary>
[Collection(AloneTests.Name)]
public sealed class SlotsInContainers : IDisposable
{
    private const string Label = "org.rewardserver.slot";

    private readonly DockerClient? engine = RunningSandbox.DockerEndpoint is { } address ? new DockerClientBuilder().WithEndpoint(new Uri(address)).Build() : null;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => engine?.Dispose();

    private async Task<SandboxPool> StartAsync(Func<SandboxOptions, SandboxOptions>? change = null)
    {
        Assert.SkipWhen(engine is null, "SANDBOX_TESTS_DOCKER names no engine; tests/run starts one");
        var pool = await RunningSandbox.StartAsync((change ?? (same => same))(RunningSandbox.InContainers with { Slots = 1 }));
        Assert.True(pool.Engine.Available, pool.Engine.Reason);
        return pool;
    }

    private async Task<IList<ContainerListResponse>> ContainersAsync() => await engine!.Containers.ListContainersAsync(
        new ContainersListParameters
        {
            All = true,
            Filters = new Dictionary<string, IDictionary<string, bool>> { ["label"] = new Dictionary<string, bool> { [Label] = true } },
        },
        Token);

    private Task RemoveAsync(string id) => engine!.Containers.RemoveContainerAsync(id, new ContainerRemoveParameters { Force = true }, Token);

    [Fact]
    public async Task A_closed_pool_leaves_no_container()
    {
        var pool = await StartAsync(options => options with { Slots = 2 });
        Assert.Equal(2, (await ContainersAsync()).Count);
        await pool.DisposeAsync();
        Assert.Empty(await ContainersAsync());
    }

    [Fact]
    public async Task A_container_removed_by_hand_costs_no_run()
    {
        await using var pool = await StartAsync();
        await RemoveAsync(Assert.Single(await ContainersAsync()).ID);
        var result = await pool.RunAsync(RunningSandbox.Program("print('idle')"), Token);
        Assert.True(result.Out() == "idle\n", result.Told());
        var run = pool.RunAsync(RunningSandbox.Program("import time; time.sleep(1); print('busy')"), Token);
        await Task.Delay(300, Token);
        await RemoveAsync(Assert.Single(await ContainersAsync()).ID);
        Assert.True((await run).Out() == "busy\n", (await run).Told());
    }

    [Fact]
    public async Task A_container_has_nothing_that_it_does_not_need()
    {
        await using var pool = await StartAsync();
        var container = await engine!.Containers.InspectContainerAsync(Assert.Single(await ContainersAsync()).ID, Token);
        var host = container.HostConfig!;
        Assert.Equal(("none", "none", true, false), (host.NetworkMode, host.IpcMode, host.ReadonlyRootfs, host.Privileged));
        Assert.Equal(["ALL"], host.CapDrop!);
        Assert.Equal(3, host.CapAdd!.Count);
        Assert.Contains("no-new-privileges", host.SecurityOpt!);
        Assert.True(host is { Memory: > 0, PidsLimit: > 0 });
        Assert.All(host.Binds!, bind => Assert.EndsWith(":ro", bind, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_language_without_its_image_says_what_to_build()
    {
        await using var pool = await StartAsync();
        var missing = pool.Languages.Where(language => !language.Available).ToList();
        Assert.All(missing, language => Assert.StartsWith("sandbox-images/build ", language.Remedy, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_engine_without_our_images_is_no_engine()
    {
        Assert.SkipWhen(engine is null, "SANDBOX_TESTS_DOCKER names no engine");
        var options = RunningSandbox.InContainers;
        await using var pool = await RunningSandbox.StartAsync(options with { Docker = options.Docker with { ImagePrefix = "nobody/" } });
        Assert.Equal((false, "sandbox-images/build"), (pool.Engine.Available, pool.Engine.Remedy));
    }

    [Fact]
    public async Task An_engine_that_does_not_answer_is_no_engine()
    {
        await using var pool = await RunningSandbox.StartAsync(new SandboxOptions { Engine = "docker", Docker = new DockerOptions { Endpoint = "unix:///nowhere/docker.sock" } });
        Assert.False(pool.Engine.Available);
        Assert.Contains("does not answer", pool.Engine.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_dead_server_left_is_removed_at_the_next_start()
    {
        string host;
        await using (var first = await StartAsync())
        {
            host = Assert.Single(await ContainersAsync()).Labels![Label];
        }

        var image = (await engine!.Images.ListImagesAsync(new ImagesListParameters(), Token)).SelectMany(one => one.RepoTags ?? []).First(tag => tag.StartsWith("rewardserver/base", StringComparison.Ordinal));
        async Task<string> Left(string labelled, string server) => (await engine.Containers.CreateContainerAsync(
            new CreateContainerParameters { Image = image, Labels = new Dictionary<string, string> { [Label] = labelled, [Label + ".server"] = server } }, Token)).ID;
        var dead = await Left(host, "rewardserver-99999999-1-");
        var elsewhere = await Left("another-host", "rewardserver-99999999-1-");
        await using var pool = await StartAsync();
        var left = (await ContainersAsync()).Select(one => one.ID).ToList();
        Assert.DoesNotContain(dead, left);
        Assert.Contains(elsewhere, left);
        await RemoveAsync(elsewhere);
    }

    [Theory]
    [InlineData("x = bytearray(150 << 20)", RunStatus.MemoryLimit)]
    [InlineData("open('f', 'wb').write(bytes(50 << 20)); open('g', 'wb').write(bytes(50 << 20)); x = bytearray(40 << 20)", RunStatus.MemoryLimit)]
    [InlineData("x = bytearray(20 << 20); print('fits')", RunStatus.Ok)]
    [InlineData("while True: pass", RunStatus.CpuTimeLimit)]
    public async Task Where_cgroups_cannot_be_set_limits_are_watched(string code, RunStatus expected)
    {
        await using var pool = await StartAsync(options => options with { Docker = options.Docker with { ExactLimits = false } });
        for (var time = 0; time < 3; time++)
        {
            var result = await pool.RunAsync(RunningSandbox.Program(code, limits => limits with { CpuSeconds = 1, MemoryMb = 100, FileKb = 1 << 20 }), Token);
            Assert.True(result.Status == expected, result.Told());
        }
    }

    [Fact]
    public async Task A_run_gets_the_class_of_memory_that_holds_it()
    {
        await using var pool = await StartAsync(options => options with { Docker = options.Docker with { ExactLimits = false } });
        var result = await pool.RunAsync(RunningSandbox.Program("x = bytearray(1500 << 20); print('large')", limits => limits with { MemoryMb = 2000 }), Token);
        Assert.True(result.Out() == "large\n", result.Told());
        Assert.Equal(2, (await ContainersAsync()).Count);
    }
}
