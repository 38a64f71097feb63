using System.Text;
using RewardServer.Sandboxing.Runs;

namespace RewardServer.Sandboxing.Tests;

/// <summary>Two programs that talk, each in a slot of its own, in a pool of one seat.</summary>
public abstract class Conversations(RunningSandbox sandbox)
{
    private const string Guesser = """
        low, high = 1, 1_000_000
        while True:
            guess = (low + high) // 2
            print(guess, flush=True)
            said = input()
            if said == 'right': break
            low, high = (guess + 1, high) if said == 'higher' else (low, guess - 1)
        """;

    private const string Keeper = """
        secret, asked = int(input()), 0
        while True:
            guess = int(input())
            asked += 1
            print('right' if guess == secret else 'higher' if guess < secret else 'lower', flush=True)
            if guess == secret: break
        import sys
        print(asked, 'questions', file=sys.stderr)
        """;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private async Task<(RunResult Program, RunResult Partner)> Talk(RunRequest program, RunRequest partner)
    {
        var (one, other) = await sandbox.Pool.ConverseAsync(program, partner, Token);
        Assert.True(one is not null && other is not null, $"{one?.Told()} / {other?.Told()}");
        return (one!, other!);
    }

    private Task<(RunResult Program, RunResult Partner)> Talk(string program, string partner, Func<ResourceLimits, ResourceLimits>? limits = null) =>
        Talk(RunningSandbox.Program(program, limits), RunningSandbox.Program(partner));

    private static void Ended(RunStatus expected, RunResult result, string? output = null, string error = "") => Assert.True(
        result.Status == expected && (output is null || result.Out() == output) && result.Err() == error,
        $"{result.Status} {result.Fault} {result.ExitCode} {result.StdoutBytes} {(result.Stdout.Length > 1000 ? "" : result.Out())} {result.Err()}");

    private async Task TheNextRunsAreClean()
    {
        foreach (var time in new[] { 1, 2 })
        {
            var alone = await sandbox.Python("import os, sys; print(os.listdir('.'), repr(sys.stdin.read()))", stdin: Encoding.UTF8.GetBytes($"input {time}"));
            Ended(RunStatus.Ok, alone, $"['main.py'] 'input {time}'\n");
        }

        var (program, partner) = await Talk("print(1, flush=True); print(input())", "print(int(input()) + 1)");
        Ended(RunStatus.Ok, program, "1\n2\n");
        Ended(RunStatus.Ok, partner, "2\n");
    }

    [Fact]
    public async Task A_number_is_guessed()
    {
        var (program, partner) = await Talk(RunningSandbox.Program(Guesser), RunningSandbox.Program(Keeper, stdin: "765432\n"u8.ToArray()));
        Ended(RunStatus.Ok, program);
        Ended(RunStatus.Ok, partner, error: $"{program.Out().Count(letter => letter == '\n')} questions\n");
        Assert.StartsWith("500000\n750000\n875000\n", program.Out(), StringComparison.Ordinal);
        Assert.EndsWith("\n765432\n", program.Out(), StringComparison.Ordinal);
        Assert.StartsWith("higher\nhigher\nlower\n", partner.Out(), StringComparison.Ordinal);
        await TheNextRunsAreClean();
    }

