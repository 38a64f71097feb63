using RewardServer.Grading.Completions;
using RewardServer.Grading.Graders;
using RewardServer.Grading.Graders.Code.TestRuns;

namespace RewardServer.Grading.Tests.Graders.Code.Interactive;

public sealed class Conversing(SharedSandbox sandbox)
{
    // A number is to be guessed in at most as many questions as the answer says.
    private const string Keeper = """
        def interact(input_text, answer):
            secret, most = int(input_text), int(answer)
            for asked in range(1, most + 1):
                guess = int(input())
                print('=' if guess == secret else '<' if guess < secret else '>')
                if guess == secret:
                    return (1 if asked < most else 0.5), '%d questions' % asked
            return False, 'too many questions'
        """;

    private const string Guesser = """
        low, high = 1, 1000
        while True:
            middle = (low + high) // 2
            print(middle, flush=True)
            said = input()
            if said == '=': break
            if said == '<': low = middle + 1
            else: high = middle - 1
        """;

    private static readonly TestLimits Short = new(CpuSeconds: 2, WallSeconds: 4, OutputKb: 64);

    private static readonly ProgramSource TestlibKeeper = Programs.Testlib("""
        int main(int argc, char *argv[]) {
            registerInteraction(argc, argv);
            int secret = inf.readInt(), most = ans.readInt();
            for (int asked = 1; asked <= most; asked++) {
                int guess = ouf.readInt(1, 1000, "guess");
                if (guess == secret) {
                    printf("=\n");
                    quitf(_ok, "%d questions", asked);
                }
                printf(guess < secret ? "<\n" : ">\n");
            }
            quitf(_wa, "more than %d questions", most);
        }
        """);

    private async Task<(TestStatus Status, string Reason)> Talk(string source, ProgramSource interactor, string answer = "20", TestLimits? limits = null)
    {
        var (verdict, test) = await sandbox.Grade(source, new InteractiveTest(interactor, "777", answer), limits);
        Assert.Equal(test.Status == TestStatus.Fault ? Outcome.Failed : Outcome.Scored, verdict.Outcome);
        return (test.Status, test.Reason);
    }

    [Theory]
    [InlineData("def interact(input_text, answer):\n    words = []\n    while True:\n        words.append(input())")]
    [InlineData("def interact(input_text, answer):\n    return sum(1 for _ in range(int(input())))")]
    public async Task A_program_that_floods_an_interactor_earns_no_null(string interactor)
    {
        var (status, reason) = await Talk("print(10 ** 12, flush=True)\nwhile True:\n    print('9' * 1000000)", Programs.Python(interactor), limits: new(CpuSeconds: 1, WallSeconds: 20));
        Assert.NotEqual(TestStatus.Fault, status);
        Assert.NotEqual(TestStatus.Passed, status);
        Assert.NotEmpty(reason);
    }

    [Fact]
    public async Task A_program_asks_and_an_interactor_in_Python_judges()
    {
        Assert.Equal((TestStatus.Passed, "the interactor accepted it: 8 questions"), await Talk(Guesser, Programs.Python(Keeper)));
        Assert.Equal((TestStatus.PartlyRight, "the interactor gave 0.5 of its points: 8 questions"), await Talk(Guesser, Programs.Python(Keeper), "8"));
    }

    [Fact]
    public async Task An_interactor_that_said_wrong_first_is_right()
    {
        // The program then fails for want of an answer; what it was told before counts.
        Assert.Equal((TestStatus.WrongAnswer, "the interactor refused it: too many questions"), await Talk(Guesser, Programs.Python(Keeper), "3"));
    }

