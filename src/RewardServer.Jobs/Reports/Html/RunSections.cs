namespace RewardServer.Jobs.Reports.Html;

/// <summary>The parts of a report's page that are no charts.</summary>
internal static class RunSections
{
    private static readonly Dictionary<string, string> MeasureNames = new(StringComparer.Ordinal)
    {
        ["tokens"] = "tokens of a completion", ["characters"] = "characters of a completion",
        ["seconds"] = "seconds that its slowest program ran", ["memoryMb"] = "MiB that its largest program held",
    };

    public static Markup Under(Report report)
    {
        var under = Markup.Of($"{Figure.Count(report.Items)} completions of {Figure.Count(report.Problems)} problems");
        return report.GradedBy switch
        {
            [{ By: { } by }] => under.Add($", graded by the rubric <b>{by.Rubric}</b> ({by.RubricHash ?? "no hash"}), version {by.Engine ?? "unknown"}"),
            { Length: > 1 } several => under.Add($", graded in different ways: {string.Join("; ", several.Select(one => $"{Figure.Count(one.Items)} by {one.By?.Rubric ?? "what the lines do not say"} ({one.By?.RubricHash ?? "no hash"}, version {one.By?.Engine ?? "unknown"})"))}"),
            _ => under,
        };
    }

    public static Markup Tiles(Report report)
    {
        var tiles = new List<Markup>();
        if (report is { Accuracy: { } accuracy, Reward: { } reward })
        {
            tiles.Add(Pieces.Tile("right", Figure.Percent(accuracy.Mean), Figure.Percents(accuracy)));
            tiles.Add(Pieces.Tile("mean reward", Figure.Mean(reward.Mean), Figure.Range(reward)));
        }

        if (report.ByK is [_, .., var most])
        {
            tiles.Add(Pieces.Tile($"pass@{most.K}", Figure.Percent(most.Pass.Mean), Figure.Percents(most.Pass)));
            if (most.Majority is { } majority)
            {
                tiles.Add(Pieces.Tile($"maj@{most.K}", Figure.Percent(majority.Mean), Figure.Percents(majority)));
            }
        }

        var (skipped, failed) = (report.Outcomes["skipped"], report.Outcomes["failed"]);
        tiles.Add(Pieces.Tile("without a score", Figure.Count(skipped + failed), $"{Figure.Count(skipped)} skipped, {Figure.Count(failed)} failed"));
        return Pieces.Tiles(tiles);
    }

    public static Markup Outcomes(Report report) => report.Items == 0 ? Pieces.Nothing : Pieces.Section("Outcomes", Pieces.Stack(
    [
        ("right", "right", report.Right),
        ("wrong", "not right", report.Outcomes["scored"] - report.Right),
        ("skipped", "skipped: the task cannot be judged", report.Outcomes["skipped"]),
        ("failed", "failed: a fault of the grading", report.Outcomes["failed"]),
    ]));

    public static Markup Reasons(Report report)
    {
        if (report.Reasons.IsEmpty)
        {
            return Pieces.Nothing;
        }

        var rows = report.Reasons.Select(reason => Markup.Of(
            $"<tr><th scope=\"row\">{reason.Reason}</th><td>{(reason.Outcome == "scored" ? "not right" : reason.Outcome)}</td><td class=\"number\">{Figure.Count(reason.Items)}</td><td class=\"number\">{Figure.Share(reason.Share)}</td><td class=\"drawn\">{Pieces.Fill(reason.Share, reason.Outcome == "scored" ? "wrong" : reason.Outcome)}</td></tr>\n"));
        var others = report.OtherReasons == 0 ? Pieces.Nothing : Markup.Of($"<p class=\"note\">{Figure.Count(report.OtherReasons)} more for other reasons.</p>\n");
        return Pieces.Section("Why completions are not right", Markup.Join([Pieces.Table([.. Pieces.Heads("reason", "outcome"), .. Pieces.NumberHeads("completions", "share"), .. Pieces.Heads("")], rows), others]));
    }

    public static Markup Measures(Report report) => report.Measures.IsEmpty ? Pieces.Nothing : Pieces.Section("Length, time and memory", Pieces.Table(
        [.. Pieces.Heads(""), .. Pieces.NumberHeads("measured", "mean", "median", "90%", "99%", "most")],
        report.Measures.Select(measure => Markup.Of($"<tr><th scope=\"row\">{MeasureNames.GetValueOrDefault(measure.Key, measure.Key)}</th>{Cells(measure.Value)}</tr>\n"))));

    /// <summary>How to read the figures, for who has the page alone.</summary>
    public static Markup Reading(Report report)
    {
        var reading = Markup.Of($"<p>Every range is a 95% interval from resampling whole problems. <b>Right</b> is a completion whose accuracy is 1. What was skipped or failed has no reward and counts in no mean.</p>\n");
        if (report.ByK.Length > 1)
        {
            reading.Add($"<p><b>pass@k</b> is the chance that one of k completions of a problem is right, <b>maj@k</b> that the answer most of them give is right, <b>best-of-k</b> the mean reward of the best of them; each estimated without bias from all completions of a problem, over the problems that have k.</p>\n");
        }

        return Pieces.Section("How to read this", Markup.Of($"<div class=\"prose\">{reading}</div>"));
    }

    private static Markup Cells(Spread spread) => Markup.Join(((string[])
        [Figure.Count(spread.Count), Figure.Plain(spread.Mean), Figure.Plain(spread.Median), Figure.Plain(spread.Ninety), Figure.Plain(spread.NinetyNine), Figure.Plain(spread.Most)])
        .Select(cell => Markup.Of($"<td class=\"number\">{cell}</td>")));
}
