using System.Collections.Immutable;
using RewardServer.Cli.Train;
using RewardServer.Jobs.Reports;
using Spectre.Console;

namespace RewardServer.Cli.Report;

/// <summary>A report as tables for the terminal.</summary>
internal static class ReportTable
{
    // What a terminal shows at once; the page and the JSON have all.
    private const int MostReasons = 10;
    private const int MostValues = 20;
    private const int LongestName = 60;

    /// <summary>Writes it.</summary>
    public static void Write(IAnsiConsole console, Jobs.Reports.Report report)
    {
        Outcomes(console, report);
        if (report.Judged > 0)
        {
            ByK(console, report.ByK);
            foreach (var column in report.Columns)
            {
                Column(console, column);
            }
        }

        Measures(console, report);
        Reasons(console, report);
        foreach (var by in report.GradedBy.Length > 1 ? report.GradedBy : [])
        {
            console.WriteLine($"{ReportFigures.Count(by.Items)} graded by {Name(by.By)}");
        }
    }

    private static void Outcomes(IAnsiConsole console, Jobs.Reports.Report report)
    {
        var table = TableOf("", "completions", "share");
        foreach (var outcome in (string[])["scored", "skipped", "failed"])
        {
            Row(table, outcome, ReportFigures.Count(report.Outcomes[outcome]), report.Items == 0 ? "–" : ReportFigures.Share(report.Outcomes[outcome] / (double)report.Items));
        }

        console.Write(table);
        console.WriteLine($"{ReportFigures.Count(report.Items)} completions of {ReportFigures.Count(report.Problems)} problems, {ReportFigures.Count(report.Judged)} of them with a score");
        console.WriteLine($"mean reward {ReportFigures.Number(report.Reward)}, right {ReportFigures.Percent(report.Accuracy)}; in brackets: 95% intervals");
    }

    private static void ByK(IAnsiConsole console, ImmutableArray<AtK> byK)
    {
        if (byK.Length < 2)
        {
            return;
        }

        var table = TableOf("k", "pass@k", "maj@k", "best-of-k", "problems");
        foreach (var at in byK)
        {
            Row(table, ReportFigures.Count(at.K), ReportFigures.Percent(at.Pass), ReportFigures.Percent(at.Majority), ReportFigures.Number(at.Best), ReportFigures.Count(at.Problems));
        }

        console.Write(table);
    }

    private static void Column(IAnsiConsole console, ColumnReport column)
    {
        var k = column.Values.Select(value => value.AtMostK?.K).Max();
        var votes = column.Values.Any(value => value.AtMostK?.Majority is not null);
        var table = TableOf([Short(column.Name), "completions", "right", "mean reward", .. k is null ? [] : (string[])[$"pass@{k}"], .. votes ? (string[])[$"maj@{k}"] : []]);
        foreach (var value in column.Values.Take(MostValues))
        {
            Row(table, [Short(value.Value), ReportFigures.Count(value.Items), ReportFigures.Percent(value.Accuracy), ReportFigures.Number(value.Reward),
                .. k is null ? [] : (string[])[ReportFigures.Percent(value.AtMostK?.Pass)], .. votes ? (string[])[ReportFigures.Percent(value.AtMostK?.Majority)] : []]);
        }

        console.Write(table);
        if (column.Values.Length > MostValues)
        {
            console.WriteLine($"and {column.Values.Length - MostValues} more values");
        }
    }

    private static void Measures(IAnsiConsole console, Jobs.Reports.Report report)
    {
        if (report.Measures.IsEmpty)
        {
            return;
        }

        var table = TableOf("", "measured", "mean", "median", "90%", "99%", "most");
        foreach (var (name, spread) in report.Measures)
        {
            Row(table, [name == "memoryMb" ? "memory (MiB)" : name, ReportFigures.Count(spread.Count),
                .. ((double[])[spread.Mean, spread.Median, spread.Ninety, spread.NinetyNine, spread.Most]).Select(ReportFigures.Number)]);
        }

        console.Write(table);
    }

    private static void Reasons(IAnsiConsole console, Jobs.Reports.Report report)
    {
        if (report.Reasons.IsEmpty)
        {
            return;
        }

        var table = new Table().AddColumn("why not right").AddColumn(new TableColumn("completions").RightAligned()).AddColumn(new TableColumn("share").RightAligned());
        foreach (var reason in report.Reasons.Take(MostReasons))
        {
            Row(table, reason.Outcome == "scored" ? reason.Reason : $"{reason.Outcome}: {reason.Reason}", ReportFigures.Count(reason.Items), ReportFigures.Share(reason.Share));
        }

        console.Write(table);
        if (report.Reasons.Skip(MostReasons).Sum(reason => reason.Items) + report.OtherReasons is > 0 and var others)
        {
            console.WriteLine($"and {ReportFigures.Count(others)} for other reasons");
        }
    }

    private static Table TableOf(params string[] columns)
    {
        var table = new Table().AddColumn(new TableColumn(new Text(Plain(columns[0]))));
        foreach (var column in columns[1..])
        {
            table.AddColumn(new TableColumn(new Text(Plain(column))).RightAligned());
        }

        return table;
    }

    // Texts of data are no markup, and hold nothing that a terminal acts on.
    private static void Row(Table table, params string[] cells) => table.AddRow([.. cells.Select(cell => new Text(Plain(cell)))]);

    private static string Plain(string text) => TerminalText.Safe(text).Replace('\n', ' ');

    private static string Short(string name) => name.Length <= LongestName ? name : name[..LongestName] + "…";

    private static string Name(GradedBy? by) => by is null ? "what the lines do not say" : Plain($"{by.Rubric}, rubric {by.RubricHash ?? "?"}, version {by.Engine ?? "?"}");
}
