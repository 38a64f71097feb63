using RewardServer.Jobs.Reports.Statistics;

namespace RewardServer.Jobs.Reports.Html;

/// <summary>What a page tells by the columns of the rows.</summary>
internal static class ColumnSections
{
    public static Markup All(Report report) => Markup.Join(report.Columns.Select(Column));

    /// <summary>Two runs by the columns and values that both have.</summary>
    public static Markup Compared(ComparedRuns runs) => Markup.Join(
        from first in runs.First.Columns
        join second in runs.Second.Columns on first.Name equals second.Name
        select Column(first, second));

    private static Markup Column(ColumnReport column)
    {
        var k = column.Values.Select(value => value.AtMostK?.K).Max();
        var votes = column.Values.Any(value => value.AtMostK?.Majority is not null);
        IEnumerable<Markup> heads =
        [
            .. Pieces.Heads(column.Name), .. Pieces.NumberHeads("completions", "problems", "mean reward", "right"), .. Pieces.Heads(""),
            .. k is null ? [] : Pieces.NumberHeads($"pass@{k}"), .. votes ? Pieces.NumberHeads($"maj@{k}") : [],
        ];
        return Pieces.Section($"By {column.Name}", Pieces.Table(heads, column.Values.Select(value => Row(value, k is not null, votes))));
    }

    private static Markup Row(ValueReport value, bool hasK, bool votes)
    {
        var row = Markup.Of($"<tr><th scope=\"row\">{value.Value}</th>{Number(Figure.Count(value.Items))}{Number(Figure.Count(value.Problems))}{Number(Figure.Mean(value.Reward.Mean), Figure.Range(value.Reward))}");
        row.Add($"{Number(Figure.Percent(value.Accuracy.Mean), Figure.Percents(value.Accuracy))}<td class=\"drawn\">{Pieces.Track(value.Accuracy, "right")}</td>");
        return row.Add($"{(hasK ? Share(value.AtMostK?.Pass) : Pieces.Nothing)}{(votes ? Share(value.AtMostK?.Majority) : Pieces.Nothing)}</tr>\n");
    }

    private static Markup Column(ColumnReport first, ColumnReport second)
    {
        var rows = from one in first.Values
            join other in second.Values on one.Value equals other.Value
            select Markup.Of($"<tr><th scope=\"row\">{one.Value}</th>{Share(one.Accuracy)}{Share(other.Accuracy)}{Number(Figure.Points(other.Accuracy.Mean - one.Accuracy.Mean))}<td class=\"drawn\">{Pieces.Track(one.Accuracy, "first")}{Pieces.Track(other.Accuracy, "second")}</td></tr>\n");
        return Pieces.Section($"By {first.Name}", Pieces.Table([.. Pieces.Heads(first.Name), .. Pieces.NumberHeads("right, first", "right, second", "points"), .. Pieces.Heads("")], rows));
    }

    private static Markup Share(Interval? share) => share is null ? Number("–") : Number(Figure.Percent(share.Mean), Figure.Percents(share));

    private static Markup Number(string number, string note = "") =>
        note.Length == 0 ? Markup.Of($"<td class=\"number\">{number}</td>") : Markup.Of($"<td class=\"number\">{number}<small>{note}</small></td>");
}
