using System.Diagnostics;
using System.Globalization;
using RewardServer.Sandboxing.Runs;

namespace RewardServer.Sandboxing.Tests;

/// <summary>These keep all processors busy, so that no other test may measure time meanwhile.</summary>
[Collection(AloneTests.Name)]
public sealed class BusyMachines(LocalSandbox sandbox) : IClassFixture<LocalSandbox>
{
    // Until it has used its share of processor time: what it needs does not depend on the machine.
    private static string Needs(double cpuSeconds) => string.Create(CultureInfo.InvariantCulture, $$"""
        import time
        while time.process_time() < {{cpuSeconds}}: pass
        print('done')
        """);

    [Fact]
    public async Task A_program_within_its_cpu_time_succeeds_however_many_others_run()
    {
        Assert.SkipUnless(await CountsWaitingAsync(), "the kernel does not count waiting");
        using var load = new Load(6 * Environment.ProcessorCount, seconds: 60);
        for (var i = 0; i < 2; i++)
        {
            var result = await sandbox.Python(Needs(0.9), limits => limits with { CpuSeconds = 1, WallSeconds = 2 });
            Assert.True(result.Status == RunStatus.Ok && result.WallSeconds > 2, result.Told());
        }
    }

    [Fact]
    public async Task A_program_whose_child_works_succeeds_however_many_others_run()
    {
        Assert.SkipUnless(await CountsWaitingAsync(), "the kernel does not count waiting");
        using var load = new Load(6 * Environment.ProcessorCount, seconds: 60);
        var code = "import os, sys\nif os.fork():\n    os.wait(); sys.exit()\n" + Needs(0.7);
        var result = await sandbox.Python(code, limits => limits with { CpuSeconds = 1, WallSeconds = 2 });
        Assert.True(result.Status == RunStatus.Ok && result.WallSeconds > 2, result.Told());
    }

    [Fact]
    public async Task A_sleeper_ends_at_its_wall_time_however_many_others_run()
    {
        using var load = new Load(6 * Environment.ProcessorCount, seconds: 60);
        var result = await sandbox.Python("import time; time.sleep(60)", limits => limits with { WallSeconds = 1 });
        Assert.True(result.Status == RunStatus.WallTimeLimit, result.Told());
        Assert.InRange(result.WallSeconds, 1, 3);
    }

    [Fact]
    public async Task Two_that_wait_for_each_other_end_at_their_wall_time_however_many_others_run()
    {
        using var load = new Load(6 * Environment.ProcessorCount, seconds: 60);
        var request = RunningSandbox.Program("print(input())", limits => limits with { WallSeconds = 2 });
        var talk = await sandbox.Pool.ConverseAsync(request, RunningSandbox.Program("print(input())"), TestContext.Current.CancellationToken);
        Assert.True(talk.Program!.Status == RunStatus.WallTimeLimit, talk.Program.Told());
    }

    [Fact]
    public async Task Two_that_a_busy_machine_keeps_from_talking_are_our_fault()
    {
        using var load = new Load(16 * Environment.ProcessorCount, seconds: 60);
        var program = RunningSandbox.Program("while True: print('and then?', flush=True); input()", limits => limits with { CpuSeconds = 60, WallSeconds = 2, OutputKb = 16384 });
        var partner = RunningSandbox.Program("import sys\nfor line in sys.stdin: print(line, end='', flush=True)", limits => limits with { CpuSeconds = 60, WallSeconds = 60, OutputKb = 16384 });
        var talk = await sandbox.Pool.ConverseAsync(program, partner, TestContext.Current.CancellationToken);
        Assert.Equal((RunStatus.SandboxFault, RunStatus.SandboxFault), (talk.Program!.Status, talk.Partner!.Status));
        Assert.Contains("overloaded", talk.Program.Fault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_machine_that_never_lets_a_program_run_is_our_fault()
    {
        Assert.SkipUnless(await CountsWaitingAsync(), "the kernel does not count waiting");
        using var load = new Load(16 * Environment.ProcessorCount, seconds: 60);
        var result = await sandbox.Python("while True: pass", limits => limits with { CpuSeconds = 60, WallSeconds = 2 });
        Assert.True(result.Status == RunStatus.SandboxFault, result.Told());
        Assert.Contains("overloaded", result.Fault, StringComparison.Ordinal);
        Assert.InRange(result.WallSeconds, 18, 25);
    }

    [Theory]
    [InlineData("pass")]
    [InlineData("os.sched_yield()")]
    public async Task A_program_that_only_stands_in_its_own_way_is_never_our_fault(string spin)
    {
        var code = $"""
            import os
            for _ in range(31):
                if os.fork() == 0: break
            while True: {spin}
            """;
        var result = await sandbox.Python(code, limits => limits with { CpuSeconds = 100, WallSeconds = 0.5, Processes = 32 });
        Assert.True(result.Status == RunStatus.WallTimeLimit, result.Told());
        Assert.InRange(result.WallSeconds, 0.5, 14);
    }

    [Fact]
    public async Task A_program_that_gives_up_its_turns_to_another_is_never_our_fault()
    {
        // With no more load than a neighbour in each other slot makes.
        using var load = new Load(Environment.ProcessorCount, seconds: 40);
        var code = "import os\nos.nice(19)\nwhile True: os.sched_yield()";
        var result = await sandbox.Python(code, limits => limits with { CpuSeconds = 100, WallSeconds = 0.5 });
        Assert.True(result.Status == RunStatus.WallTimeLimit, result.Told());
    }

    private async Task<bool> CountsWaitingAsync() =>
        (await sandbox.Python("print(open('/proc/self/schedstat').read())")).Out().Split(' ') is [_, var waited, _] && waited != "0";

    /// <summary>
    /// Busy loops that end by themselves, should nobody be left to end them. Each has a session of its own: the kernel
    /// shares processors out by session where autogroups are on.
    /// </summary>
    private sealed class Load : IDisposable
    {
        private readonly List<Process> loops;

        public Load(int count, int seconds) => loops = Enumerable.Range(0, count).Select(_ => Start(seconds)).ToList();

        public void Dispose()
        {
            foreach (var loop in loops)
            {
                loop.Kill();
                loop.WaitForExit();
                loop.Dispose();
            }
        }

#pragma warning disable RS0030 // The load of a busy machine, and no program of a candidate's.
        private static Process Start(int seconds) => Process.Start(new ProcessStartInfo(
            "/usr/bin/python3", ["-c", string.Create(CultureInfo.InvariantCulture, $"import os, time\nos.setsid()\nend = time.time() + {seconds}\nwhile time.time() < end: pass")]))!;
#pragma warning restore RS0030
    }
}
