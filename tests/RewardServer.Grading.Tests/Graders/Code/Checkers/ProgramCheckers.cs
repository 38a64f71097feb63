using RewardServer.Grading.Completions;
using RewardServer.Grading.Graders;
using RewardServer.Grading.Graders.Code.TestRuns;

namespace RewardServer.Grading.Tests.Graders.Code.Checkers;

public sealed class ProgramCheckers(SharedSandbox sandbox)
{
    // Any two numbers that make the sum will do.
    private const string Sum = """
        def check(input, output, answer):
            a, b = map(int, output.split())
            return a + b == int(input)
        """;

    private static StdioTest Test(ProgramSource checker, string input = "7", string? answer = null) =>
        new(input, answer is null ? null : (AcceptedTexts)answer, new() { Kind = CheckerKind.Program, Program = checker });

    private async Task<(TestStatus, double, string)> Judged(string source, string checker, string? answer = "42")
    {
        var (_, test) = await sandbox.Grade(source, Test(Programs.Python(checker), answer: answer));
        return (test.Status, test.Score, test.Reason);
    }

    [Fact]
    public async Task A_function_of_Pythons_judges()
    {
        Assert.Equal((TestStatus.Passed, 1, "the checker accepted it"), await Judged("print(3, 4)", Sum, null));
        Assert.Equal((TestStatus.WrongAnswer, 0, "the checker refused it"), await Judged("print(3, 5)", Sum, null));
    }

    [Theory]
    [InlineData("return 0.25", TestStatus.PartlyRight, 0.25, "the checker gave 0.25 of its points")]
    [InlineData("return 0.5, 'half'", TestStatus.PartlyRight, 0.5, "the checker gave 0.5 of its points: half")]
    [InlineData("return output == answer + chr(10), 'as it should be'", TestStatus.Passed, 1, "the checker accepted it: as it should be")]
    [InlineData("return 0, 'first line' + chr(10) + 'second'", TestStatus.WrongAnswer, 0, "the checker refused it: first line")]
    [InlineData("print('noise'); return 1", TestStatus.Passed, 1, "the checker accepted it")]
    [InlineData("return open('input').read() == '7' and open('output').read() == '42' + chr(10) and open('answer').read() == '42'", TestStatus.Passed, 1, "the checker accepted it")]
    public async Task It_may_give_a_part_and_say_why(string body, TestStatus status, double score, string reason) =>
        Assert.Equal((status, score, reason), await Judged("print(42)", $"def check(input, output, answer):\n    {body}"));

    [Theory]
    [InlineData("import sys\nout = open('output').read()\nsys.exit(0 if out.strip() == '42' else 1)", TestStatus.Passed, 1)]
    [InlineData("import sys\nprint('points 0.75 well', file=sys.stderr)\nsys.exit(7)", TestStatus.PartlyRight, 0.75)]
    [InlineData("import sys\nsys.exit(2)", TestStatus.WrongAnswer, 0)]
    [InlineData("import sys\nsys.exit('no')", TestStatus.WrongAnswer, 0)]
    [InlineData("import sys\nassert sys.argv[1:] == ['input', 'output', 'answer'] and __name__ == '__main__'", TestStatus.Passed, 1)]
    public async Task A_script_judges_by_its_exit_code(string checker, TestStatus status, double score)
    {
        var (found, points, _) = await Judged("print(42)", checker);
        Assert.Equal((status, score), (found, points));
    }

