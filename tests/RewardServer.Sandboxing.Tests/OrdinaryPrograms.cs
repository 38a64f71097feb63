using System.Text;
using RewardServer.Sandboxing.Runs;

namespace RewardServer.Sandboxing.Tests;

public abstract class OrdinaryPrograms(RunningSandbox sandbox)
{
    [Fact]
    public async Task A_program_prints()
    {
        var result = await sandbox.Python("print('hello')");
        Assert.True(result.Status == RunStatus.Ok, result.Told());
        Assert.Equal("hello\n", result.Out());
        Assert.Equal(0, result.ExitCode);
        Assert.InRange(result.UserSeconds + result.SystemSeconds, 0.001, 2);
        Assert.InRange(result.PeakMemoryMb, 1, 100);
        Assert.Equal(6, result.StdoutBytes);
    }

    [Fact]
    public async Task A_program_reads_its_input()
    {
        var result = await sandbox.Python("import sys; print(sys.stdin.read().upper(), end='')", stdin: "größe\n"u8.ToArray());
        Assert.Equal("GRÖSSE\n", result.Out());
    }

    [Fact]
    public async Task Without_input_a_program_finds_its_end()
    {
        var result = await sandbox.Python("import sys; print(repr(sys.stdin.read()))");
        Assert.Equal("''\n", result.Out());
    }

    [Fact]
    public async Task Ten_megabytes_go_in_and_out_on_both_streams_at_once()
    {
        var input = new byte[10 << 20];
        Array.Fill(input, (byte)'x');
        const string code = """
            import sys
            while chunk := sys.stdin.buffer.read(1 << 16):
                sys.stdout.buffer.write(chunk)
                sys.stderr.buffer.write(chunk)
            """;
        var result = await sandbox.Python(code, limits => limits with { OutputKb = 10 << 10 }, input);
        Assert.True(result.Status == RunStatus.Ok, result.Status.ToString());
        Assert.True(result.Stdout.Span.SequenceEqual(input));
        Assert.True(result.Stderr.Span.SequenceEqual(input));
    }

    [Fact]
    public async Task An_exit_code_comes_back()
    {
        var result = await sandbox.Python("raise SystemExit(7)");
        Assert.Equal((RunStatus.NonZeroExit, 7, null), (result.Status, result.ExitCode, result.Signal));
    }