    [Fact]
    public async Task A_compiled_program_talks_to_an_interpreted_one()
    {
        Assert.SkipUnless(sandbox.Pool.Languages.Any(language => language is { Name: "cpp", Available: true }), "there is no C++ here");
        const string guesser = """
            #include <iostream>
            #include <string>
            int main() {
                int low = 1, high = 1000000;
                for (std::string said; said != "right";) {
                    int guess = (low + high) / 2;
                    std::cout << guess << std::endl;
                    std::cin >> said;
                    if (said == "higher") low = guess + 1; else high = guess - 1;
                }
            }
            """;
        var compiled = new RunRequest { Language = "cpp", Files = [new SandboxFile("main.cpp", Encoding.UTF8.GetBytes(guesser))] };
        var keeper = RunningSandbox.Program(Keeper, stdin: "271828\n"u8.ToArray());
        var (program, partner) = await Talk(compiled, keeper);
        Ended(RunStatus.Ok, program);
        Assert.True(program.Compilation!.Succeeded);
        Assert.EndsWith("\nright\n", partner.Out(), StringComparison.Ordinal);
        var (none, failed) = await sandbox.Pool.ConverseAsync(keeper, compiled with { Files = [new SandboxFile("main.cpp", "int main( {"u8.ToArray())] }, Token);
        Assert.Null(none);
        Assert.Equal(RunStatus.CompileError, failed!.Status);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Both_may_write_much_before_they_read(bool forked)
    {
        const string code = """
            import os, sys
            def data(of): return (of * 1000 + bytes(range(256))) * 2500
            sys.stdout.buffer.write(data(OWN)); sys.stdout.flush(); os.close(1); sys.stdout = None
            heard = sys.stdin.buffer.read()
            print(len(heard), heard == data(OTHER), file=sys.stderr)
            """;
        RunRequest Of(string own, string other) => RunningSandbox.Program(
            code.Replace("OWN", own, StringComparison.Ordinal).Replace("OTHER", other, StringComparison.Ordinal), limits => limits with { OutputKb = 16 << 10 }) with { Fresh = !forked };
        var (program, partner) = await Talk(Of("b'a'", "b'xyz'"), Of("b'xyz'", "b'a'"));
        Ended(RunStatus.Ok, program, error: $"{(3000 + 256) * 2500} True\n");
        Ended(RunStatus.Ok, partner, error: $"{(1000 + 256) * 2500} True\n");
    }

    [Fact]
    public async Task Two_that_never_read_write_to_the_end_of_their_output()
    {
        const string code = "import sys; sys.stdout.write('x' * (3 << 20)); sys.stdout.flush(); print('done', file=sys.stderr)";
        var (program, partner) = await Talk(code, code, limits => limits with { OutputKb = 4096 });
        Ended(RunStatus.Ok, program, error: "done\n");
        Assert.Equal(RunStatus.OutputLimit, partner.Status);
        Assert.Equal(1 << 20, partner.Stdout.Length);
    }

    [Fact]
    public async Task A_program_that_ends_early_leaves_its_partner_at_the_end_of_its_input()
    {
        var (program, partner) = await Talk("print('bye', flush=True); raise SystemExit(7)", "import sys; print(sys.stdin.read().split(), flush=True); print('more' * 100000); print('goes on', file=sys.stderr)");
        Ended(RunStatus.NonZeroExit, program, "bye\n");
        Assert.Equal(7, program.ExitCode);
        Ended(RunStatus.Ok, partner, error: "goes on\n");
        Assert.StartsWith("['bye']\n", partner.Out(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_partner_that_ends_early_leaves_the_program_its_own_end()
    {
        var (program, partner) = await Talk("import sys; heard = sys.stdin.read(); print('x' * 100000); sys.exit(3 if heard == 'no\\n' else 4)", "print('no')");
        Ended(RunStatus.NonZeroExit, program);
        Assert.Equal((3, 100001), (program.ExitCode, program.Stdout.Length));
        Ended(RunStatus.Ok, partner, "no\n");
        (program, _) = await Talk("input()\nwhile True: pass", "print('go')", limits => limits with { CpuSeconds = 0.3 });
        Ended(RunStatus.CpuTimeLimit, program);
    }

    [Fact]
    public async Task A_program_may_close_its_output_and_go_on_listening()
    {
        var (program, partner) = await Talk(
            "import os, sys; print('question', flush=True); os.close(1); print(sys.stdin.read(), file=sys.stderr, end=''); sys.stdout = None",
            "import sys; asked = sys.stdin.read(); print('answer to', asked)");
        Ended(RunStatus.Ok, program, "question\n", "answer to question\n\n");
        Ended(RunStatus.Ok, partner, "answer to question\n\n");
    }

    [Fact]
    public async Task A_program_may_close_its_input_and_go_on_talking()
    {
        var (program, partner) = await Talk(
            "import os; os.close(0); print('sorry', flush=True)\nfor n in range(1000): print(n, flush=True)",
            "import sys\nfor line in sys.stdin: print('x' * 500, flush=True)");
        Ended(RunStatus.Ok, program);
        Ended(RunStatus.Ok, partner);
        Assert.Equal(501 * 1001, partner.Stdout.Length);
    }

    [Theory]
    [InlineData("stdout")]
    [InlineData("stderr")]
    public async Task One_that_writes_without_end_ends_at_the_limit_of_its_output(string to)
    {
        var (program, partner) = await Talk(
            $"import sys\nwhile True: sys.{to}.write('y' * 1000)",
            "import sys; heard = sys.stdin.read(); print(len(heard))",
            limits => limits with { OutputKb = 100, CpuSeconds = 60, WallSeconds = 120 });
        Assert.True(program.Status == RunStatus.OutputLimit && program.Stdout.Length + program.Stderr.Length == 100 << 10, $"{program.Status} {program.Fault} {program.Stdout.Length}");
        Ended(RunStatus.Ok, partner, to == "stdout" ? $"{100 << 10}\n" : "0\n");
    }

    [Fact]
    public async Task Two_that_wait_for_each_other_end_with_the_programs_wall_time()
    {
        var (program, partner) = await Talk("print('heard', input())", "print('heard', input())", limits => limits with { WallSeconds = 0.5 });
        Ended(RunStatus.WallTimeLimit, program, "");
        Assert.Equal(RunStatus.NonZeroExit, partner.Status);
        Assert.EndsWith("EOFError: EOF when reading a line\n", partner.Err(), StringComparison.Ordinal);
        Assert.InRange(program.WallSeconds, 0.5, 15);
        await TheNextRunsAreClean();
    }

    [Fact]
    public async Task Each_has_its_own_limits()
    {
        var (program, partner) = await Talk("print(input()); x = bytearray(300 << 20)", "print('hi', flush=True); x = bytearray(200 << 20); print(len(x))", limits => limits with { MemoryMb = 100 });
        Ended(RunStatus.MemoryLimit, program);
        Ended(RunStatus.Ok, partner, $"hi\n{200 << 20}\n");
    }

    [Theory]
    [InlineData("print('on', flush=True)\nwhile True: input()", "import time\nwhile True: print('x' * 1000, flush=True); time.sleep(0.001)")]
    [InlineData("input()", "input()")]
    [InlineData("import sys; sys.stdout.write('x' * 500000); input()", "import time; time.sleep(60)")]
    public async Task One_that_is_given_up_leaves_both_slots_clean(string program, string partner)
    {
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var talk = sandbox.Pool.ConverseAsync(
            RunningSandbox.Program(program), RunningSandbox.Program(partner, limits => limits with { OutputKb = 64 << 10 }), giveUp.Token);
        await Task.Delay(300, Token);
        await giveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => talk);
        await TheNextRunsAreClean();
    }

    [Fact]
    public async Task A_warm_interpreter_and_a_fresh_one_hear_the_same()
    {
        const string code = """
            import os, stat, sys
            print('ready', flush=True)
            print(sys.stdin.readline().strip(), sys.stdin.isatty(), sys.stdin.seekable(), stat.S_ISFIFO(os.fstat(0).st_mode), sys.stdin.encoding, sys.stdin.buffer.raw.name)
            print([line for line in sys.stdin], os.read(0, 10), open('/dev/stdin').read() == '')
            """;
        const string partner = "input(); print('one'); print('zwei ö\\r'); print('3', end='')";
        var (warm, _) = await Talk(code, partner);
        var (fresh, _) = await Talk(RunningSandbox.Program(code) with { Fresh = true }, RunningSandbox.Program(partner) with { Fresh = true });
        Ended(RunStatus.Ok, warm, fresh.Out());
        Assert.StartsWith("ready\none False False True utf-8 <stdin>\n['zwei ö\\r\\n', '3']", fresh.Out(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_malformed_is_refused()
    {
        var fine = RunningSandbox.Program("");
        await Assert.ThrowsAsync<ArgumentException>(() => sandbox.Pool.ConverseAsync(fine with { Language = "klingon" }, fine, Token));
        await Assert.ThrowsAsync<ArgumentException>(() => sandbox.Pool.ConverseAsync(fine, fine with { Files = [] }, Token));
    }
}

public sealed class ConversationsLocally(LocalSandbox sandbox) : Conversations(sandbox), IClassFixture<LocalSandbox>;

/// <summary>One slot in a container that is reached over its standard streams.</summary>
public sealed class AttachedSandbox() : RunningSandbox(InContainers with { Docker = InContainers.Docker with { Transport = "attach" } });

public sealed class ConversationsOverStreams(AttachedSandbox sandbox) : Conversations(sandbox), IClassFixture<AttachedSandbox>;

public sealed class ConversationsInContainers(ContainerSandbox sandbox) : Conversations(sandbox), IClassFixture<ContainerSandbox>;