    [Theory]
    [InlineData("def check(input, output, answer):\n    return 1 / 0", "the checker raised ZeroDivisionError: division by zero")]
    [InlineData("def check(input, output, answer):\n    pass", "the checker raised TypeError: it returned a value of type NoneType, which is neither a bool nor a number")]
    [InlineData("def check(input, output, answer):\n    return float('nan')", "the checker gave 'nan', which is no number from 0 to 1")]
    [InlineData("def check(input, output, answer):\n    return 35", "the checker gave '35.0', which is no number from 0 to 1")]
    [InlineData("def check(input, output, answer):\n    exit(0)", "the checker exited before it gave a verdict")]
    [InlineData("import os\ndef check(input, output, answer):\n    os._exit(0)", "the checker ended before it gave a verdict")]
    [InlineData("def check(input, output, answer):\n    return (", "the checker does not compile: ")]
    [InlineData("def check(input, output):\n    return True", "the checker raised TypeError: ")]
    [InlineData("import sys\nsys.exit(3)", "the checker failed: ")]
    [InlineData("import sys\nsys.exit(250)", "the checker ended with exit code 250, which is no verdict")]
    [InlineData("raise KeyError('x')", "the checker raised KeyError: 'x'")]
    [InlineData("import os, signal\nos.kill(os.getpid(), signal.SIGKILL)", "the checker was ended by signal 9")]
    public async Task A_broken_checker_makes_the_item_failed_and_not_wrong(string checker, string reason)
    {
        var (verdict, test) = await sandbox.Grade("print('rubbish')", Test(Programs.Python(checker), answer: "42"));
        Assert.Equal((Outcome.Failed, TestStatus.Fault), (verdict.Outcome, test.Status));
        Assert.StartsWith(reason, test.Reason, StringComparison.Ordinal);
        Assert.StartsWith("test 0: the checker ", verdict.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("def check(input, output, answer):\n    return int(output) == int(answer)")]
    [InlineData("import os\ndef check(input, output, answer):\n    return output == answer or os.abort()")]
    public async Task A_candidate_cannot_have_itself_left_out_by_what_a_checker_cannot_read(string checker)
    {
        var (verdict, test) = await sandbox.Grade("print('rubbish')", Test(Programs.Python(checker), answer: "42"));
        Assert.Equal((Outcome.Scored, 0, TestStatus.WrongAnswer), (verdict.Outcome, verdict.Score, test.Status));
        Assert.StartsWith("the checker cannot read the output: ", test.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Any_of_several_answers_will_do()
    {
        var test = Test(Programs.Python("def check(input, output, answer):\n    return output.strip() == answer")) with { Stdout = new(["1", "42"]) };
        Assert.Equal(TestStatus.Passed, (await sandbox.Grade("print(42)", test)).Test.Status);
    }

    [Fact]
    public async Task The_candidate_never_sees_it()
    {
        var (_, test) = await sandbox.Grade("import os\nprint(sorted(os.listdir('.')) == ['main.py'])", Test(Programs.Python("def check(i, output, a): return output == 'True' + chr(10)")));
        Assert.Equal(TestStatus.Passed, test.Status);
    }

    [Fact]
    public async Task A_program_that_ends_badly_is_not_checked()
    {
        var (_, test) = await sandbox.Grade("raise SystemExit(4)", Test(Programs.Python("def check(i, o, a): return True")));
        Assert.Equal(TestStatus.RuntimeError, test.Status);
    }

    [Fact]
    public async Task What_a_program_prints_is_data()
    {
        var (_, test) = await sandbox.Grade(
            "import sys\nsys.stdout.buffer.write(bytes(range(256)) * 100 + b'\\n' + b'[' * 100000 + b'1e999999999' + b'\\0')",
            Test(Programs.Python("def check(input, output, answer):\n    return len(output) > 100000, output[-1:]")));
        Assert.Equal(TestStatus.Passed, test.Status);
    }

    [Theory]
    [InlineData("javascript", "checker.program.language", "must be 'python' or 'cpp'")]
    [InlineData(null, "checker.program", "is required for kind 'program'")]
    public void A_checker_that_cannot_be_is_refused(string? language, string member, string error)
    {
        var checker = new Checker { Kind = CheckerKind.Program, Program = language is null ? null : new(language, "") };
        Assert.Contains((member, error), checker.Errors("checker"));
    }

    [Fact]
    public void An_option_that_would_do_nothing_is_refused()
    {
        Assert.Contains("checker.unordered", new Checker { Kind = CheckerKind.Exact, Unordered = true }.Errors("checker").Select(error => error.Member));
        Assert.Contains("checker.relativeTolerance", new Checker { Kind = CheckerKind.Exact, RelativeTolerance = 1 }.Errors("checker").Select(error => error.Member));
        Assert.Empty(new Checker { Kind = CheckerKind.Json, Unordered = true, RelativeTolerance = 1 }.Errors("checker"));
    }

    [Fact]
    public async Task A_task_whose_answer_is_no_JSON_is_skipped()
    {
        var verdict = await sandbox.Verdict("print(1)", new StdioTest("", "{", new() { Kind = CheckerKind.Json }));
        Assert.Equal((Outcome.Skipped, "the expected output of a test is no JSON of at most 256 levels (line 1, byte 2)"), (verdict.Outcome, verdict.Reason));
    }
}
