using System.Diagnostics;
using System.Globalization;
using RewardServer.Sandboxing.Pooling;
using RewardServer.Sandboxing.Runs;

namespace RewardServer.Sandboxing.Tests;

/// <summary>These look at the processes and folders of all pools, so that no other test may make any meanwhile.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneTests
{
    public const string Name = "alone";
}

[Collection(AloneTests.Name)]
public sealed class SlotsAndPools
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static Task<SandboxPool> StartAsync(int slots = 1) => StartAsync(new SandboxOptions { Slots = slots });

    private static Task<SandboxPool> StartAsync(SandboxOptions options) => RunningSandbox.StartWorkingAsync(options);

    [Fact]
    public async Task A_pool_says_what_it_found()
    {
        await using var pool = await StartAsync(2);
        Assert.Equal(("local", 2), (pool.Engine.Name, pool.Slots));
        var python = pool.Languages.First();
        Assert.Equal(("python", true), (python.Name, python.Available));
        Assert.StartsWith("Python 3.", python.Version, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_engine_that_we_do_not_know_is_a_mistake_and_not_a_machine_without_one() =>
        await Assert.ThrowsAsync<ArgumentException>(() => RunningSandbox.StartAsync(new SandboxOptions { Engine = "magic" }));

    [Fact]
    public async Task Without_an_engine_a_pool_says_why_and_what_to_do()
    {
        await using var pool = await RunningSandbox.StartAsync(new SandboxOptions { Engine = "none" });
        Assert.Equal(("none", false, 0), (pool.Engine.Name, pool.Engine.Available, pool.Slots));
        Assert.NotNull(pool.Engine.Reason);
        Assert.NotNull(pool.Engine.Remedy);
        await Assert.ThrowsAsync<ArgumentException>(() => pool.RunAsync(RunningSandbox.Program(""), Token));
    }

    [Fact]
    public async Task Slots_have_one_range_which_a_start_does_not_pass_over()
    {
        Assert.Empty(new SandboxOptions { Slots = SandboxOptions.MaxSlots }.Errors());
        var tooMany = new SandboxOptions { Slots = SandboxOptions.MaxSlots + 1 };
        Assert.StartsWith("Slots: ", Assert.Single(tooMany.Errors()), StringComparison.Ordinal);
        await Assert.ThrowsAsync<ArgumentException>(() => RunningSandbox.StartAsync(tooMany));
    }

    [Fact]
    public async Task A_cancelled_run_leaves_a_clean_slot()
    {
        await using var pool = await StartAsync();
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var run = pool.RunAsync(RunningSandbox.Program("open('left', 'w').close()\nimport time; time.sleep(60)"), giveUp.Token);
        giveUp.CancelAfter(200);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        var next = await pool.RunAsync(RunningSandbox.Program("import os; print(os.listdir('.'))"), Token);
        Assert.Equal("['main.py']\n", next.Out());
    }

    [Fact]
    public async Task A_wait_that_is_cancelled_costs_no_slot()
    {
        await using var pool = await StartAsync();
        var first = pool.RunAsync(RunningSandbox.Program("import time; time.sleep(0.5)"), Token);
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(Token);
        giveUp.CancelAfter(100);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pool.RunAsync(RunningSandbox.Program(""), giveUp.Token));
        Assert.Equal(RunStatus.Ok, (await first).Status);
        Assert.Equal(RunStatus.Ok, (await pool.RunAsync(RunningSandbox.Program(""), Token)).Status);
    }

    [Fact]
    public async Task Waiting_is_told_and_not_charged()
    {
        await using var pool = await StartAsync();
        var runs = await Task.WhenAll(Enumerable.Range(0, 3).Select(
            _ => pool.RunAsync(RunningSandbox.Program("import time; time.sleep(0.3)", limits => limits with { WallSeconds = 0.8 }), Token)));
        Assert.All(runs, run => Assert.True(run.Status == RunStatus.Ok, run.Told()));
        Assert.InRange(runs.Max(run => run.QueueSeconds), 0.55, 5);
    }

    [Fact]
    public async Task A_probe_needs_no_free_slot_and_leaves_none_behind()
    {
        await using var pool = await StartAsync(2);
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var sleepers = Enumerable.Range(0, 2).Select(_ => pool.RunAsync(RunningSandbox.Program("import time; time.sleep(60)"), giveUp.Token)).ToList();
        Assert.All(await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => pool.ProbeAsync(null, Token))), Assert.Null);
        Assert.All(sleepers, sleeper => Assert.False(sleeper.IsCompleted));
        Assert.Equal((2, 2), (pool.Slots, Launchers().Count()));
        await giveUp.CancelAsync();
        foreach (var sleeper in sleepers)
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sleeper);
        }
    }

    [Fact]
    public async Task A_probe_without_an_engine_says_why_there_is_none()
    {
        await using var pool = await RunningSandbox.StartAsync(new SandboxOptions { Engine = "none" });
        Assert.Equal(pool.Engine.Reason, await pool.ProbeAsync(null, Token));
    }

    [Fact]
    public async Task A_probe_of_a_pool_that_closes_ends_with_it()
    {
        var pool = await StartAsync();
        var probe = pool.ProbeAsync(null, Token);
        await pool.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => probe);
    }

    [Fact]
    public async Task A_slot_is_made_anew_after_its_runs()
    {
        await using var pool = await StartAsync(new SandboxOptions { Slots = 1, RunsPerSlot = 2 });
        for (var i = 0; i < 7; i++)
        {
            var result = await pool.RunAsync(RunningSandbox.Program("print('x')"), Token);
            Assert.True(result.Status == RunStatus.Ok, result.Told());
        }
    }

    [Fact]
    public async Task An_agent_killed_from_outside_costs_no_run()
    {
        await using var pool = await StartAsync();
        var launcher = Assert.Single(Launchers());
        var run = pool.RunAsync(RunningSandbox.Program("import time; time.sleep(0.5); print('done')"), Token);
        await Task.Delay(200, Token);
        Kill(launcher);
        var result = await run;
        Assert.True(result.Status == RunStatus.Ok && result.Out() == "done\n", result.Told());
    }

    [Fact]
    public async Task A_run_whose_slot_is_killed_each_time_is_its_breaker()
    {
        await using var pool = await StartAsync();
        using var done = new CancellationTokenSource();
        var run = pool.RunAsync(RunningSandbox.Program("import time; time.sleep(30)"), Token);

        // From outside, as a program would that had found a hole: whenever something sleeps in the slot, its agent dies.
        async Task Attack()
        {
            while (!done.IsCancellationRequested)
            {
                foreach (var sleeper in Sleepers())
                {
                    Kill(LauncherOf(sleeper));
                }

                await Task.Delay(20, Token);
            }
        }

        var attack = Attack();
        var result = await run;
        await done.CancelAsync();
        await attack;
        Assert.True(result.Status == RunStatus.SlotBreaker, result.Told());

        // It would sleep for half a minute, were it run; with another limit it is another run, and nobody attacks now.
        var again = await pool.RunAsync(RunningSandbox.Program("import time; time.sleep(30)"), Token);
        Assert.Equal((RunStatus.SlotBreaker, 0.0), (again.Status, again.QueueSeconds));
        var other = await pool.RunAsync(RunningSandbox.Program("import time; time.sleep(30)", limits => limits with { WallSeconds = 0.5 }), Token);
        Assert.True(other.Status == RunStatus.WallTimeLimit, other.Told());
        Assert.Equal(RunStatus.Ok, (await pool.RunAsync(RunningSandbox.Program(""), Token)).Status);
    }

    [Fact]
    public async Task A_program_killed_for_the_memory_of_others_is_our_fault()
    {
        Assert.SkipWhen(RunningSandbox.WithoutCgroup, "needs cgroups");
        await using var pool = await StartAsync();

        // A limit above all slots stands for a host that is short of memory.
        var limit = FoldersOf(Assert.Single(Launchers()))
            .SelectMany(folder => new[] { "memory.limit_in_bytes", "memory.max" }.Select(name => Path.Combine(Path.GetDirectoryName(folder)!, name)))
            .First(file => File.Exists(file) && file.Contains("rewardserver-", StringComparison.Ordinal));
        await File.WriteAllTextAsync(limit, $"{64 << 20}", Token);
        var result = await pool.RunAsync(RunningSandbox.Program("x = bytearray(150 << 20)"), Token);
        Assert.True(result.Status == RunStatus.SandboxFault, result.Told());
        Assert.Contains("short of", result.Fault, StringComparison.Ordinal);
        var small = await pool.RunAsync(RunningSandbox.Program("x = bytearray(150 << 20)", limits => limits with { MemoryMb = 32 }), Token);
        Assert.True(small.Status == RunStatus.MemoryLimit, small.Told());
    }

    [Fact]
    public async Task Two_pools_run_side_by_side()
    {
        await using var one = await StartAsync(2);
        await using var two = await StartAsync(2);
        var runs = await Task.WhenAll(Enumerable.Range(0, 20).Select(
            i => (i % 2 == 0 ? one : two).RunAsync(RunningSandbox.Program($"print({i})"), Token)));
        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"{i}\n"), runs.Select(run => run.Out()));
    }

    [Fact]
    public async Task Pools_that_start_at_once_find_the_same_engine()
    {
        await using var first = await StartAsync();
        var pools = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => RunningSandbox.StartAsync(new SandboxOptions { Slots = 1 })));
        Assert.All(pools, pool => Assert.Equal(first.Engine, pool.Engine));
        foreach (var pool in pools)
        {
            await pool.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_closed_pool_leaves_nothing_and_ends_what_runs()
    {
        var pool = await StartAsync(2);
        var launchers = Launchers().ToList();
        var agents = Processes("sandbox-runner").Where(id => launchers.Contains(ParentOf(id))).ToList();
        var folders = launchers.SelectMany(FoldersOf).ToList();
        Assert.Equal((2, 2), (launchers.Count, agents.Count));
        Assert.All(folders, folder => Assert.True(Directory.Exists(folder), folder));
        var run = pool.RunAsync(RunningSandbox.Program("import time; time.sleep(60)"), Token);
        var waiting = Enumerable.Range(0, 3).Select(_ => pool.RunAsync(RunningSandbox.Program("import time; time.sleep(60)"), Token)).ToList();
        await Task.Delay(200, Token);
        var clock = Stopwatch.StartNew();
        await pool.DisposeAsync();
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 5);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => run);
        foreach (var task in waiting)
        {
            await Assert.ThrowsAsync<ObjectDisposedException>(() => task);
        }

        await Assert.ThrowsAsync<ObjectDisposedException>(() => pool.RunAsync(RunningSandbox.Program(""), Token));
        await pool.DisposeAsync();
        Assert.DoesNotContain(Processes("sandbox-runner"), id => launchers.Contains(id) || agents.Contains(id));
        Assert.All(folders, folder => Assert.False(Directory.Exists(folder), folder));
    }

    [Fact]
    public async Task Folders_ten_thousand_deep_are_wiped()
    {
        await using var pool = await StartAsync(new SandboxOptions { Slots = 1, ScratchInodes = 12_000 });
        var launcher = Assert.Single(Launchers());
        var deep = await pool.RunAsync(RunningSandbox.Program("import os\nfor _ in range(10000): os.mkdir('d'); os.chdir('d')\nprint('deep')"), Token);
        Assert.True(deep.Out() == "deep\n", deep.Told());
        var next = await pool.RunAsync(RunningSandbox.Program("import os; print(os.listdir('.'))"), Token);
        Assert.Equal("['main.py']\n", next.Out());
        Assert.Equal(launcher, Assert.Single(Launchers()));
    }

    [Fact]
    public async Task What_a_dead_server_left_is_swept_at_the_next_start()
    {
        var text = await File.ReadAllTextAsync("/proc/self/stat", Token);
        var start = long.Parse(text[(text.LastIndexOf(')') + 2)..].Split(' ')[19], CultureInfo.InvariantCulture);

        // No process has the first number: it is above what the kernel gives out. The second is ours, by now.
        var dead = Left(99999999, 1);
        var reused = Left(Environment.ProcessId, start - 1);
        var alive = Left(Environment.ProcessId, start);
        await using var pool = await StartAsync();
        Assert.Equal((false, false, true), (Directory.Exists(dead), Directory.Exists(reused), Directory.Exists(alive)));
        Directory.Delete(alive);

        static string Left(int id, long start) =>
            Directory.CreateDirectory($"/tmp/rewardserver-{id}-{start}-{Guid.NewGuid():N}").FullName;
    }

    /// <summary>The socket's folder and the cgroups, as the launcher's command line names them.</summary>
    private static IEnumerable<string> FoldersOf(int launcher)
    {
        foreach (var argument in File.ReadAllText($"/proc/{launcher}/cmdline").Split('\0').Where(text => text.Contains("=/", StringComparison.Ordinal) && !text.StartsWith("resident", StringComparison.Ordinal) && !text.StartsWith("show", StringComparison.Ordinal)))
        {
            var path = argument[(argument.IndexOf('=', StringComparison.Ordinal) + 1)..];
            yield return argument.StartsWith("socket=", StringComparison.Ordinal) ? Path.GetDirectoryName(path)! : path;
            yield return Path.GetDirectoryName(path)!;
        }
    }

    // Its parent is the zygote or the agent, whose parent is the agent or the launcher.
    internal static int LauncherOf(int id) => Launchers().Contains(ParentOf(ParentOf(id))) ? ParentOf(ParentOf(id)) : ParentOf(ParentOf(ParentOf(id)));

    /// <summary>Programs of our slots that sleep.</summary>
    internal static IEnumerable<int> Sleepers() => Processes("python3").Where(id =>
        Launchers().Contains(LauncherOf(id)) && File.ReadAllText($"/proc/{id}/wchan").Contains("nanosleep", StringComparison.Ordinal));

    internal static IEnumerable<int> Launchers() =>
        Processes("sandbox-runner").Where(id => ParentOf(id) == Environment.ProcessId);

    private static IEnumerable<int> Processes(string name) =>
        Process.GetProcessesByName(name).Select(process => process.Id);

    private static int ParentOf(int id)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{id}/stat");
            return int.Parse(text[(text.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return -1;
        }
    }

    internal static void Kill(int id)
    {
        // Never 0 or below: those are groups, and everything.
        if (id > 1)
        {
            try
            {
                using var process = Process.GetProcessById(id);
                process.Kill();
            }
            catch (ArgumentException)
            {
                // Gone already.
            }
        }
    }
}
