using RewardServer.Grading.Completions;
using RewardServer.Grading.Graders;
using RewardServer.Grading.Graders.Code;
using RewardServer.Grading.Graders.Code.Scoring;
using RewardServer.Grading.Graders.Code.TestRuns;

namespace RewardServer.Grading.Tests.Graders.Code;

public sealed class CodeGraderTests(SharedSandbox sandbox)
{
    private static readonly StdioTest Double = new("21\n", "42\n");
    private static readonly CheckTest CheckAdd = new("assert add(1, 2) == 3\nassert add(-1, 1) == 0");

    [Fact]
    public async Task A_right_program_scores_1_with_what_was_measured()
    {
        // Enough work to be seen by any clock, however busy the machine is.
        var verdict = await Grade("```python\nsum(range(3_000_000))\nprint(2 * int(input()))\n```", Double, new StdioTest("5", "10"));
        Assert.Equal((1.0, "2 of 2 tests passed"), (verdict.Score, verdict.Reason));
        var details = Assert.IsType<CodeDetails>(verdict.Details);
        Assert.Equal("sum(range(3_000_000))\nprint(2 * int(input()))\n", details.Extracted);
        Assert.All(details.Tests, test => Assert.True(test.Measured is { CpuSeconds: > 0, WallSeconds: > 0, PeakMemoryMb: > 0 }, $"{test.Measured}"));
    }

    [Fact]
    public async Task A_wrong_output_is_shown_beside_the_expected_one() =>
        Assert.Equal("0 of 1 tests passed; test 0: line 1 of the output is '21' where '42' was expected",
            (await Grade("print(input())", Double)).Reason);

    [Fact]
    public async Task White_space_at_the_ends_does_not_count() =>
        Assert.Equal(1, (await Grade("print('42  \\n\\n')", Double)).Score);

    [Theory]
    [InlineData("raise ValueError('x')", TestStatus.RuntimeError)]
    [InlineData("x = (", TestStatus.CompileError)]
    [InlineData("print(42); raise SystemExit(3)", TestStatus.RuntimeError)]
    [InlineData("import os; os.kill(os.getpid(), 11)", TestStatus.RuntimeError)]
    [InlineData("while True: pass", TestStatus.CpuTimeLimit)]
    [InlineData("import time; time.sleep(60)", TestStatus.WallTimeLimit)]
    [InlineData("x = bytearray(10**9)", TestStatus.MemoryLimit)]
    [InlineData("print('x' * 10**6)", TestStatus.OutputLimit)]
    [InlineData("print(41)\0", TestStatus.CompileError)]
    public async Task What_ends_a_program_early_is_its_own_score_of_0(string source, TestStatus status)
    {
        sandbox.Need();
        var limits = new TestLimits(CpuSeconds: 1, WallSeconds: 2, MemoryMb: 128, OutputKb: 64);
        var verdict = await Grade(Items.Code(source, Double).WithLimits(limits));
        Assert.Equal(0, verdict.Score);
        Assert.Equal(status, Assert.Single(((CodeDetails)verdict.Details!).Tests).Status);
    }

    [Fact]
    public async Task Tests_can_count_by_their_share()
    {
        var item = Items.Code("print(42)", Double, new StdioTest("", "43"));
        Assert.Equal(0.5, (await Grade(item, TestScoring.Fraction)).Score);
        Assert.Equal(0, (await Grade(item, TestScoring.All)).Score);
    }

    [Fact]
    public async Task A_check_runs_against_the_definitions_of_the_candidate() =>
        Assert.Equal(1, (await Grade("def add(a, b):\n    return a + b\nif __name__ == '__main__':\n    print(input())", CheckAdd)).Score);

    [Theory]
    [InlineData("def add(a, b): return a - b", TestStatus.WrongAnswer, null)]
    [InlineData("def add(a, b): return a.b", TestStatus.RuntimeError, null)]
    [InlineData("def sub(a, b): return a - b", TestStatus.RuntimeError, null)]
    [InlineData("import builtins\nbuiltins.exec = lambda *a: None", TestStatus.RuntimeError, Signal.CheckTampering)]
    [InlineData("import sys\nsys.modules['__main__'].exec = lambda *a: None", TestStatus.RuntimeError, null)]
    [InlineData("import builtins\nold = compile\nbuiltins.compile = lambda *a, **k: old('pass', 'x', 'exec')", TestStatus.RuntimeError, Signal.CheckTampering)]
    [InlineData("import sys\ndef add(a, b): return 0\ndef skip(f, e, x):\n    if e == 'line': f.f_lineno = f.f_lineno + 1\n    return skip\nsys.settrace(skip)", TestStatus.WrongAnswer, Signal.CheckTampering)]
    [InlineData("class " + "X234567890X234567890X234567890X234567890X234567890X234567890X234567890X234567890X234567890X234567890" + "(Exception): pass\ndef add(a, b): raise X234567890X234567890X234567890X234567890X234567890X234567890X234567890X234567890X234567890X234567890", TestStatus.RuntimeError, null)]
    [InlineData("import os\nos.write(3, b'check does not compile')\nos._exit(1)", TestStatus.RuntimeError, Signal.ForgedOutput)]
    [InlineData("import sys\nsys.exit(0)", TestStatus.EarlyExit, Signal.EarlyExit)]
    [InlineData("def add(a, b): raise SystemExit(0)", TestStatus.EarlyExit, Signal.EarlyExit)]
    [InlineData("import os\nos._exit(0)", TestStatus.EarlyExit, Signal.EarlyExit)]
    [InlineData("import os\ndef add(a, b): os._exit(0)", TestStatus.EarlyExit, Signal.EarlyExit)]
    [InlineData("import os\nos.write(3, b'done')\nos._exit(0)", TestStatus.RuntimeError, Signal.ForgedOutput)]
    [InlineData("print('all tests passed')\nimport atexit, os\natexit.register(lambda: os._exit(0))\nraise SystemExit", TestStatus.EarlyExit, Signal.EarlyExit)]
    public async Task A_check_that_did_not_run_to_its_end_never_passes(string source, TestStatus status, string? signal)
    {
        var verdict = await Grade(source, CheckAdd);
        Assert.Equal(0, verdict.Score);
        var report = Assert.Single(((CodeDetails)verdict.Details!).Tests);
        Assert.Equal(status, report.Status);
        Assert.Equal(signal is null ? [] : [signal], report.Signals.ToArray());
    }

