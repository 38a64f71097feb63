using RewardServer.Cli.Train;
using RewardServer.Jobs.Reports;
using Spectre.Console;

namespace RewardServer.Cli.Report;

/// <summary>Two reports and what differs between them, as JSON has them.</summary>
/// <param name="First">The first run.</param>
/// <param name="Second">The second.</param>
/// <param name="Comparison">What differs.</param>
internal sealed record ComparedReports(Jobs.Reports.Report First, Jobs.Reports.Report Second, ReportComparison Comparison);

/// <summary>A comparison as tables for the terminal.</summary>
internal static class ComparisonTable
{
    private const int MostLinesOfKind = 5;
    private const int LongestText = 60;

    /// <summary>Writes it.</summary>
    public static void Write(IAnsiConsole console, ComparedReports reports, string first, string second)
    {
        var comparison = reports.Comparison;
        Runs(console, reports, first, second);
        console.WriteLine($"{ReportFigures.Count(comparison.Matched)} lines matched by {comparison.MatchedBy}, {ReportFigures.Count(comparison.OnlyInFirst)} only in the first, {ReportFigures.Count(comparison.OnlyInSecond)} only in the second");
        if (comparison is { AccuracyDifference: { } accuracy, RewardDifference: not null })
        {
            console.WriteLine($"second less first: right {ReportFigures.Points(accuracy)}, mean reward {ReportFigures.Number(comparison.RewardDifference)}; in brackets: 95% intervals");
            Flips(console, comparison);
        }

        foreach (var pair in comparison.Outcomes.Where(pair => pair.First != pair.Second))
        {
            console.WriteLine($"{ReportFigures.Count(pair.Items)} {pair.First} in the first and {pair.Second} in the second");
        }

        Lines(console, comparison);
    }

    private static void Runs(IAnsiConsole console, ComparedReports reports, string first, string second)
    {
        var table = new Table().AddColumn("").AddColumn("completions").AddColumn("scored").AddColumn("skipped").AddColumn("failed").AddColumn("right").AddColumn("mean reward");
        foreach (var (name, report) in new[] { (first, reports.First), (second, reports.Second) })
        {
            Row(table, name, ReportFigures.Count(report.Items), ReportFigures.Count(report.Outcomes["scored"]), ReportFigures.Count(report.Outcomes["skipped"]), ReportFigures.Count(report.Outcomes["failed"]),
                ReportFigures.Percent(report.Accuracy), ReportFigures.Number(report.Reward));
        }

        console.Write(table);
    }

    private static void Flips(IAnsiConsole console, ReportComparison comparison)
    {
        var (right, problems) = (comparison.Right, comparison.Problems);
        console.WriteLine($"lines: {ReportFigures.Count(right.OnlySecond)} gained, {ReportFigures.Count(right.OnlyFirst)} lost, {ReportFigures.Count(right.Both)} right in both, {ReportFigures.Count(right.Neither)} in none; McNemar's exact p = {ReportFigures.Chance(comparison.RightPValue)}");
        console.WriteLine($"problems: {ReportFigures.Count(problems.MoreInSecond)} better, {ReportFigures.Count(problems.MoreInFirst)} worse, {ReportFigures.Count(problems.Equal)} equal; exact p = {ReportFigures.Chance(comparison.ProblemsPValue)}");
    }

    private static void Lines(IAnsiConsole console, ReportComparison comparison)
    {
        if (comparison.Differences.IsEmpty)
        {
            console.WriteLine("no line differs");
            return;
        }

        var told = comparison.Differences.GroupBy(line => line.Kind).SelectMany(kind => kind.Take(MostLinesOfKind)).ToList();
        var table = new Table().AddColumn("").AddColumn("item").AddColumn("first").AddColumn("second");
        foreach (var line in told)
        {
            Row(table, line.Kind, line.Id, Side(line.First), Side(line.Second));
        }

        console.Write(table);
        if (comparison.Differing + comparison.OnlyInFirst + comparison.OnlyInSecond - told.Count is > 0 and var more)
        {
            console.WriteLine($"and {ReportFigures.Count(more)} more; --differences FILE has them all");
        }
    }

    private static string Side(LineSide? side) => side is null ? "not there"
        : $"{(side.Reward is { } reward ? $"{(side.Right == true ? "right" : "not right")}, {ReportFigures.Number(reward)}" : side.Outcome)}{(side.Answer is { } answer ? $": {answer}" : side.Reason is { } reason ? $": {reason}" : "")}";

    private static void Row(Table table, params string[] cells) => table.AddRow([.. cells.Select(cell => new Text(TerminalText.Beginning(cell, 1, LongestText)))]);
}
