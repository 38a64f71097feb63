using System.Text;
using RewardServer.Sandboxing.Interpreters;
using RewardServer.Sandboxing.Runs;

namespace RewardServer.Sandboxing.Tests;

/// <summary>Short ways to run cells in a pool of one seat.</summary>
public abstract class InterpreterTests(RunningSandbox sandbox)
{
    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    protected RunningSandbox Sandbox => sandbox;

    /// <summary>Opens one, and closes it when the test's work in it is done.</summary>
    protected async Task InAsync(Func<Func<string, Task<CellResult>>, Task> work, Func<Cell, Cell>? with = null, InterpreterRequest? request = null)
    {
        var interpreter = sandbox.Pool.Interpreters.Open(request ?? new());
        try
        {
            await work(code => interpreter.RunAsync((with ?? (same => same))(new Cell { Code = code, Seconds = 20 }), Token));
        }
        finally
        {
            await sandbox.Pool.Interpreters.CloseAsync(interpreter);
        }
    }

    protected Task InNotebookAsync(Func<Func<string, Task<CellResult>>, Task> work, InterpreterRequest? request = null) =>
        InAsync(work, cell => cell with { IsNotebook = true }, request);

    protected static void Ended(CellResult result, string stdout, CellStatus status = CellStatus.Completed, string stderr = "") =>
        Assert.True(result.Status == status && result.Out() == stdout && result.Err() == stderr, result.Told());
}

/// <summary>Cells in a live interpreter.</summary>
public abstract class LiveInterpreters(RunningSandbox sandbox) : InterpreterTests(sandbox)
{
    [Fact]
    public Task State_lasts_from_cell_to_cell() => InAsync(async run =>
    {
        var first = await run("import math\nx = 41\ndef f(n): return math.factorial(n)");
        Ended(first, "");
        Assert.True(first.IsFresh && !first.IsLost);
        Ended(await run("x += 1\nprint(x, f(5))"), "42 120\n");
        Ended(await run("class A:\n    def __init__(self): self.n = x\na = A()"), "");
        var last = await run("print(a.n, __name__, A.__module__)");
        Ended(last, "42 __main__ __main__\n");
        Assert.False(last.IsFresh);
    });

    [Fact]
    public Task An_error_leaves_the_state() => InAsync(async run =>
    {
        Ended(await run("x = 1"), "");
        var failed = await run("def f():\n    y = 0\n    return x / y\nx = 2\nf()");
        Ended(failed, $"""
            Traceback (most recent call last):
              File {Place(failed)}:5
                f()
              File {Place(failed)}:3 in f
                return x / y
            ZeroDivisionError: division by zero


            """, CellStatus.Error);
        Ended(await run("print(x)"), "2\n");
    });

    [Fact]
    public Task What_cannot_be_read_as_Python_says_where() => InAsync(async run =>
    {
        var failed = await run("print(1)\nx = = 2");
        Ended(failed, $"  File {Place(failed)}:2\n    x = = 2\n        ^\nSyntaxError: invalid syntax\n\n", CellStatus.Error);
        Assert.Equal(CellStatus.Error, (await run("'\0'")).Status);
        Ended(await run("print(2)"), "2\n");
    });

    [Theory]
    [InlineData("1 + 1", "Out[1]: 2\n")]
    [InlineData("x = 5", "")]
    [InlineData("None", "")]
    [InlineData("print('a')\n'b'", "a\nOut[1]: 'b'\n")]
    [InlineData("list(range(30))", "Out[1]: \n[0,\n 1,\n 2,\n 3,\n 4,\n 5,\n 6,\n 7,\n 8,\n 9,\n 10,\n 11,\n 12,\n 13,\n 14,\n 15,\n 16,\n 17,\n 18,\n 19,\n 20,\n 21,\n 22,\n 23,\n 24,\n 25,\n 26,\n 27,\n 28,\n 29]\n")]
    [InlineData("{'a': 1, 'b': [1, 2], 'c': 'x' * 80}", "Out[1]: \n{'a': 1,\n 'b': [1, 2],\n 'c': 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx'}\n")]
    [InlineData("{3, 1, 2}, (1,), [], {}, set(), frozenset({1})", "Out[1]: ({1, 2, 3}, (1,), [], {}, set(), frozenset({1}))\n")]
    [InlineData("int, len", "Out[1]: (int, <function len(obj, /)>)\n")]
    [InlineData("from collections import *\nCounter('aab'), defaultdict(int, a=1), deque([1])", "Out[1]: (Counter({'a': 2, 'b': 1}), defaultdict(int, {'a': 1}), deque([1]))\n")]
    [InlineData("  x = 1\n  print(x)", "1\n")]
    [InlineData("import asyncio\nawait asyncio.sleep(0)\nawait asyncio.sleep(0, 7)", "Out[1]: 7\n")]
    [InlineData("exit()", "")]
    [InlineData("!echo from the shell", "from the shell\n")]
    [InlineData("%matplotlib inline\nprint(1)", "1\n")]
    [InlineData("print('ä€😀')", "ä€😀\n")]
    [InlineData("print('\\ud800')", "\\ud800\n")]
    [InlineData("import subprocess, sys\nprint('one')\nsubprocess.run(['echo', 'two'])\nprint('three')", "one\ntwo\nthree\n")]
    [InlineData("import os\nos.write(1, b'raw\\n')\nx = os.listdir('.')\nprint(x)", "raw\n[]\n")]
    [InlineData("l = [1]\nl.append(l)\nl", "Out[1]: [1, ...]\n")]
    public Task A_cell_prints_as_in_IPython(string code, string printed) => InAsync(async run => Ended(await run(code), printed));