    [Theory]
    [InlineData("assert (")]
    [InlineData("assert add(1, 2) == 3\0")]
    public async Task A_check_that_does_not_compile_is_skipped_whatever_the_candidate_wrote(string harness)
    {
        foreach (var source in new[] { "def add(a, b): return a + b", "raise SystemExit", "import os\nos._exit(0)" })
        {
            Assert.Equal((Outcome.Skipped, "test 0: the check does not compile"), await OutcomeAndReason(Items.Code(source, new CheckTest(harness))));
        }
    }

    [Fact]
    public async Task A_check_under_its_main_guard_is_run()
    {
        var check = new CheckTest("def check():\n    assert add(1, 2) == 3\nif __name__ == '__main__':\n    check()");
        Assert.Equal(1, (await Grade("def add(a, b): return a + b", check)).Score);
        Assert.Equal(0, (await Grade("def add(a, b): return 0", check)).Score);
    }

    [Fact]
    public async Task Neither_check_nor_expected_output_stands_in_a_file() =>
        Assert.Equal(1, (await Grade(
            "import os\nprint(*sorted(os.listdir('.')))",
            new StdioTest("", "main.py"))).Score);

    [Fact]
    public async Task A_thread_that_never_ends_does_not_hold_a_check_up() =>
        Assert.Equal(1, (await Grade("import threading, time\nthreading.Thread(target=time.sleep, args=(60,)).start()\ndef add(a, b): return a + b", CheckAdd)).Score);

    [Fact]
    public async Task No_program_scores_0() =>
        Assert.Equal((0.0, "no program was found"), await ScoreAndReason("```cpp\nint main() {}\n```"));

    [Fact]
    public async Task A_program_that_is_far_too_long_scores_0() =>
        Assert.Equal((0.0, "the program is longer than 1000000 characters"), await ScoreAndReason($"```python\n{new string('#', 1_000_001)}\n```"));

    [Fact]
    public async Task A_program_only_in_the_thinking_scores_0_with_a_signal()
    {
        var verdict = await Grade("<think>```python\nprint(42)\n```</think><answer></answer>", Double);
        Assert.Equal((0.0, Signal.AnswerOnlyInThinking), (verdict.Score, verdict.Signals.SingleOrDefault()));
    }

    [Fact]
    public async Task A_task_without_tests_is_skipped() =>
        Assert.Equal((Outcome.Skipped, "the task has no tests"), await OutcomeAndReason(Items.Code("print(42)")));

    [Theory]
    [InlineData("")]
    [InlineData(" \n\t\n")]
    [InlineData("# assert f(1) == 2\n")]
    [InlineData("pass")]
    public async Task A_check_that_checks_nothing_accepts_nobody(string harness) =>
        Assert.Equal(
            (Outcome.Skipped, "a check of the task checks nothing: it is empty, or comments alone"),
            await OutcomeAndReason(Items.Code("print(42)", new CheckTest(harness))));

    [Fact]
    public async Task A_test_that_no_program_can_pass_is_skipped() =>
        Assert.Equal(
            (Outcome.Skipped, "the expected output of a test is longer than its outputKb"),
            await OutcomeAndReason(Items.Code("print(42)", new StdioTest("", new string('x', 2000))).WithLimits(new(OutputKb: 1))));

    [Fact]
    public async Task A_task_in_another_language_is_skipped()
    {
        var item = Items.Code("print(42)", Double) with { Task = new CodeTask("cobol", [Double]) };
        Assert.Equal((Outcome.Skipped, "'cobol' is not a language this server knows"), await OutcomeAndReason(item));
    }

    [Fact]
    public async Task A_candidate_that_is_not_waited_for_is_ended()
    {
        sandbox.Need();
        using var gone = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        var item = Items.Code("import time\ntime.sleep(15)", Double);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Grader(TestScoring.All).GradeAsync(item, (CodeTask)item.Task, gone.Token));
        Assert.Equal(1, (await Grade("print(42)", Double)).Score);
    }

    private CodeGrader Grader(TestScoring scoring) => new(new(), new() { Tests = scoring }, sandbox.Pool);

    private Task<Verdict> Grade(string completion, params TestCase[] tests) => Grade(Items.Code(completion, tests));

    private async Task<Verdict> Grade(Item item, TestScoring scoring = TestScoring.All)
    {
        sandbox.Need();
        return await Grader(scoring).GradeAsync(item, (CodeTask)item.Task, TestContext.Current.CancellationToken);
    }

    private async Task<(double?, string)> ScoreAndReason(string completion)
    {
        var verdict = await Grade(completion, Double);
        return (verdict.Score, verdict.Reason);
    }

    private async Task<(Outcome, string)> OutcomeAndReason(Item item)
    {
        var verdict = await Grade(item);
        return (verdict.Outcome, verdict.Reason);
    }
}
