using RewardServer.Sandboxing.Runs;

namespace RewardServer.Sandboxing.Tests;

public abstract class ProgramsAtTheirLimits(RunningSandbox sandbox)
{
    private async Task<RunResult> Ends(RunStatus status, string code, Func<ResourceLimits, ResourceLimits> limits)
    {
        Assert.SkipWhen(RunningSandbox.WithoutCgroup && status is (RunStatus.MemoryLimit or RunStatus.ProcessLimit), "needs cgroups");
        var result = await sandbox.Python(code, limits);
        Assert.True(result.Status == status, result.Told());
        var after = await sandbox.Python("print('alive')");
        Assert.True(after.Out() == "alive\n", after.Told());
        return result;
    }

    [Fact]
    public async Task An_endless_loop_ends_at_its_cpu_time()
    {
        var result = await Ends(RunStatus.CpuTimeLimit, "while True: pass", limits => limits with { CpuSeconds = 0.3 });
        Assert.InRange(result.UserSeconds + result.SystemSeconds, 0.3, 0.45);
    }

    [Fact]
    public async Task Cpu_time_of_all_processes_counts_together()
    {
        const string code = """
            import os
            for _ in range(3): os.fork()
            while True: pass
            """;
        var result = await Ends(RunStatus.CpuTimeLimit, code, limits => limits with { CpuSeconds = 0.5 });
        Assert.InRange(result.UserSeconds + result.SystemSeconds, 0.5, 0.8);
    }

    [Fact]
    public async Task Cpu_time_of_children_that_nobody_waits_for_counts()
    {
        const string code = """
            import os, signal
            signal.signal(signal.SIGCHLD, signal.SIG_IGN)
            while True:
                if os.fork() == 0:
                    sum(range(300000)); os._exit(0)
                try: os.wait()
                except ChildProcessError: pass
            """;
        await Ends(RunStatus.CpuTimeLimit, code, limits => limits with { CpuSeconds = 0.3, WallSeconds = 8 });
    }

    [Fact]
    public async Task A_sleeper_ends_at_its_wall_time()
    {
        var result = await Ends(RunStatus.WallTimeLimit, "import time; print('a', flush=True); time.sleep(60)", limits => limits with { WallSeconds = 0.3 });
        Assert.Equal("a\n", result.Out());
        Assert.InRange(result.WallSeconds, 0.3, 1);
        Assert.InRange(result.UserSeconds + result.SystemSeconds, 0, 0.3);
    }

    [Fact]
    public async Task A_program_that_stops_itself_ends_at_its_wall_time() =>
        await Ends(RunStatus.WallTimeLimit, "import os, signal; os.kill(os.getpid(), signal.SIGSTOP)", limits => limits with { WallSeconds = 0.3 });

    [Fact]
    public async Task A_memory_bomb_ends_at_its_memory()
    {
        var result = await Ends(RunStatus.MemoryLimit, "x = bytearray(200 << 20)", limits => limits with { MemoryMb = 64 });
        Assert.InRange(result.PeakMemoryMb, 40, 72);
    }

    [Fact]
    public async Task Memory_below_the_limit_is_there()
    {
        var result = await Ends(RunStatus.Ok, "x = bytearray(150 << 20); print(len(x))", limits => limits with { MemoryMb = 256 });
        Assert.InRange(result.PeakMemoryMb, 150, 200);
    }

    [Fact]
    public async Task Memory_of_many_processes_counts_together()
    {
        const string code = """
            import os, time
            for _ in range(8):
                if os.fork() == 0:
                    x = bytearray(20 << 20); time.sleep(10); os._exit(0)
            for _ in range(8):
                if os.wait()[1] != 0: break
            """;
        await Ends(RunStatus.MemoryLimit, code, limits => limits with { MemoryMb = 96, WallSeconds = 8 });
    }

    [Fact]
    public async Task Files_count_as_memory()
    {
        const string code = """
            for i in range(100): open(str(i), 'wb').write(bytes(1 << 20))
            """;
        await Ends(RunStatus.MemoryLimit, code, limits => limits with { MemoryMb = 40 });
    }

    [Fact]
    public async Task A_program_whose_own_files_are_over_its_memory_ends_at_it()
    {
        Assert.SkipWhen(RunningSandbox.WithoutCgroup, "needs cgroups");
        var request = RunningSandbox.Program("print(1)", limits => limits with { MemoryMb = 16 });
        request = request with { Files = request.Files.Add(new SandboxFile("large", new byte[40 << 20])) };
        var result = await sandbox.Pool.RunAsync(request, TestContext.Current.CancellationToken);
        Assert.True(result.Status == RunStatus.MemoryLimit, result.Told());
    }