    [Fact]
    public async Task An_exception_comes_back_with_its_trace()
    {
        var result = await sandbox.Python("1 / 0");
        Assert.Equal((RunStatus.NonZeroExit, 1), (result.Status, result.ExitCode));
        Assert.Contains("File \"/box/main.py\", line 1", result.Err(), StringComparison.Ordinal);
        Assert.Contains("ZeroDivisionError", result.Err(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SIGSEGV", 11)]
    [InlineData("SIGKILL", 9)]
    [InlineData("SIGPIPE", 13)]
    public async Task A_signal_comes_back(string name, int number)
    {
        var result = await sandbox.Python($"import os, signal; signal.signal(13, signal.SIG_DFL); os.kill(os.getpid(), signal.{name})");
        Assert.Equal((RunStatus.Signal, null, number), (result.Status, result.ExitCode, result.Signal));
    }

    [Fact]
    public async Task A_program_of_several_files_imports_and_reads_them()
    {
        var request = RunningSandbox.Program("import pkg.deep.mod; print(pkg.deep.mod.x, open('data/ä b.txt').read())") with
        {
            Files =
            [
                new SandboxFile("src.py", "import pkg.deep.mod; print(pkg.deep.mod.x, open('data/ä b.txt').read())"u8.ToArray()),
                new SandboxFile("pkg/deep/mod.py", "x = 41"u8.ToArray()),
                new SandboxFile("data/ä b.txt", "text"u8.ToArray()),
                new SandboxFile("empty", default),
            ],
        };
        var result = await sandbox.Pool.RunAsync(request, TestContext.Current.CancellationToken);
        Assert.True(result.Out() == "41 text\n", result.Told());
    }

    [Fact]
    public async Task A_report_comes_back_apart_from_output()
    {
        var result = await sandbox.Python("import os; print('out'); os.write(3, b'told')", report: true);
        Assert.Equal(("out\n", "told"), (result.Out(), Encoding.UTF8.GetString(result.Report.Span)));
    }

    [Fact]
    public async Task Without_a_report_there_is_no_further_descriptor()
    {
        var result = await sandbox.Python("import os; print(sorted(int(n) for n in os.listdir('/proc/self/fd'))[:-1])");
        Assert.Equal("[0, 1, 2]\n", result.Out());
    }

    [Fact]
    public async Task A_program_sees_the_same_world_in_every_run()
    {
        // An engine's own filter of system calls refuses fixed addresses, and its containers' pids go on.
        var (pid, address) = sandbox.IsContainer ? ("0", "0") : ("os.getpid()", "id(object())");
        var code = $"import os, sys; print({pid}, os.getppid(), os.getuid(), os.getcwd(), sorted(os.environ.items()), {address}, hash('a'), os.umask(0))";
        var first = await sandbox.Python(code);
        var second = await sandbox.Python(code);
        Assert.True(first.Status == RunStatus.Ok, first.Told());
        Assert.Equal(first.Out(), second.Out());
    }

    [Fact]
    public async Task Ordinary_tools_of_the_library_work()
    {
        const string code = """
            import tempfile, subprocess, threading, multiprocessing, asyncio, os, time
            with tempfile.NamedTemporaryFile() as f: f.write(b'x')
            assert subprocess.run(['sh', '-c', 'echo a | tr a b'], capture_output=True).stdout == b'b\n'
            t = threading.Thread(target=print, args=('thread',), kwargs={'flush': True}); t.start(); t.join()
            async def nap(): await asyncio.sleep(0.01)
            asyncio.run(nap())
            open('/dev/null', 'w').write('x'); open('/dev/urandom', 'rb').read(4); open('/dev/stdout', 'w').write('dev\n')
            p = multiprocessing.Process(target=time.sleep, args=(0.01,)); p.start(); p.join(); assert p.exitcode == 0
            """;
        var result = await sandbox.Python(code);
        Assert.True(result.Status == RunStatus.Ok, result.Told());
        Assert.Equal("thread\ndev\n", result.Out());
    }

    [Theory]
    [InlineData("../main.py")]
    [InlineData("/main.py")]
    [InlineData("a//b.py")]
    [InlineData("a/./b.py")]
    [InlineData("")]
    [InlineData("a\0b")]
    public async Task A_path_that_leaves_the_scratch_is_refused(string path)
    {
        var request = RunningSandbox.Program("") with { Files = [new SandboxFile(path, default)] };
        await Assert.ThrowsAsync<ArgumentException>(() => sandbox.Pool.RunAsync(request, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Input_is_taken_up_to_its_bound_and_refused_above()
    {
        var request = RunningSandbox.Program("import sys; print(len(sys.stdin.buffer.read()))", stdin: new byte[RunRequest.MaxInputBytes]);
        var result = await sandbox.Pool.RunAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal($"{RunRequest.MaxInputBytes}\n", result.Out());
        var tooMuch = request with { Stdin = new byte[RunRequest.MaxInputBytes + 1] };
        await Assert.ThrowsAsync<ArgumentException>(() => sandbox.Pool.RunAsync(tooMuch, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_file_in_the_place_of_a_folder_is_refused()
    {
        var request = RunningSandbox.Program("") with { Files = [new SandboxFile("a", default), new SandboxFile("a/b", default)] };
        await Assert.ThrowsAsync<ArgumentException>(() => sandbox.Pool.RunAsync(request, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Limits_out_of_range_and_unknown_languages_are_refused()
    {
        var request = RunningSandbox.Program("");
        ResourceLimits[] wrong = [ResourceLimits.Default with { CpuSeconds = double.NaN }, ResourceLimits.Default with { MemoryMb = 0 }, ResourceLimits.Ceiling with { Processes = 257 }];
        foreach (var limits in wrong)
        {
            await Assert.ThrowsAsync<ArgumentException>(() => sandbox.Pool.RunAsync(request with { Limits = limits }, TestContext.Current.CancellationToken));
        }

        await Assert.ThrowsAsync<ArgumentException>(() => sandbox.Pool.RunAsync(request with { Language = "cobol" }, TestContext.Current.CancellationToken));
    }
}

public sealed class OrdinaryProgramsLocally(LocalSandbox sandbox) : OrdinaryPrograms(sandbox), IClassFixture<LocalSandbox>;

public sealed class OrdinaryProgramsInContainers(ContainerSandbox sandbox) : OrdinaryPrograms(sandbox), IClassFixture<ContainerSandbox>;
