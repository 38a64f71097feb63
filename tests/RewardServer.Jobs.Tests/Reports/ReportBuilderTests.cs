using System.Text.Json;
using RewardServer.Grading.Completions;
using RewardServer.Jobs.Reports;

namespace RewardServer.Jobs.Tests.Reports;

public sealed class ReportBuilderTests
{
    [Fact]
    public void Completions_of_one_problem_need_not_stand_together()
    {
        // Two passes over two problems.
        var report = ResultLines.Report([
            ResultLines.Maths("a", 0, 1, "4"), ResultLines.Maths("b", 0, 0, "7"),
            ResultLines.Maths("a", 1, 0, "5"), ResultLines.Maths("b", 1, 0, "7")]);
        Assert.Equal((4L, 2L, 2L, 1L), (report.Items, report.Problems, report.Judged, report.Right));
        Assert.Equal((0.25, 0.25), (report.Reward!.Mean, report.Accuracy!.Mean));
        Assert.Equal([(1, 0.25, 0.25, 0.25), (2, 0.5, 0.25, 0.5)], report.ByK.Select(at => (at.K, at.Pass.Mean, at.Majority!.Mean, at.Best.Mean)));
    }

    [Fact]
    public void Skipped_and_failed_are_no_zeros()
    {
        var report = ResultLines.Report([
            ResultLines.Maths("a", 0, 1, "4"), ResultLines.Without("a", 1, "failed", "the sandbox is gone"), ResultLines.Without("b", 0, "skipped", "the gold does not parse")]);
        Assert.Equal([("failed", 1L), ("scored", 1L), ("skipped", 1L)], report.Outcomes.Select(outcome => (outcome.Key, outcome.Value)));
        Assert.Equal((1.0, 1.0, 2L, 1L), (report.Reward!.Mean, report.Accuracy!.Mean, report.Problems, report.Judged));
        Assert.Equal(["failed: the sandbox is gone", "skipped: the gold does not parse"], report.Reasons.Select(reason => $"{reason.Outcome}: {reason.Reason}"));
        Assert.Equal(1, report.Reasons.Sum(reason => reason.Share));
    }

    [Fact]
    public void Nothing_has_a_report_too()
    {
        var report = ResultLines.Report([]);
        Assert.Equal((0L, 0L), (report.Items, report.Problems));
        Assert.Null(report.Reward);
        Assert.Empty(report.ByK);
        Assert.Equal(3, ResultLines.Report([ResultLines.Without("a", 0, "failed", "gone")]).Outcomes.Count);
    }

    [Fact]
    public void A_k_counts_the_problems_that_have_so_many_completions()
    {
        // Three problems with 4, 4 and 3 completions: one was not scored.
        var report = ResultLines.Report([
            .. Enumerable.Range(0, 4).Select(i => ResultLines.Maths("a", i, i == 0 ? 1 : 0, $"{i}")),
            .. Enumerable.Range(0, 4).Select(i => ResultLines.Maths("b", i, 0, "8")),
            .. Enumerable.Range(0, 3).Select(i => ResultLines.Maths("c", i, 1, "2")), ResultLines.Without("c", 3, "failed", "gone")]);
        Assert.Equal([(1, 3L), (2, 3L), (4, 2L)], report.ByK.Select(at => (at.K, at.Problems)));
        Assert.Equal(0.5, report.ByK[^1].Pass.Mean);
        // Four answers that all differ: the right one has a fourth of the vote.
        Assert.Equal(0.125, report.ByK[^1].Majority!.Mean);
    }

    [Fact]
    public void Programs_have_no_majority()
    {
        var report = ResultLines.Report(Enumerable.Range(0, 6).Select(i => ResultLines.Code($"p{i % 2}", i / 2, i == 0 ? 1 : 0, i == 1 ? 0 : 1 + i, 100)));
        Assert.All(report.ByK, at => Assert.Null(at.Majority));
        Assert.Equal((5L, 6.0), (report.Measures["seconds"].Count, report.Measures["seconds"].Most));
        Assert.Equal(("tokens", 6.0), (report.Lengths!.Unit, report.Lengths.Bins.Sum(bin => bin.Right + bin.Wrong)));
    }