    // On both sides of the size up to which the copy that writes them shares the agent's memory.
    [Theory]
    [InlineData((1 << 20) - 100)]
    [InlineData((1 << 20) + 100)]
    public async Task A_run_with_next_to_no_memory_ends_at_it_and_breaks_nothing(int size)
    {
        Assert.SkipWhen(RunningSandbox.WithoutCgroup, "needs cgroups");
        var request = RunningSandbox.Program("x = bytearray(50 << 20)", limits => limits with { MemoryMb = 1 }) with { Fresh = true };
        request = request with { Files = request.Files.Add(new SandboxFile("large", new byte[size])) };
        var result = await sandbox.Pool.RunAsync(request, TestContext.Current.CancellationToken);
        Assert.True(result.Status == RunStatus.MemoryLimit, result.Told());
        await Ends(RunStatus.Ok, "print(1)", limits => limits);
    }

    [Fact]
    public async Task The_scratch_is_limited_in_size()
    {
        const string code = """
            import errno
            try:
                for i in range(200): open(str(i), 'wb').write(bytes(1 << 20))
            except OSError as e: print(errno.errorcode[e.errno], i)
            """;
        var result = await Ends(RunStatus.Ok, code, limits => limits with { OutputKb = 2048 });
        Assert.StartsWith("ENOSPC 6", result.Out(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_scratch_is_limited_in_number_of_files()
    {
        const string code = """
            import errno
            try:
                for i in range(10000): open(str(i), 'wb').close()
            except OSError as e: print(errno.errorcode[e.errno], i)
            """;
        var result = await Ends(RunStatus.Ok, code, limits => limits);
        Assert.Equal("ENOSPC 4095\n", result.Out());
    }

    [Fact]
    public async Task Output_over_the_limit_is_counted_and_dropped()
    {
        var result = await Ends(RunStatus.OutputLimit, "print('x' * (5 << 20), end='')", limits => limits with { OutputKb = 64 });
        Assert.Equal((64 << 10, 5L << 20, 0), (result.Stdout.Length, result.StdoutBytes, result.ExitCode));
    }

    [Fact]
    public async Task Endless_output_ends_at_its_time()
    {
        var result = await Ends(
            RunStatus.CpuTimeLimit,
            "import os\nwhile True: os.write(1, b'x' * 65536); os.write(2, b'x' * 65536)",
            limits => limits with { OutputKb = 16, CpuSeconds = 0.3 });
        Assert.Equal((16 << 10, 16 << 10), (result.Stdout.Length, result.Stderr.Length));
    }

    [Fact]
    public async Task A_file_over_the_limit_is_refused()
    {
        var result = await Ends(RunStatus.NonZeroExit, "open('f', 'wb').write(bytes(100 << 10))", limits => limits with { OutputKb = 64 });
        Assert.Contains("File too large", result.Err(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Processes_over_the_limit_are_refused()
    {
        const string code = """
            import os, time
            for i in range(100):
                if os.fork() == 0: time.sleep(10); os._exit(0)
            """;
        await Ends(RunStatus.ProcessLimit, code, limits => limits with { Processes = 8 });
    }

    [Fact]
    public async Task As_many_processes_as_allowed_are_there()
    {
        const string code = """
            import os, time
            children = []
            for i in range(7):
                if (pid := os.fork()) == 0: time.sleep(0.05); os._exit(0)
                children.append(pid)
            for pid in children: os.waitpid(pid, 0)
            """;
        await Ends(RunStatus.Ok, code, limits => limits with { Processes = 8 });
    }

    [Fact]
    public async Task Threads_over_the_limit_are_refused()
    {
        const string code = """
            import threading, time
            for i in range(300): threading.Thread(target=time.sleep, args=(5,), daemon=True).start()
            """;
        await Ends(RunStatus.ProcessLimit, code, limits => limits with { Processes = 64 });
    }

    [Fact]
    public async Task A_fork_bomb_ends()
    {
        const string code = """
            import os
            while True:
                try: os.fork()
                except OSError: pass
            """;
        await Ends(RunStatus.CpuTimeLimit, code, limits => limits with { CpuSeconds = 0.5 });
    }
}

public sealed class ProgramsAtTheirLimitsLocally(LocalSandbox sandbox) : ProgramsAtTheirLimits(sandbox), IClassFixture<LocalSandbox>;

public sealed class ProgramsAtTheirLimitsInContainers(ContainerSandbox sandbox) : ProgramsAtTheirLimits(sandbox), IClassFixture<ContainerSandbox>;
