using System.Text.Json;
using RewardServer.Grading.Completions;
using RewardServer.Jobs.Reports;

namespace RewardServer.Jobs.Tests.Reports;

public sealed class ComparisonBuilderTests
{
    [Fact]
    public void Flips_outcomes_and_rewards_are_told_apart()
    {
        var comparison = Compare(
            [Line("both", 1), Line("lost", 1), Line("gained", 0), Line("none", 0), Line("other", 0.25), ResultLines.Without("found", 0, "failed", "gone"), Line("first", 1)],
            [Line("other", 0.5), Line("none", 0), Line("gained", 1), Line("lost", 0), Line("both", 1), Line("found", 1), Line("second", 1)]);
        Assert.Equal(("id", 6L, 1L, 1L), (comparison.MatchedBy, comparison.Matched, comparison.OnlyInFirst, comparison.OnlyInSecond));
        Assert.Equal(new RightPairs(1, 1, 1, 2), comparison.Right);
        Assert.Equal([new("failed", "scored", 1), new OutcomePair("scored", "scored", 5)], comparison.Outcomes);
        Assert.Equal(["lost lost#0", "gained gained#0", "outcome found#0", "reward other#0", "unmatched first#0", "unmatched second#0"], comparison.Differences.Select(line => $"{line.Kind} {line.Id}"));
        Assert.Equal(4, comparison.Differing);
        Assert.Equal((0.0, 0.05), (comparison.AccuracyDifference!.Mean, comparison.RewardDifference!.Mean));
        Assert.Equal(1, comparison.RightPValue);
        Assert.Equal(new LineSide("scored", 1, true, "4", null), comparison.Differences[0].First);
    }

    [Fact]
    public void Problems_count_once_each()
    {
        // Problem a gains two lines, b loses one, and c changes nothing.
        var comparison = Compare(
            [Line("a", 0), Line("a", 0, 1), Line("b", 1), Line("b", 1, 1), Line("c", 1), Line("c", 0, 1)],
            [Line("a", 1), Line("a", 1, 1), Line("b", 1), Line("b", 0, 1), Line("c", 0), Line("c", 1, 1)]);
        Assert.Equal((1L, 1L, 1L), (comparison.Problems.MoreInFirst, comparison.Problems.MoreInSecond, comparison.Problems.Equal));
        Assert.Equal([new(0, 1, 1), new(0.5, 0.5, 1), new SharePair(1, 0.5, 1)], comparison.Problems.Shares);
        Assert.Equal(1, comparison.ProblemsPValue);
        Assert.Equal(new RightPairs(1, 2, 3, 0), comparison.Right);
    }

    [Fact]
    public void Passes_over_a_set_are_matched_in_their_order()
    {
        var comparison = Compare([Line("a", 1), Line("a", 0), Line("a", 0)], [Line("a", 1), Line("a", 1)]);
        Assert.Equal((2L, 1L, new RightPairs(1, 0, 1, 0)), (comparison.Matched, comparison.OnlyInFirst, comparison.Right));
    }

    [Fact]
    public void Without_a_common_id_rows_are_matched()
    {
        var comparison = Compare([Line("a", 1, 0), Line("b", 0, 1)], [Line("x", 1, 0), Line("y", 1, 1), Line("z", 1, 2)]);
        Assert.Equal(("row", 2L, 1L, new RightPairs(1, 0, 1, 0)), (comparison.MatchedBy, comparison.Matched, comparison.OnlyInSecond, comparison.Right));
        // A line without a row cannot be.
        Assert.Equal("id", Compare(["""{"id":"a","outcome":"scored","reward":1}"""], [Line("x", 1)]).MatchedBy);
    }

    [Fact]
    public void Two_runs_that_are_one_differ_nowhere()
    {
        string[] lines = [.. Enumerable.Range(0, 50).Select(i => Line($"p{i}", i % 2))];
        var comparison = Compare(lines, lines);
        Assert.Equal((50L, 0L, 1.0), (comparison.Matched, comparison.Differing, comparison.RightPValue));
        Assert.Empty(comparison.Differences);
        Assert.Equal(new Jobs.Reports.Statistics.Interval(0, 0, 0), comparison.RewardDifference);
        Assert.Equal(0, Compare([], []).Matched);
    }

    [Fact]
    public void All_differences_go_to_a_file_in_the_order_of_their_rows_and_nothing_depends_on_memory()
    {
        var folder = Directory.CreateTempSubdirectory("comparison-");
        var random = new Random(5);
        string[] first = [.. Enumerable.Range(0, 2000).Select(i => Line($"p{i / 4}", i % 5 == 0 ? 1 : 0, i))];
        string[] second = [.. Enumerable.Range(0, 2000).Select(i => Line($"p{i / 4}", i % 3 == 0 ? 1 : 0, i))];
        random.Shuffle(second);
        var (held, spilled) = (new MemoryStream(), new MemoryStream());
        var expected = JsonSerializer.Serialize(Compare(first, second, null, held), ItemJson.Options);
        Assert.Equal(expected, JsonSerializer.Serialize(Compare(first, second, new() { MemoryBytes = 5000, Folder = folder.FullName }, spilled), ItemJson.Options));
        Assert.Equal(held.ToArray(), spilled.ToArray());
        Assert.Empty(folder.GetFiles());
        folder.Delete();

        held.Position = 0;
        var rows = new StreamReader(held).ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<LineDifference>(line, ItemJson.Options)!.Row!.Value).ToArray();
        Assert.Equal(Enumerable.Range(0, 2000).Where(i => (i % 5 == 0) != (i % 3 == 0)).Select(i => i + 1L), rows);
    }

    private static string Line(string problem, double reward, int sample = 0) => ResultLines.Maths(problem, sample, reward, "4");

    private static ReportComparison Compare(IEnumerable<string> first, IEnumerable<string> second, ReportOptions? options = null, Stream? differences = null)
    {
        using var builder = new ComparisonBuilder(options);
        foreach (var line in first)
        {
            builder.AddFirst(ResultLines.Read(line));
        }

        foreach (var line in second)
        {
            builder.AddSecond(ResultLines.Read(line));
        }

        return builder.Build(differences);
    }
}
