using RewardServer.Sandboxing.Languages;
using RewardServer.Sandboxing.Pooling;
using RewardServer.Sandboxing.Runs;

namespace RewardServer.Sandboxing.Tests;

/// <summary>An engine that is stopped, killed, full or without its images: programs wait or fail with the reason, and nothing is left.</summary>
[Collection(AloneTests.Name)]
public sealed class EngineFaults(EngineOfItsOwn engine) : IClassFixture<EngineOfItsOwn>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private async Task<SandboxPool> StartAsync()
    {
        var pool = await RunningSandbox.StartAsync(engine.Options);
        Assert.True(pool.Engine.Available, pool.Engine.Reason);
        return pool;
    }

    private async Task CloseAsync(SandboxPool pool)
    {
        await pool.DisposeAsync();
        Assert.Empty(await engine.ContainersAsync());
    }

    private static Task<RunResult> RunAsync(SandboxPool pool, string code) => pool.RunAsync(RunningSandbox.Program(code), Token);

    private static async Task AssertRunsAsync(SandboxPool pool)
    {
        var result = await RunAsync(pool, "print('runs')");
        Assert.True(result.Out() == "runs\n", result.Told());
    }

    [Fact]
    public async Task A_program_waits_for_an_engine_that_is_restarted()
    {
        var pool = await StartAsync();
        var running = RunAsync(pool, "import time; time.sleep(1); print('waited')");
        await engine.StopAsync();
        await engine.StartAsync();
        Assert.True((await running).Out() == "waited\n", (await running).Told());
        await AssertRunsAsync(pool);
        await CloseAsync(pool);
    }

    [Fact]
    public async Task Without_an_engine_programs_fail_with_the_reason_and_run_when_it_is_back()
    {
        var pool = await StartAsync();
        await engine.StopAsync();
        try
        {
            var result = await RunAsync(pool, "print('never')");
            Assert.Equal(RunStatus.SandboxFault, result.Status);
            Assert.Contains("container engine", result.Fault, StringComparison.Ordinal);
            Assert.Contains("container engine", pool.Engine.Reason, StringComparison.Ordinal);
            Assert.Contains("container engine", pool.Languages.Single(language => language.Name == "python").Reason, StringComparison.Ordinal);
            Assert.NotNull(await pool.ProbeAsync("python", Token));
        }
        finally
        {
            await engine.StartAsync();
        }

        await AssertRunsAsync(pool);
        Assert.Null(await pool.ProbeAsync("python", Token));
        Assert.Null(pool.Engine.Reason);
        await CloseAsync(pool);
    }

    [Fact]
    public async Task An_engine_that_crashed_leaves_nothing_behind()
    {
        var pool = await StartAsync();
        await engine.KillAsync();
        await engine.StartAsync();
        await AssertRunsAsync(pool);
        await CloseAsync(pool);
    }

    [Fact]
    public async Task Containers_that_are_removed_under_load_cost_no_run()
    {
        var pool = await StartAsync();
        var runs = Enumerable.Range(0, 40).Select(number => RunAsync(pool, $"import time; time.sleep(0.05); print({number})")).ToList();
        foreach (var reached in new[] { 4, 16, 28 })
        {
            // One that has lost its slot twice has failed: those that ran at the last removal have ended.
            await runs[reached];
            await engine.RemoveContainersAsync();
        }

        for (var number = 0; number < runs.Count; number++)
        {
            var result = await runs[number];
            Assert.True(result.Out() == $"{number}\n", result.Told());
        }

        await CloseAsync(pool);
    }

    [Fact]
    public async Task A_program_whose_containers_are_removed_each_time_has_not_broken_them()
    {
        var pool = await StartAsync();
        var running = RunAsync(pool, "import time; time.sleep(2); print('whole')");
        for (var time = 0; time < 2; time++)
        {
            await Task.Delay(1000, Token);
            await engine.RemoveContainersAsync();
        }

        Assert.True((await running).Status is RunStatus.SandboxFault or RunStatus.Ok, (await running).Told());
        await AssertRunsAsync(pool);
        await CloseAsync(pool);
    }

    [Fact]
    public async Task An_agent_that_dies_under_a_program_each_time_is_the_program_s_doing()
    {
        var pool = await StartAsync();
        var running = RunAsync(pool, "import time; time.sleep(5); print('whole')");
        for (var time = 0; time < 2; time++)
        {
            await Task.Delay(1500, Token);
            await engine.KillFirstProcessesAsync();
        }

        Assert.True((await running).Status == RunStatus.SlotBreaker, (await running).Told());
        await AssertRunsAsync(pool);
        await CloseAsync(pool);
    }

    [Fact]
    public async Task Without_space_for_another_socket_no_slot_is_made_and_those_that_are_there_run()
    {
        var options = engine.Options;
        var folder = await engine.MountForSocketsAsync();
        var pool = await RunningSandbox.StartAsync(options with { Docker = options.Docker with { SocketFolder = folder } });
        Assert.True(pool.Engine.Available, pool.Engine.Reason);
        var filling = await engine.FillAsync(folder);
        try
        {
            Assert.Contains("SocketFolder", await pool.ProbeAsync("python", Token), StringComparison.Ordinal);
            Assert.Contains("SocketFolder", pool.Engine.Reason, StringComparison.Ordinal);
            await AssertRunsAsync(pool);

            // A slot that is made in another's place has that one's space.
            await engine.RemoveContainersAsync();
            await AssertRunsAsync(pool);
        }
        finally
        {
            File.Delete(filling);
        }

        Assert.Null(await pool.ProbeAsync("python", Token));
        await CloseAsync(pool);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder));
    }

    [Fact]
    public async Task A_missing_image_is_named_until_it_is_back()
    {
        var pool = await StartAsync();
        var image = Assert.Single(await engine.DockerAsync("image inspect -f {{.Id}} " + EngineOfItsOwn.PythonImage));
        await engine.DockerAsync("rmi -f " + EngineOfItsOwn.PythonImage);
        try
        {
            await engine.RemoveContainersAsync();
            var result = await RunAsync(pool, "print('never')");
            Assert.Equal(RunStatus.SandboxFault, result.Status);
            Assert.Contains("sandbox-images/build python", result.Fault, StringComparison.Ordinal);
        }
        finally
        {
            await engine.DockerAsync($"tag {image} {EngineOfItsOwn.PythonImage}");
        }

        await AssertRunsAsync(pool);
        await CloseAsync(pool);
    }

    [Fact]
    public async Task An_image_that_is_built_later_is_found_when_somebody_asks()
    {
        var pool = await StartAsync();
        LanguageReport Bash() => pool.Languages.Single(language => language.Name == "bash");
        Assert.Equal((false, "sandbox-images/build bash"), (Bash().Available, Bash().Remedy));

        // Python's has a shell, too.
        await engine.DockerAsync($"tag {EngineOfItsOwn.PythonImage} {EngineOfItsOwn.ImageOf("bash")}");
        try
        {
            for (var time = 0; !Bash().Available && time < 100; time++)
            {
                await Task.Delay(300, Token);
                await pool.LookAgainAsync("bash", Token);
            }

            Assert.Contains("bash", Bash().Version, StringComparison.Ordinal);
            var result = await pool.RunAsync(new RunRequest { Language = "bash", Files = [new SandboxFile("main.sh", "echo runs"u8.ToArray())] }, Token);
            Assert.True(result.Out() == "runs\n", result.Told());
        }
        finally
        {
            await engine.DockerAsync("rmi " + EngineOfItsOwn.ImageOf("bash"));
        }

        await CloseAsync(pool);
    }

    [Fact]
    public async Task On_a_full_disk_programs_fail_with_the_reason_and_run_when_there_is_space()
    {
        var pool = await StartAsync();

        // Before and after, or a slot would be made in the space that the old ones gave back.
        var filling = await engine.FillAsync();
        try
        {
            await engine.RemoveContainersAsync();
            await engine.FillAsync();
            var result = await RunAsync(pool, "print('never')");
            Assert.Equal(RunStatus.SandboxFault, result.Status);
            Assert.Contains("no space left", result.Fault, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(filling);
        }

        await AssertRunsAsync(pool);
        await CloseAsync(pool);
    }
}
