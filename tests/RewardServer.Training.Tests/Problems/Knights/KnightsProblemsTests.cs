using RewardServer.Grading.Completions;
using RewardServer.Grading.Completions.Puzzles;
using RewardServer.Training.Problems;
using RewardServer.Training.Problems.Knights;
using RewardServer.Training.Problems.Writing;

namespace RewardServer.Training.Tests.Problems.Knights;

public sealed class KnightsProblemsTests(R1ZeroRubric rubric) : IClassFixture<R1ZeroRubric>
{
    [Theory]
    [InlineData(2, true)]
    [InlineData(3, false)]
    [InlineData(3, true)]
    [InlineData(4, true)]
    public async Task Of_all_answers_one_is_right(int people, bool connectives)
    {
        var (kind, random) = (Make($$"""{"people": {{people}}, "connectives": {{(connectives ? "true" : "false")}}}"""), new Random(people));
        foreach (var problem in Kinds.Draw(kind, 30, random))
        {
            var answers = IslandCase.All(people).Select(roles => string.Join(", ", Enumerable.Range(0, people).Select(person => $"{IslandCase.NameOf(person)}: {(roles.IsKnight(person) ? "knight" : "knave")}")));
            var graded = await rubric.GradeAsync(answers.Select(answer => (problem, $"<think></think><answer>{answer}</answer>")));
            Assert.Equal(1, graded.Sum(item => item.Components[0].Score));
        }
    }

    [Theory]
    [InlineData("C: knight, B: knave, A: knight")]
    [InlineData("A and C are knights and B is a knave")]
    [InlineData("knights: A, C")]
    public async Task Neither_order_nor_wording_of_an_answer_matters(string answer)
    {
        var problem = Find("A: B is a knave. B: A and C differ. C: A is a knight.");
        Assert.Equal(2, Assert.Single(await rubric.GradeAsync([(problem, $"<think></think><answer>{answer}</answer>")])).Reward);
    }

    [Fact]
    public void Each_solution_is_as_frequent_as_any_other()
    {
        var claims = Claim.All(3, connectives: true);
        var puzzles = IslandPuzzles.With(3, claims);
        var solutions = puzzles.CountBy(puzzle => IslandCase.Only([.. puzzle.Select(claim => claims[claim])])!.Value.Number).ToDictionary();
        Assert.Equal(16_152, puzzles.Length);
        Assert.All(Enumerable.Range(0, 8), number => Assert.Equal(2_019, solutions[number]));
    }

    [Fact]
    public void Four_people_have_as_many_puzzles_as_are_enough()
    {
        var kind = Make("""{"people": 4}""");
        Assert.InRange(Enum.GetValues<Split>().Sum(kind.Count), 19_990, 20_010);
    }

    [Fact]
    public void A_careful_text_refutes_each_case_before_the_one_that_fits()
    {
        var (kind, random) = (Make("{}"), new Random(6));
        foreach (var problem in Kinds.Draw(kind, 500, random))
        {
            var cases = kind.Written(problem, Manner.Careful, random).Split("<think>")[1].Split("</think>")[0].Split("; ");
            Assert.All(cases[..^1], each => Assert.EndsWith(" no", each, StringComparison.Ordinal));
            Assert.All(cases, each => Assert.DoesNotContain(" no,", each, StringComparison.Ordinal));
            Assert.EndsWith("A ok, B ok, C ok", cases[^1], StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_puzzle_in_Chinese_is_the_same_puzzle()
    {
        var kind = Make("""{"languages": {"chinese": 1}}""");
        var puzzle = Assert.IsType<KnightsPuzzle>(Assert.IsType<LogicTask>(kind.Draw(Split.HeldOut, new Random(1)).Task).Puzzle);
        Assert.Equal(["骑士", "无赖"], puzzle.Roles.Select(role => role.Name));
        Assert.Empty(puzzle.Errors());
    }

    private static SeededKind Make(string options) => Kinds.MakeSeeded("knights", options);

    private static Problem Find(string question)
    {
        var kind = Make("""{"connectives": false}""");
        return Enumerable.Range(0, 100_000).Select(seed => kind.Draw((Split)(seed % 3), new Random(seed))).First(problem => problem.Question == question);
    }
}
