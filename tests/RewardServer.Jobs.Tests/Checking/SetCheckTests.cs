using System.Text.Json;
using RewardServer.Jobs.Checking;

namespace RewardServer.Jobs.Tests.Checking;

public sealed class SetCheckTests(Graders graders) : IClassFixture<Graders>
{
    private async Task<(List<CheckFinding> Findings, CheckTally Tally)> CheckAsync(params IEnumerable<string> lines)
    {
        var all = new List<CheckFinding>();
        var tally = await new SetCheck(graders.By(graders.Rubric(SetCheck.Rubric))).RunAsync(
            Graders.Rows(lines),
            (findings, _) =>
            {
                all.AddRange(findings);
                return Task.CompletedTask;
            },
            TestContext.Current.CancellationToken);
        return (all, tally);
    }

    private static string Problem(string answer) => JsonSerializer.Serialize(new { problem = "What is it?", answer });

    private static string Item(object task) => JsonSerializer.Serialize(new { prompt = "What is it?", task });

    private static string Function(string name, string body, string test) => JsonSerializer.Serialize(new
    {
        task_id = $"Test/{name}",
        prompt = $"def {name}(x):\n",
        entry_point = name,
        canonical_solution = $"    {body}\n",
        test = $"def check(candidate):\n    {test}\n",
    });

    [Fact]
    public async Task A_set_whose_golds_hold_is_well()
    {
        var (findings, tally) = await CheckAsync(Problem("1"), Problem(@"\frac{1}{2}"), Problem("(0, 1]"), Problem(@"x^2 + 1"));
        Assert.Empty(findings);
        Assert.Equal(new CheckTally(4, 4, 0, 0, 0, 0, 0, 0, 0), tally);
        Assert.True(tally.IsWell);
    }

    [Fact]
    public async Task Every_kind_of_task_has_its_gold_written_as_an_answer()
    {
        var (findings, tally) = await CheckAsync(
            Item(new { kind = "math", answer = @"\sqrt{2}" }), Item(new { kind = "math", answers = new[] { "3", "4" } }),
            Item(new { kind = "number", answer = 2.5 }), Item(new { kind = "number", answer = "1/3" }),
            Item(new { kind = "choice", answer = "B" }), Item(new { kind = "choice", answer = new[] { "A", "C" } }),
            Item(new { kind = "text", answer = "Paris" }), Item(new { kind = "text", answer = "Rome" }),
            Item(new { kind = "json", answer = new { a = new[] { 1, 2 } } }), Item(new { kind = "json", answer = new[] { 1 } }));
        Assert.Empty(findings);
        Assert.Equal(10, tally.Passed);
        Assert.Equal(0, tally.Alone);
    }

    [Fact]
    public async Task Rows_that_cannot_be_judged_are_told_apart()
    {
        var (findings, tally) = await CheckAsync(Problem("1"), """{"a": 1}""", "{broken", Problem(@"\frac{1}{"), Item(new { kind = "code", language = "python", tests = Array.Empty<object>() }), Problem("2"));
        Assert.Equal([(2, CheckResult.Unjudged), (3, CheckResult.Unjudged), (4, CheckResult.Unjudged), (5, CheckResult.Unjudged)], findings.Select(finding => ((int)finding.Row, finding.What)));
        Assert.Contains("is of no known set", findings[0].Reason, StringComparison.Ordinal);
        Assert.Contains("gold", findings[2].Reason, StringComparison.Ordinal);
        Assert.Equal((6, 2, 4), (tally.Rows, tally.Passed, tally.Unjudged));
        Assert.False(tally.IsWell);
    }

    [Theory]
    [InlineData("""{"problem":"?","answer":"\\frac{1}{"}""")]
    [InlineData("{broken")]
    public async Task A_gold_or_a_row_that_cannot_be_read_is_a_failure(string row)
    {
        var (_, tally) = await CheckAsync(Problem("1"), row, Problem("2"));
        Assert.Equal((2, 1), (tally.Passed, tally.Unjudged));
        Assert.False(tally.IsWell);
    }

    [Fact]
    public async Task A_row_of_which_no_gold_is_known_or_whose_language_is_not_here_is_told_and_no_failure()
    {
        var code = new { kind = "code", language = "cpp", tests = new[] { new { kind = "stdio", stdin = "", stdout = "1" } }, reference = new { language = "cpp", source = "int main() {}" } };
        var findings = new List<CheckFinding>();
        var check = new SetCheck(graders.By(graders.Rubric(SetCheck.Rubric)), whyNot: language => $"{language} is not here");
        var tally = await check.RunAsync(
            Graders.Rows(Item(new { kind = "pattern", pattern = "^a$" }), Item(code), Problem("1"), Problem("2")),
            (found, _) =>
            {
                findings.AddRange(found);
                return Task.CompletedTask;
            },
            TestContext.Current.CancellationToken);
        Assert.Equal([(1, CheckResult.Untried), (2, CheckResult.Untried)], findings.Select(finding => ((int)finding.Row, finding.What)));
        Assert.Contains("no gold is known", findings[0].Reason, StringComparison.Ordinal);
        Assert.Equal("cpp is not here", findings[1].Reason);
        Assert.Equal((2, 2), (tally.Passed, tally.Untried));
        Assert.True(tally.IsWell);
    }

