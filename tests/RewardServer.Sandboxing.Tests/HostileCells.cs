using RewardServer.Sandboxing.Interpreters;
using RewardServer.Sandboxing.Runs;

namespace RewardServer.Sandboxing.Tests;

/// <summary>Cells that try to speak for the server's side of their interpreter, to outlive themselves, or to bring it down.</summary>
public abstract class HostileCells(RunningSandbox sandbox) : InterpreterTests(sandbox)
{
    private const string Alive = "print('alive', 6 * 7)";

    // After each of them the interpreter answers as before, with its state or with a new one, and the sandbox runs programs.
    private Task AfterwardsAsync(Func<Func<string, Task<CellResult>>, Task> attack, double seconds = 3) => InAsync(
        async run =>
        {
            await attack(run);
            Ended(await run(Alive), "alive 42\n");
            var other = await Sandbox.Python("import os; print(os.listdir('.'))");
            Assert.True(other.Status == RunStatus.Ok && other.Out() == "['main.py']\n", other.Told());
        },
        // Only the attack is short of time.
        cell => cell with { Seconds = cell.Code == Alive ? 20 : seconds });

    private static void Died(CellResult result, string end) =>
        Assert.True(result.Status == CellStatus.Died && result.IsLost && result.End!.Contains(end, StringComparison.Ordinal), result.Told());

    [Theory]
    [InlineData("import os\nprint('last words')\nos._exit(3)", "exit code 3")]
    [InlineData("import os\nprint('last words')\nos.abort()", "signal 6")]
    [InlineData("import ctypes\nprint('last words')\nctypes.string_at(0)", "signal 11")]
    [InlineData("import os\nprint('last words')\nos.kill(os.getpid(), 9)", "signal 9")]
    public Task One_that_ends_its_process_loses_its_state_and_keeps_what_it_printed(string code, string end) => AfterwardsAsync(async run =>
    {
        Ended(await run("x = 1"), "");
        var died = await run(code);
        Died(died, end);
        Assert.StartsWith("last words\n", died.Out(), StringComparison.Ordinal);
        var next = await run("print('x' in globals())");
        Ended(next, "False\n");
        Assert.True(next.IsFresh && !next.IsLost);
    });

    [Fact]
    public Task One_that_ends_its_parent_loses_its_state() => AfterwardsAsync(async run =>
    {
        Died(await run("import os, time\nos.kill(os.getppid(), 9)\ntime.sleep(9)"), "signal 9");
        var next = await run("print(1)");
        Ended(next, "1\n");
        Assert.True(next.IsFresh);
    });

    [Fact]
    public Task One_that_leaves_modules_in_the_place_of_ours_and_ends_its_parent_loses_its_state_alone() => AfterwardsAsync(async run =>
    {
        Ended(await run("import os\nfor name in ('json', 'types', 'select', 'ast', 'codeop', 'ctypes', 'sitecustomize', 'usercustomize', 'interpreter_slot'):\n    open(name + '.py', 'w').write('raise SystemExit')"), "");
        Died(await run("import os, time\nos.kill(os.getppid(), 9)\ntime.sleep(9)"), "signal 9");
        Ended(await run("print(1)"), "1\n");
    });

    [Fact]
    public Task One_that_stops_its_parent_is_ended_for_its_time() => AfterwardsAsync(
        async run =>
        {
            var late = await run("import os, time\nos.kill(os.getppid(), 19)\ntime.sleep(99)");
            Assert.True(late.Status == CellStatus.Timeout && late.IsLost, late.Told());
        },
        seconds: 0.5);

    [Fact]
    public Task One_that_ends_all_that_it_can_reach_loses_its_state() => AfterwardsAsync(async run => Died(await run("import os\nos.kill(-1, 9)"), "signal 9"));

    [Fact]
    public Task Its_parent_is_closed_to_it() => AfterwardsAsync(async run =>
    {
        const string code = """
            import os, signal
            parent = os.getppid()
            def tried(what):
                try: what()
                except OSError as e: return type(e).__name__
                return 'it could'
            print(tried(lambda: os.listdir(f'/proc/{parent}/fd')), tried(lambda: open(f'/proc/{parent}/mem', 'r+b')), tried(lambda: open(f'/proc/{parent}/environ').read()))
            """;
        var result = await run(code);
        Assert.True(result.Status == CellStatus.Completed && !result.Out().Contains("it could", StringComparison.Ordinal), result.Told());
    });