    [Fact]
    public Task Input_is_at_its_end() => InAsync(async run =>
    {
        var result = await run("input()");
        Assert.True(result.Status == CellStatus.Error && result.Out().Contains("EOFError: EOF when reading a line", StringComparison.Ordinal), result.Told());
    });

    [Fact]
    public Task An_exit_is_an_error_and_the_state_lives() => InAsync(async run =>
    {
        Ended(await run("x = 3\nimport sys\nsys.exit(3)"), "An exception has occurred, use %tb to see the full traceback.\nSystemExit: 3\n\n", CellStatus.Error, "UserWarning: To exit: use 'exit', 'quit', or Ctrl-D.\n");
        Ended(await run("print(x)"), "3\n");
    });

    [Theory]
    [InlineData(CellTraceback.Minimal, "ValueError: no\n\n")]
    [InlineData(CellTraceback.Context, "---------------------------------------------------------------------------\nValueError                                Traceback (most recent call last)\nFile PLACE:2\n      1 x = 1\n----> 2 raise ValueError('no')\n\nValueError: no\n")]
    public Task Errors_are_as_long_as_was_asked_for(CellTraceback traceback, string printed) => InAsync(
        async run =>
        {
            var failed = await run("x = 1\nraise ValueError('no')");
            Ended(failed, printed.Contains("PLACE", StringComparison.Ordinal) ? printed.Replace("PLACE", Place(failed), StringComparison.Ordinal) : printed, CellStatus.Error);
        },
        cell => cell with { Traceback = traceback });

    [Fact]
    public Task A_notebook_tells_displays_and_errors_apart() => InNotebookAsync(async run =>
    {
        var shown = await run("print('out')\nimport sys\nprint('err', file=sys.stderr)\ndisplay('first')\n{'a': 1}");
        Ended(shown, "out\n", stderr: "err\n");
        Assert.Equal(["""{"text/plain": "'first'"}""", """{"text/plain": "{'a': 1}"}"""], shown.Displays.Select(display => display.GetRawText()));
        var failed = await run("1 / 0");
        Ended(failed, "", CellStatus.Error);
        Assert.Equal(("ZeroDivisionError", "division by zero"), (failed.Error!.Name, failed.Error.Message));
        Assert.Equal("Cell In[2], line 1\n----> 1 1 / 0\n", failed.Error.Traceback[2]);
        Assert.Equal("ZeroDivisionError: division by zero", failed.Error.Traceback[^1]);
        Assert.Empty((await run("5;")).Displays);
        var rich = await run("class R:\n    def _repr_html_(self): return '<b>x</b>'\n    def _repr_png_(self): return b'png'\n    def _repr_svg_(self): raise ValueError\n    def __repr__(self): return 'R!'\nR()");
        Assert.Equal("""{"text/plain": "R!", "text/html": "<b>x</b>", "image/png": "cG5n\n"}""", Assert.Single(rich.Displays).GetRawText());
    });

    [Fact]
    public Task A_cell_is_interrupted_when_its_time_is_over_and_the_state_lives() => InAsync(
        async run =>
        {
            Ended(await run("x = 1"), "");
            var late = await run("print('begun')\nx = 2\nwhile True: pass");
            Assert.True(late.Status == CellStatus.Timeout && !late.IsLost && late.Out().StartsWith("begun\n", StringComparison.Ordinal), late.Told());
            Assert.Contains("KeyboardInterrupt", late.Out(), StringComparison.Ordinal);
            Ended(await run("print(x)"), "2\n");
        },
        cell => cell with { Seconds = 1 });