    [Fact]
    public async Task Nothing_is_well_where_nothing_could_be_judged()
    {
        var (_, tally) = await CheckAsync("""{"a": 1}""");
        Assert.False(tally.IsWell);
        Assert.False(CheckTally.Start.IsWell);
    }

    [Fact]
    public async Task A_gold_that_its_own_schema_forbids_cannot_be_judged_against()
    {
        var (findings, tally) = await CheckAsync(Item(new { kind = "json", answer = new { a = 1 }, schema = new { type = "object", required = new[] { "b" } } }), Problem("7"), Problem("8"));
        Assert.Equal(CheckResult.Unjudged, Assert.Single(findings).What);
        Assert.Contains("schema", findings[0].Reason, StringComparison.Ordinal);
        Assert.Equal(2, tally.Passed);
    }

    [Fact]
    public async Task Equal_golds_are_no_neighbours()
    {
        var (findings, tally) = await CheckAsync(Problem("5"), Problem("5"), Problem("5"));
        Assert.Empty(findings);
        Assert.Equal((3, 3), (tally.Passed, tally.Alone));
    }

    [Fact]
    public async Task Golds_that_are_one_answer_in_two_writings_are_no_failure()
    {
        var (findings, tally) = await CheckAsync(Problem("0.5"), Problem(@"\frac{1}{2}"), Problem("3"));
        Assert.All(findings, finding => Assert.Equal(CheckResult.Alike, finding.What));
        Assert.Equal((1, 2, @"\frac{1}{2}"), (findings[0].Row, findings[0].Neighbour, findings[0].NeighbourGold));
        Assert.True(tally.IsWell);
    }

    [Fact]
    public async Task A_task_that_accepts_everything_is_told()
    {
        var (findings, tally) = await CheckAsync(Item(new { kind = "math", answers = new[] { "1", "2", "3" } }), Problem("2"), Problem("3"), Problem("1"));
        var accepting = Assert.Single(findings, finding => finding.What == CheckResult.NeighbourAccepted);
        Assert.Equal((1, 2), (accepting.Row, accepting.Neighbour));
        Assert.Contains("rows 2, 3, 4", accepting.Reason, StringComparison.Ordinal);
        Assert.False(tally.IsWell);
    }

    [Fact]
    public async Task A_check_that_checks_nothing_and_a_wrong_solution_are_told()
    {
        graders.NeedSandbox();
        var (findings, tally) = await CheckAsync(
            Function("twice", "return 2 * x", "assert candidate(3) == 6"),
            Function("anything", "return x", "candidate(1)"),
            Function("thrice", "return 2 * x", "assert candidate(3) == 9"),
            Function("square", "return x * x", "assert candidate(3) == 9"));
        Assert.Equal([("Test/anything", CheckResult.NeighbourAccepted), ("Test/thrice", CheckResult.GoldRefused)], findings.Select(finding => (finding.Id, finding.What)));
        Assert.Equal((2, 1, 1), (tally.Passed, tally.Refused, tally.Accepting));
    }

    [Fact]
    public async Task A_neighbour_whose_own_gold_is_refused_says_nothing_of_others()
    {
        graders.NeedSandbox();
        var (findings, tally) = await CheckAsync(
            Function("anything", "return x", "pass"),
            Function("broken", "return (", "assert candidate(3) == 9"),
            Function("thrice", "return 3 * x", "assert candidate(3) == 9"),
            Function("twice", "return 2 * x", "assert candidate(3) == 6"));
        Assert.Equal([("Test/anything", CheckResult.NeighbourAccepted), ("Test/broken", CheckResult.GoldRefused)], findings.Select(finding => (finding.Id, finding.What)));
        Assert.Equal(3, findings[0].Neighbour);
        Assert.Contains("rows 3, 4", findings[0].Reason, StringComparison.Ordinal);
        Assert.Equal((2, 0), (tally.Passed, tally.Alone));
        (_, tally) = await CheckAsync(Problem("1"), Problem(@"\frac{1}{"));
        Assert.Equal((1, 1), (tally.Passed, tally.Alone));
    }

    [Fact]
    public async Task Many_rows_are_checked_in_their_order()
    {
        var (findings, tally) = await CheckAsync(Enumerable.Range(1, 1000).Select(i => i % 100 == 0 ? "{" : Problem($"{i}")));
        Assert.Equal(Enumerable.Range(1, 10).Select(i => 100L * i), findings.Select(finding => finding.Row));
        Assert.Equal(990, tally.Passed);
    }
}
