using RewardServer.Grading.Completions;
using RewardServer.Grading.Graders;
using RewardServer.Grading.Graders.CodeRuns;
using RewardServer.Grading.Rubrics;

namespace RewardServer.Grading.Tests.Graders;

public sealed class CodeRunsTests(SharedSandbox sandbox)
{
    private const string Alone = """{"grader":"code-runs","options":{"tests":"fraction"}}""";

    private static readonly StdioTest[] Tests = [new("1\n", "2\n"), new("0\n", "0\n")];

    [Theory]
    [InlineData("print(2 * int(input()))", 1)]
    [InlineData("print('wrong')", 1)]
    [InlineData("print(1 // int(input()))", 0.5)]
    [InlineData("raise ValueError", 0)]
    [InlineData("print(", 0)]
    [InlineData("while True: pass", 0)]
    public async Task A_program_earns_the_share_of_the_tests_on_which_it_runs_to_its_end(string source, double score)
    {
        sandbox.Need();
        var item = Items.Code($"```python\n{source}\n```", Tests).WithLimits(new(CpuSeconds: 1, WallSeconds: 5));
        var graded = await GradingByRubric.ComponentAsync(sandbox, Alone, item);
        Assert.Equal((Outcome.Scored, score), (graded.Outcome, graded.Score));
    }

    [Fact]
    public async Task By_default_it_must_run_on_all_of_them()
    {
        sandbox.Need();
        var graded = await GradingByRubric.ComponentAsync(sandbox, """{"grader":"code-runs"}""", Items.Code("```python\nprint(1 // int(input()))\n```", Tests));
        Assert.Equal((0.0, "the program runs to its end on 1 of 2 tests; test 1: the program ended with exit code 1"), (graded.Score, graded.Reason));
        Assert.Equal(new CodeRunsDetails(1, 2, 1), graded.Details);
    }

    [Fact]
    public async Task An_exit_before_a_check_is_through_is_no_end()
    {
        sandbox.Need();
        var item = Items.Code("```python\nimport sys\ndef add(a, b): sys.exit(0)\n```", new CheckTest("assert add(1, 2) == 3"));
        Assert.Equal(0, (await GradingByRubric.ComponentAsync(sandbox, """{"grader":"code-runs"}""", item)).Score);
    }

    [Theory]
    [InlineData("```python\nprint('wrong')\n```")]
    [InlineData("```python\nprint(1 // int(input()))\n```")]
    [InlineData("```python\nprint(\n```")]
    [InlineData("nothing")]
    public async Task What_accuracy_found_is_the_same_as_what_it_finds_itself(string completion)
    {
        sandbox.Need();
        var (derived, own) = (await Grade("""{"grader":"accuracy","name":"first"},{"grader":"code-runs","options":{"of":"first"}}""", completion), await Grade("""{"grader":"code-runs"}""", completion));
        Assert.Equal((own.Score, own.Reason, own.Details), (derived.Score, derived.Reason, derived.Details));
    }

    [Fact]
    public async Task What_accuracy_ran_is_not_run_again()
    {
        sandbox.Need();
        // One that crashes by chance hardly ever does so alike twice.
        var item = Items.Code("```python\nimport os\n1 // (os.urandom(1)[0] & 1)\n```", [.. Enumerable.Repeat(new StdioTest("", ""), 12)]);
        var graded = await GradingByRubric.GradeAsync(sandbox, """{"components":[{"grader":"accuracy","options":{"tests":"fraction"}},{"grader":"code-runs","options":{"tests":"fraction"}}]}""", item);
        Assert.Equal(graded.Components[0].Score, graded.Components[1].Score);
    }

    [Fact]
    public async Task Tests_that_were_not_run_do_not_count()
    {
        sandbox.Need();
        var graded = await Grade("""{"grader":"accuracy","options":{"stopAtFirstFailure":true}},{"grader":"code-runs","options":{"tests":"fraction"}}""", "```python\nprint('wrong')\n```");
        Assert.Equal(new CodeRunsDetails(1, 1, null), graded.Details);
    }

    [Fact]
    public async Task A_task_that_cannot_be_judged_is_skipped_whatever_the_candidate_wrote()
    {
        foreach (var completion in new[] { "```python\nprint(1)\n```", "nothing" })
        {
            foreach (var rubric in new[] { """{"grader":"code-runs"}""", """{"grader":"accuracy"},{"grader":"code-runs"}""" })
            {
                var item = Items.Code(completion) with { Task = new CodeTask("cobol", [.. Tests]) };
                var graded = (await GradingByRubric.GradeAsync(sandbox, $$"""{"components":[{{rubric}}]}""", item)).Components[^1];
                Assert.Equal((Outcome.Skipped, "'cobol' is not a language this server knows"), (graded.Outcome, graded.Reason));
            }
        }
    }

    [Theory]
    [InlineData("""{"grader":"format"},{"grader":"accuracy","name":"first"},{"grader":"code-runs","options":{"of":"format"}}""", "components[2].options.of", "'format' is no earlier component that runs programs; there are: first")]
    [InlineData("""{"grader":"format"},{"grader":"code-runs","options":{"of":"format"}}""", "components[1].options.of", "'format' is no earlier component that runs programs: there is none before this one")]
    [InlineData("""{"grader":"code-runs"},{"grader":"code-complete","options":{"of":"code-runs"}}""", "components[1].options.of", "'code-runs' is no earlier component that runs programs: there is none before this one")]
    [InlineData("""{"grader":"accuracy"},{"grader":"code-complete"},{"grader":"code-runs","options":{"of":"code-complete"}}""", "components[2].options.of", "'code-complete' is no earlier component that runs programs; there are: accuracy")]
    public void A_component_that_ran_no_programs_cannot_be_asked_for_what_it_found(string components, string path, string message) =>
        Assert.Equal(new RubricError(path, message), Assert.Single(GradingByRubric.Errors(sandbox, $$"""{"components":[{{components}}]}""")));

    [Fact]
    public async Task Only_programs_run() =>
        Assert.Equal(Outcome.Skipped, (await GradingByRubric.ComponentAsync(sandbox, """{"grader":"code-runs"}""", Items.Math("5", "5"))).Outcome);

    private async Task<GradedComponent> Grade(string components, string completion) =>
        (await GradingByRubric.GradeAsync(sandbox, $$"""{"components":[{{components}}]}""", Items.Code(completion, Tests))).Components[^1];
}