    [Theory]
    [InlineData("pass", TestStatus.WrongAnswer, "the interactor could not read what the program wrote: it ended, or closed its output")]
    [InlineData("print('rubbish', flush=True); input()", TestStatus.WrongAnswer, "the interactor could not read what the program wrote: ValueError: invalid literal for int() with base 10: 'rubbish'")]
    [InlineData("raise SystemExit(3)", TestStatus.RuntimeError, "the program ended with exit code 3")]
    [InlineData("import sys\nprint(1)\nsys.stdin.readline()", TestStatus.WallTimeLimit, "the program ran for more than 4 s")]
    [InlineData("input()", TestStatus.WallTimeLimit, "the program ran for more than 4 s")]
    [InlineData("while True: pass", TestStatus.CpuTimeLimit, "the program used more than 2 s of CPU time")]
    [InlineData("print('1' * 10**7, flush=True)", TestStatus.OutputLimit, "the program wrote more than 64 KiB")]
    [InlineData("import os\nfor name in ['input', 'answer', '/box/input']:\n    assert not os.path.exists(name)\nprint(777, flush=True)\nassert input() == '='", TestStatus.Passed, "the interactor accepted it: 1 questions")]
    [InlineData("print(777, flush=True)\ninput()\nraise SystemExit(1)", TestStatus.RuntimeError, "the program ended with exit code 1")]
    [InlineData("print(777, flush=True)\nwhile True: pass", TestStatus.CpuTimeLimit, "the program used more than 2 s of CPU time")]
    public async Task A_bad_end_is_the_programs_own(string source, TestStatus status, string reason) =>
        Assert.Equal((status, reason), await Talk(source, Programs.Python(Keeper), limits: Short));

    [Theory]
    [InlineData("import sys\nsys.exit(0)", TestStatus.Passed)]
    [InlineData("import sys\nsys.exit(1)", TestStatus.WrongAnswer)]
    [InlineData("import sys\nprint('points 0.25', file=sys.stderr)\nsys.exit(7)", TestStatus.PartlyRight)]
    [InlineData("import sys\ndef interact(i, a):\n    sys.exit(1)", TestStatus.WrongAnswer)]
    [InlineData("print(open('input').read(), end='')\nimport sys\nsys.exit(0 if input() == '777' else 1)", TestStatus.Passed)]
    public async Task A_script_judges_by_its_exit_code(string interactor, TestStatus status) =>
        Assert.Equal(status, (await Talk("import sys\nprint(sys.stdin.read(3), flush=True)", Programs.Python(interactor))).Status);

    [Theory]
    [InlineData("def interact(i, a):\n    return 1 / 0", "the interactor raised ZeroDivisionError: division by zero")]
    [InlineData("def interact(i, a):\n    return int('x')", "the interactor raised ValueError: invalid literal for int() with base 10: 'x'")]
    [InlineData("def interact(i, a):\n    input()", "the interactor raised TypeError: it returned a value of type NoneType, which is neither a bool nor a number")]
    [InlineData("def interact(i, a):\n    return (", "the interactor does not compile: ")]
    [InlineData("import os\nos._exit(0)", "the interactor ended before it gave a verdict")]
    [InlineData("import sys\nsys.exit(3)", "the interactor failed: ")]
    [InlineData("def interact(i, a):\n    while True: pass", "the interactor came to a bad end: CpuTimeLimit")]
    public async Task A_broken_interactor_makes_the_item_failed(string interactor, string reason)
    {
        var (status, found) = await Talk("print(777, flush=True)\ninput()", Programs.Python(interactor), limits: new(CpuSeconds: 0.5, WallSeconds: 2));
        Assert.Equal(TestStatus.Fault, status);
        Assert.StartsWith(reason, found, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_talks_to_an_interactor_with_testlib()
    {
        sandbox.NeedCpp();
        Assert.Equal((TestStatus.Passed, "the interactor accepted it: ok 8 questions"), await Talk(Guesser, TestlibKeeper));
        Assert.Equal((TestStatus.WrongAnswer, "the interactor refused it: wrong answer more than 3 questions"), await Talk(Guesser, TestlibKeeper, "3"));
        Assert.Equal((TestStatus.WrongAnswer, "the interactor refused it: wrong output format Expected int32, but \"x\" found"), await Talk("print('x', flush=True)\ninput()", TestlibKeeper));
        Assert.Equal((TestStatus.WrongAnswer, "the interactor refused it: wrong output format Unexpected end of file - token expected"), await Talk("pass", TestlibKeeper));
        Assert.Equal((TestStatus.RuntimeError, "the program ended with exit code 5"), await Talk("raise SystemExit(5)", TestlibKeeper));
        Assert.Equal((TestStatus.Fault, "the interactor failed: FAIL answer: Expected int32, but \"many\" found"), await Talk(Guesser, TestlibKeeper, "many"));
        Assert.Equal((TestStatus.Fault, "the interactor does not compile"), await Talk(Guesser, Programs.Testlib("int main() {")));
    }
}