    [Theory]
    [InlineData("os.write(fd, b'{\"id\": 1, \"state\": \"done\", \"lost\": false, \"fresh\": false, \"out\": [3, 3], \"err\": [0, 0], \"answer\": 0, \"seconds\": 0}\\nyes')")]
    [InlineData("os.write(fd, b'\\xff' * 5)")]
    [InlineData("os.write(fd, (30).to_bytes(4, 'little') + b'{\"error\": false, \"displays\": 1}')")]
    [InlineData("os.write(fd, (10).to_bytes(4, 'little') + b'{\"a\":\"\\\\ud')")]
    [InlineData("os.write(fd, b'\\0' * 100000)")]
    [InlineData("os.close(fd)")]
    [InlineData("os.set_blocking(fd, False)")]
    [InlineData("os.dup2(1, fd)")]
    public Task Frames_that_it_makes_up_are_at_most_its_own_answer(string attack) => AfterwardsAsync(async run =>
    {
        Ended(await run("x = 1"), "");
        var result = await run($"import os\nfor fd in range(64):\n    try: {attack}\n    except OSError: pass");
        Assert.NotEqual(CellStatus.Fault, result.Status);

        // It may have made up the next one's answer, or ended its process; one later all is in order.
        var next = await run("print('next')");
        Assert.NotEqual(CellStatus.Fault, next.Status);
        for (var later = 0; later < 2; later++)
        {
            await run("x = 2");
        }

        Ended(await run("print('right')"), "right\n");
    });

    [Fact]
    public Task Frames_that_it_prints_are_what_it_prints() => AfterwardsAsync(async run =>
    {
        const string frame = "{\"id\": 2, \"state\": \"died\", \"lost\": true, \"out\": [0, 0], \"err\": [0, 0], \"answer\": 0}\\n";
        Ended(await run($"import sys\nsys.stdout.write('{frame}')\nsys.__stdout__.flush()\nNone"), frame.Replace("\\n", "\n", StringComparison.Ordinal));
    });

    [Fact]
    public Task One_that_closes_all_its_descriptors_loses_at_most_its_state() => AfterwardsAsync(async run =>
    {
        var result = await run("import os\nos.closerange(0, 4096)\nprint(1)");
        Died(result, "");
        Ended(await run("print('new')"), "new\n");
    });

    [Fact]
    public Task One_that_closes_its_outputs_has_them_again_in_the_next_cell() => AfterwardsAsync(async run =>
    {
        Ended(await run("import os, sys\nos.close(1); os.close(2); sys.stdout = sys.stderr = None"), "");
        Ended(await run("import sys\nprint('back'); print('too', file=sys.stderr)"), "back\n", stderr: "too\n");
    });

    [Fact]
    public Task A_fork_that_comes_back_from_its_cell_does_not_answer() => AfterwardsAsync(async run =>
    {
        var result = await run("import os\npid = os.fork()\nif pid: os.waitpid(pid, 0)\nprint('parent' if pid else 'child')");
        Ended(result, "child\nparent\n");
        Ended(await run("print(pid > 0)"), "True\n");
    });

    [Fact]
    public Task Processes_that_it_leaves_stand_still_until_the_next_cell() => AfterwardsAsync(async run =>
    {
        Ended(await run("import subprocess, time\nspin = subprocess.Popen(['/usr/bin/python3', '-c', 'while True: pass'])\ntime.sleep(0.3)"), "");
        Ended(await run("def used(): return int(open(f'/proc/{spin.pid}/stat').read().split()[13])\nbefore = used()"), "");
        await Task.Delay(1500, Token);

        // In hundredths of a second: what it used is that of the cells, which are short.
        Ended(await run("print(used() - before < 60)"), "True\n");
        Ended(await run("spin.kill()\nprint(spin.wait())"), "-9\n");
    });

    [Fact]
    public Task Threads_that_it_leaves_stand_still_until_the_next_cell() => AfterwardsAsync(async run =>
    {
        Ended(await run("import threading, time\nn = 0\ndef count():\n    global n\n    while True: n += 1; time.sleep(0.01)\nthreading.Thread(target=count, daemon=True).start()"), "");
        Ended(await run("before = n"), "");
        await Task.Delay(1500, Token);
        Ended(await run("print(n - before < 60)"), "True\n");
        Ended(await run("time.sleep(0.2)\nprint(n > before)"), "True\n");
    });

