using RewardServer.Grading.Completions;
using RewardServer.Training.Problems;
using RewardServer.Training.Problems.Programs;
using RewardServer.Training.Problems.Writing;

namespace RewardServer.Training.Tests.Problems.Programs;

public sealed class ProgramProblemsTests(ProgramRubric rubric) : IClassFixture<ProgramRubric>
{
    [Fact]
    public void A_text_reads_like_this()
    {
        var (kind, problem) = (Kinds.MakeSeeded("program"), new Problem("program", "list: sort, drop first, sum", new MathTask("0")));
        Assert.Equal(
            "<think>sort: sorted(x); drop first: sorted(x)[1:]; sum: sum(sorted(x)[1:])</think><answer>def f(x): return sum(sorted(x)[1:])</answer>",
            kind.Written(problem, Manner.Careful, new Random(1)));
        Assert.Equal(
            "<think>drop first: x[1:]; sum: sum(x[1:])</think><answer>def f(x): return sum(x[1:])</answer>",
            kind.Written(problem, Manner.Slip, new Random(1)));
    }

    [Fact]
    public async Task Every_operation_does_in_Python_what_it_does_here()
    {
        var kind = Kinds.MakeSeeded("program");
        var seen = new HashSet<string>();
        var random = new Random(1);
        var problems = Enumerable.Range(0, 20_000).Select(i => kind.Draw((Split)(i % 3), random))
            .Where(problem => Names(problem).Select(seen.Add).ToArray().Contains(true)).ToArray();
        Assert.Equal(Operation.OnLists.Length + Operation.OnTexts.Length, seen.Count);
        Assert.All(await rubric.AccuracyAsync(problems.Select(problem => (problem, kind.Written(problem, Manner.Careful, random)))), accuracy => Assert.Equal(1, accuracy));
    }

    [Fact]
    public async Task A_careful_text_passes_and_one_that_forgets_a_step_does_not()
    {
        Assert.All(await AccuracyAsync(Manner.Careful), accuracy => Assert.Equal(1, accuracy));
        Assert.All(await AccuracyAsync(Manner.Slip), accuracy => Assert.Equal(0, accuracy));
        Assert.All(await AccuracyAsync(Manner.Unfinished), accuracy => Assert.Equal(0, accuracy));
    }

    [Fact]
    public async Task A_guess_is_right_where_it_is_lucky_alone()
    {
        Assert.All(await AccuracyAsync(Manner.Guess, """{"texts": {"luckyGuesses": 0}}"""), accuracy => Assert.Equal(0, accuracy));
        Assert.All(await AccuracyAsync(Manner.Guess, """{"texts": {"luckyGuesses": 1}}"""), accuracy => Assert.Equal(1, accuracy));
    }

    [Fact]
    public async Task A_constant_passes_no_problem()
    {
        var (kind, random) = (Kinds.MakeSeeded("program"), new Random(8));
        var texts = Kinds.Draw(kind, 40, random).Select(problem =>
            (problem, $"<think></think><answer>def f(x): return {Assert.IsType<CallTest>(Assert.IsType<CodeTask>(problem.Task).Tests[0]).Result!.Value.GetRawText()}</answer>"));
        Assert.All(await rubric.AccuracyAsync(texts), accuracy => Assert.Equal(0, accuracy));
    }

    [Theory]
    [InlineData("list: sort, sort")]
    [InlineData("list: reverse, sum")]
    [InlineData("text: first two, length")]
    public void What_makes_no_difference_is_not_asked(string question)
    {
        var kind = Kinds.MakeSeeded("program");
        var random = new Random(2);
        Assert.DoesNotContain(Enumerable.Range(0, 5000).Select(i => kind.Draw((Split)(i % 3), random)), problem => problem.Question == question);
    }

    [Fact]
    public void Each_problem_has_the_same_tests_in_every_run_and_shows_none()
    {
        var (one, other) = (Kinds.Make("program", """{"tests": 4}"""), Kinds.Make("program", """{"tests": 4}"""));
        for (var seed = 0; seed < 50; seed++)
        {
            var (task, same) = (Task(one, seed), Task(other, seed));
            Assert.Equal(4, task.Tests.Length);
            Assert.Empty(task.MemberErrors());
            Assert.Equal(task.Tests.Select(Written), same.Tests.Select(Written));
            Assert.All(task.Tests, test => Assert.False(test.Visible));
        }

        static CodeTask Task(IProblemKind kind, int seed) => Assert.IsType<CodeTask>(kind.Draw(Split.HeldOut, new(seed)).Task);

        static string Written(TestCase test) => $"{((CallTest)test).InputBytes} {string.Join(' ', ((CallTest)test).Arguments)} {((CallTest)test).Result}";
    }

    [Fact]
    public void The_kind_says_which_language_it_needs_and_others_need_none()
    {
        Assert.Equal(["python"], Kinds.Make("program").ProgramLanguages);
        Assert.Empty(Kinds.Make("addition").ProgramLanguages);
    }

    private static IEnumerable<string> Names(Problem problem)
    {
        var program = SmallProgram.Parse(problem.Question);
        return program.Operations.Select(operation => $"{program.OnTexts} {operation.Words}");
    }

    private Task<double[]> AccuracyAsync(Manner manner, string options = "{}")
    {
        var (kind, random) = (Kinds.MakeSeeded("program", options), new Random(2026));
        return rubric.AccuracyAsync(Kinds.Draw(kind, 60, random).Select(problem => (problem, kind.Written(problem, manner, random))).ToArray());
    }
}