    [Fact]
    public void Columns_with_few_values_are_told_and_others_only_when_asked_for()
    {
        string[] lines = [.. Enumerable.Range(0, 600).Select(i => ResultLines.Maths($"p{i / 2}", i % 2, i % 3 == 0 ? 1 : 0, "1", level: $"{10 - i / 2 % 3}"))];
        var report = ResultLines.Report(lines);
        var level = Assert.Single(report.Columns);
        Assert.Equal(("level", "8,9,10"), (level.Name, string.Join(',', level.Values.Select(value => value.Value))));
        Assert.All(level.Values, value => Assert.Equal((200L, 100L, 2, 100L), (value.Items, value.Problems, value.AtMostK!.K, value.AtMostK.Problems)));
        Assert.Equal(report.Right / 600.0, level.Values.Average(value => value.Accuracy.Mean), 1e-9);

        var forced = ResultLines.Report(lines, new() { By = ["source"] }).Columns.Single(column => column.Name == "source");
        Assert.Equal((255, 600L), (forced.Values.Length, forced.Values.Sum(value => value.Items)));
        Assert.Equal(346, forced.Values.Single(value => value.Value == "(other values)").Items);
    }

    [Fact]
    public void Reasons_of_a_kind_are_one()
    {
        var report = ResultLines.Report(Enumerable.Range(0, 100).Select(i => ResultLines.Maths($"p{i}", 0, 0, "1", reason: i < 60 ? $"the values differ: {i} and '{i}'" : $"kind {(char)('a' + i % 26)} of its own")));
        Assert.Equal(("the values differ: … and …", 60L, 0.6, "scored"), (report.Reasons[0].Reason, report.Reasons[0].Items, report.Reasons[0].Share, report.Reasons[0].Outcome));
        Assert.Equal(20, report.Reasons.Length);
        Assert.Equal(100, report.Reasons.Sum(reason => reason.Items) + report.OtherReasons);
    }

    [Fact]
    public void What_is_held_in_memory_and_what_is_not_make_one_report_in_any_order()
    {
        var folder = Directory.CreateTempSubdirectory("report-builder-");
        var random = new Random(3);
        string[] lines = [.. Enumerable.Range(0, 3000).Select(i => i % 50 == 0
            ? ResultLines.Without($"p{i / 6}", i % 6, "failed", "gone")
            : ResultLines.Maths($"p{i / 6}", i % 6, random.Next(8) / 4.0, $"{random.Next(4)}", $"{i / 6 % 5}", characters: random.Next(5000)))];
        var held = JsonSerializer.Serialize(ResultLines.Report(lines), ItemJson.Options);
        var spilled = JsonSerializer.Serialize(ResultLines.Report(lines, new() { MemoryBytes = 10_000, Folder = folder.FullName }), ItemJson.Options);
        Assert.Equal(held, spilled);
        // Sums of lengths alone may differ in their last digits.
        random.Shuffle(lines);
        var shuffled = ResultLines.Report(lines, new() { MemoryBytes = 64 * 1024, Folder = folder.FullName });
        Assert.Equal(JsonSerializer.Serialize(ResultLines.Report(lines).Columns, ItemJson.Options), JsonSerializer.Serialize(shuffled.Columns, ItemJson.Options));
        Assert.Contains(JsonSerializer.Serialize(shuffled.ByK, ItemJson.Options), held, StringComparison.Ordinal);
        Assert.Empty(folder.GetFiles());
        folder.Delete();
    }

    [Fact]
    public void A_temporary_file_that_cannot_be_made_is_told()
    {
        using var builder = new ReportBuilder(new() { MemoryBytes = 100, Folder = "/nonexistent" });
        Assert.ThrowsAny<IOException>(() =>
        {
            builder.Add(ResultLines.Read(ResultLines.Maths("a", 0, 1, "1")));
            builder.Add(ResultLines.Read(ResultLines.Maths("b", 0, 1, "1")));
        });
    }
}