    [Fact]
    public Task A_fork_bomb_ends_with_its_time() => AfterwardsAsync(
        async run =>
        {
            var result = await run("import os\nwhile True:\n    try: os.fork()\n    except OSError: pass");
            Assert.True(result.Status is CellStatus.Timeout or CellStatus.Died, result.Told());
        },
        seconds: 0.5);

    [Fact]
    public Task Children_that_hold_its_outputs_keep_nobody_waiting() => AfterwardsAsync(async run =>
    {
        Ended(await run("import subprocess\np = subprocess.Popen(['sleep', '1000'])\nprint('done')"), "done\n");
        var next = await run("print('next')");
        Ended(next, "next\n");
    });

    [Fact]
    public Task One_that_prints_100_MB_is_cut() => AfterwardsAsync(
        async run =>
        {
            var result = await run("import sys\nfor _ in range(100): sys.stdout.write('z' * 1_000_000)\nNone");
            Assert.Equal((CellStatus.Completed, 1 << 20, 100_000_000L), (result.Status, result.Stdout.Length, result.StdoutBytes));
        },
        seconds: 60);

    [Fact]
    public Task One_that_displays_too_much_has_a_note_in_its_place() => InNotebookAsync(async run =>
    {
        var result = await run("for _ in range(3): display('w' * 3_000_000)");
        Assert.Equal(CellStatus.Completed, result.Status);
        Assert.Contains("bytes of displays are more than", Assert.Single(result.Displays).GetRawText(), StringComparison.Ordinal);
        Assert.Equal("2", Assert.Single((await run("1 + 1")).Displays).GetProperty("text/plain").GetString());
    });

    [Fact]
    public async Task A_memory_bomb_ends_its_process_alone()
    {
        Assert.SkipWhen(RunningSandbox.WithoutCgroup, "memory is limited a process at a time");
        await InAsync(
            async run =>
            {
                var died = await run("print('begun')\nx = [bytearray(1 << 20) for _ in range(4000)]");
                Assert.True(died.Status == CellStatus.Died && died.IsLost, died.Told());
                var next = await run("print('new')");
                Ended(next, "new\n");
                Assert.True(next.IsFresh);
            },
            request: new() { MemoryMb = 128 });
    }

    [Fact]
    public Task Exceptions_that_fight_being_printed_are_errors_all_the_same() => AfterwardsAsync(async run =>
    {
        var result = await run("class E(Exception):\n    def __str__(self): raise SystemExit\nraise E()");
        Assert.True(result.Status == CellStatus.Error && result.Out().Contains("E: <unprintable E object>", StringComparison.Ordinal), result.Told());
        Assert.Equal(CellStatus.Error, (await run("class R:\n    def __repr__(self): raise ValueError('r')\nR()")).Status);
        Assert.Equal(CellStatus.Error, (await run("def f(): f()\nf()")).Status);
    });

    [Fact]
    public async Task One_whose_caller_gives_up_is_ended_and_the_next_finds_a_new_interpreter()
    {
        var interpreter = Sandbox.Pool.Interpreters.Open(new());
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var cell = interpreter.RunAsync(new() { Code = "import time; time.sleep(60)", Seconds = 100 }, giveUp.Token);
        await Task.Delay(500, Token);
        await giveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cell);
        var next = await interpreter.RunAsync(new() { Code = "print(1)" }, Token);
        Ended(next, "1\n");
        Assert.True(next.IsFresh);
        await Sandbox.Pool.Interpreters.CloseAsync(interpreter);
    }

    [Fact]
    public async Task One_that_runs_while_its_interpreter_is_closed_is_ended()
    {
        var interpreter = Sandbox.Pool.Interpreters.Open(new());
        var cell = interpreter.RunAsync(new() { Code = "import time; time.sleep(60)", Seconds = 100 }, Token);
        await Task.Delay(500, Token);
        await Sandbox.Pool.Interpreters.CloseAsync(interpreter);
        await Assert.ThrowsAsync<CellEndedException>(() => cell);
    }
}

public sealed class HostileCellsLocally(LocalSandbox sandbox) : HostileCells(sandbox), IClassFixture<LocalSandbox>;

public sealed class HostileCellsInContainers(ContainerSandbox sandbox) : HostileCells(sandbox), IClassFixture<ContainerSandbox>;