    [Fact]
    public Task A_cell_that_does_not_heed_it_is_ended_and_the_state_lost() => InAsync(
        async run =>
        {
            Ended(await run("x = 1\nopen('kept', 'w').write('still here')"), "Out[1]: 10\n");
            var late = await run("import time\nprint('begun')\nwhile True:\n    try: time.sleep(1)\n    except KeyboardInterrupt: print('no')");
            Assert.True(late.Status == CellStatus.Timeout && late.IsLost && late.Out().StartsWith("begun\nno\n", StringComparison.Ordinal), late.Told());
            var next = await run("print(open('kept').read(), 'x' in globals())");
            Ended(next, "still here False\n");
            Assert.True(next.IsFresh);
        },
        cell => cell with { Seconds = 1 });

    [Fact]
    public Task Outputs_are_cut_where_no_more_is_kept_and_all_is_counted() => InAsync(
        async run =>
        {
            var result = await run("import sys\nfor _ in range(1000): print('x' * 9_999)\nsys.stderr.write('y' * 500_000)\nNone");
            Assert.Equal((CellStatus.Completed, 100 << 10, 10_000_000L), (result.Status, result.Stdout.Length, result.StdoutBytes));
            Assert.Equal((100 << 10, 500_000L), (result.Stderr.Length, result.StderrBytes));
            Ended(await run("print('next')"), "next\n");
        },
        cell => cell with { OutputKb = 100 });

    [Fact]
    public Task Eight_MiB_come_back_whole() => InAsync(
        async run =>
        {
            var result = await run("import sys\nsys.stdout.write('0123456789abcde\\n' * (1 << 19))\nNone");
            Assert.Equal((CellStatus.Completed, 8 << 20), (result.Status, result.Stdout.Length));
            Assert.True(result.Out() == string.Concat(Enumerable.Repeat("0123456789abcde\n", 1 << 19)));
        },
        cell => cell with { OutputKb = 16 << 10 });

    [Fact]
    public async Task Files_come_in_and_go_out()
    {
        var interpreter = Sandbox.Pool.Interpreters.Open(new() { Files = [new SandboxFile("data/in.txt", "given"u8.ToArray())], OutputFiles = ["out.bin", "missing"] });
        Ended(await interpreter.RunAsync(new() { Code = "text = open('data/in.txt').read()" }, Token), "");
        Ended(await interpreter.RunAsync(new() { Code = "_ = open('out.bin', 'wb').write(text.upper().encode() + b'\\0')" }, Token), "");
        var file = Assert.Single(await Sandbox.Pool.Interpreters.CloseAsync(interpreter));
        Assert.Equal(("out.bin", "GIVEN\0"), (file.Path, Encoding.UTF8.GetString(file.Content.Span)));
        Assert.Empty(await Sandbox.Pool.Interpreters.CloseAsync(interpreter));
        await Assert.ThrowsAsync<InvalidOperationException>(() => interpreter.RunAsync(new() { Code = "1" }, Token));
    }

    [Fact]
    public Task A_modest_import_works() => InAsync(async run =>
    {
        Ended(await run("import numpy as np\na = np.arange(3)"), "");
        Ended(await run("a * 2"), "Out[1]: array([0, 2, 4])\n");
    });

    [Fact]
    public async Task What_is_malformed_is_refused()
    {
        Assert.Throws<ArgumentException>(() => Sandbox.Pool.Interpreters.Open(new() { MemoryMb = 1 << 20 }));
        Assert.Throws<ArgumentException>(() => Sandbox.Pool.Interpreters.Open(new() { Files = [new SandboxFile("../x", default)] }));
        await InAsync(async run => await Assert.ThrowsAsync<ArgumentException>(() => run("1")), cell => cell with { Seconds = double.NaN });
        await InAsync(async run => await Assert.ThrowsAsync<ArgumentException>(() => run("1")), cell => cell with { Seconds = 301 });
    }

    // The name that a cell has in tracebacks has a hash in it.
    private static string Place(CellResult result)
    {
        var at = result.Out().IndexOf("<ipython-input-1-", StringComparison.Ordinal);
        Assert.True(at >= 0, result.Told());
        return result.Out()[at..(result.Out().IndexOf('>', at) + 1)];
    }
}

public sealed class LiveInterpretersLocally(LocalSandbox sandbox) : LiveInterpreters(sandbox), IClassFixture<LocalSandbox>;

public sealed class LiveInterpretersInContainers(ContainerSandbox sandbox) : LiveInterpreters(sandbox), IClassFixture<ContainerSandbox>;

public static class CellResultText
{
    public static string Out(this CellResult result) => Encoding.UTF8.GetString(result.Stdout.Span);

    public static string Err(this CellResult result) => Encoding.UTF8.GetString(result.Stderr.Span);

    public static string Told(this CellResult result) => $"{result.Status} lost={result.IsLost} end={result.End} problem={result.Problem} seconds={result.Seconds:F3} "
        + $"bytes={result.StdoutBytes}\n{(result.Stdout.Length > 3000 ? "" : result.Out())}\n{(result.Stderr.Length > 3000 ? "" : result.Err())}";
}
