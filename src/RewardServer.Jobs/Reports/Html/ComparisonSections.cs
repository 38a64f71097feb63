using RewardServer.Jobs.Reports.Statistics;

namespace RewardServer.Jobs.Reports.Html;

/// <summary>The parts of a comparison's page.</summary>
internal static class ComparisonSections
{
    public static Markup Tiles(ComparedRuns runs)
    {
        var comparison = runs.Comparison;
        var tiles = new List<Markup>();
        if (comparison is { AccuracyDifference: { } accuracy, RewardDifference: { } reward })
        {
            tiles.Add(Pieces.Tile("right, points", Figure.Points(accuracy.Mean), Figure.Range(accuracy, Figure.Points)));
            tiles.Add(Pieces.Tile("mean reward", Figure.Signed(reward.Mean), Figure.Range(reward, Figure.Signed)));
            tiles.Add(Pieces.Tile("p, McNemar", Figure.Chance(comparison.RightPValue), "of so many flips by luck"));
            tiles.Add(Pieces.Tile("p, problems", Figure.Chance(comparison.ProblemsPValue), $"{Figure.Count(comparison.Problems.MoreInSecond)} better, {Figure.Count(comparison.Problems.MoreInFirst)} worse"));
        }

        tiles.Add(Pieces.Tile("matched", Figure.Count(comparison.Matched), $"by {comparison.MatchedBy}; {Figure.Count(comparison.OnlyInFirst)} only in the first, {Figure.Count(comparison.OnlyInSecond)} only in the second"));
        return Pieces.Tiles(tiles);
    }

    public static Markup Flips(ComparedRuns runs)
    {
        var right = runs.Comparison.Right;
        return Pieces.Section("Lines that both runs scored", Pieces.Stack(
        [
            ("both", "right in both", right.Both),
            ("second", "gained: right in the second alone", right.OnlySecond),
            ("first", "lost: right in the first alone", right.OnlyFirst),
            ("skipped", "right in none", right.Neither),
        ]));
    }

    public static Markup Charts(ComparedRuns runs)
    {
        var charts = new List<Markup>();
        var shares = runs.Comparison.Problems.Shares;
        if (shares.Any(pair => pair.First is not (0 or 1) || pair.Second is not (0 or 1)))
        {
            charts.Add(Pieces.Chart("Problems by the share that is right", "above the line the second run is better; larger circles are more problems", Pieces.Nothing, ShareChart.Draw("Problems by the share that is right", shares, runs.FirstName, runs.SecondName)));
        }

        if (runs.First.ByK.Length > 1 && runs.Second.ByK.Length > 1)
        {
            charts.Add(Curves("pass@k", runs, at => at.Pass, Wording.Share, Scale.Of(0, 1)));
            if (runs.First.ByK.All(at => at.Majority is not null) && runs.Second.ByK.All(at => at.Majority is not null))
            {
                charts.Add(Curves("maj@k", runs, at => at.Majority!, Wording.Share, Scale.Of(0, 1)));
            }

            charts.Add(Curves("Mean reward of the best of k", runs, at => at.Best, Wording.Number, null));
        }

        return charts.Count == 0 ? Pieces.Nothing : Markup.Of($"<section class=\"charts\">\n{Markup.Join(charts)}</section>\n");
    }

    public static Markup Runs(ComparedRuns runs) => Pieces.Section("The two runs", Pieces.Table(
        [.. Pieces.Heads(""), .. Pieces.NumberHeads("completions", "scored", "skipped", "failed", "right", "mean reward")],
        [Run(runs.FirstName, "first", runs.First), Run(runs.SecondName, "second", runs.Second)]));

    public static Markup Outcomes(ComparedRuns runs)
    {
        var changed = runs.Comparison.Outcomes.Where(pair => pair.First != pair.Second).ToArray();
        return changed.Length == 0 ? Pieces.Nothing : Pieces.Section("Outcomes that changed", Pieces.Table(
            [.. Pieces.Heads("first", "second"), .. Pieces.NumberHeads("completions")],
            changed.Select(pair => Markup.Of($"<tr><td>{pair.First}</td><td>{pair.Second}</td><td class=\"number\">{Figure.Count(pair.Items)}</td></tr>\n"))));
    }

    public static Markup Lines(ComparedRuns runs)
    {
        var comparison = runs.Comparison;
        if (comparison.Differences.IsEmpty)
        {
            return Pieces.Section("Lines that differ", Markup.Of($"<p class=\"note\">None.</p>\n"));
        }

        var all = comparison.Differing + comparison.OnlyInFirst + comparison.OnlyInSecond;
        var note = Markup.Of($"<p class=\"note\">{Figure.Count(comparison.Differing)} differ, {Figure.Count(all - comparison.Differing)} have no match{(all > comparison.Differences.Length ? $"; these are the first of each kind" : "")}.</p>\n");
        return Pieces.Section("Lines that differ", Markup.Join([note, Pieces.Table(Pieces.Heads("", "item", "first", "second"), comparison.Differences.Select(Line))]));
    }

    public static Markup Reading(ComparedRuns runs) => Pieces.Section("How to read this", Markup.Of(
        $"<div class=\"prose\"><p>Ranges are 95% intervals from resampling whole problems, both runs' lines together. <b>p, McNemar</b> is the chance of flips at least as unequal, were the runs alike, taking lines for independent. <b>p, problems</b> is the same with a problem counted once, by which run has more of its lines right: where problems have several completions, it is the one to trust. What was skipped or failed in one of the runs has no part in them. A figure of one run is over all that it scored.</p></div>"));

    private static Markup Curves(string title, ComparedRuns runs, Func<AtK, Interval> value, Wording words, Scale? scale)
    {
        Curve[] curves = [Of(runs.FirstName, "first", runs.First), Of(runs.SecondName, "second", runs.Second)];
        return RunCharts.Chart(title, "with 95% intervals", curves, scale ?? RunCharts.Of(curves), words);

        Curve Of(string name, string style, Report report) => new(name, style, [.. report.ByK.Select(at => (at.K, value(at)))]);
    }

    private static Markup Run(string name, string style, Report report) => Markup.Of(
        $"<tr><th scope=\"row\"><b class=\"{style}\">{name}</b></th><td class=\"number\">{Figure.Count(report.Items)}</td><td class=\"number\">{Figure.Count(report.Outcomes["scored"])}</td><td class=\"number\">{Figure.Count(report.Outcomes["skipped"])}</td><td class=\"number\">{Figure.Count(report.Outcomes["failed"])}</td><td class=\"number\">{(report.Accuracy is { } accuracy ? $"{Figure.Percent(accuracy.Mean)} ({Figure.Percents(accuracy)})" : "–")}</td><td class=\"number\">{(report.Reward is { } reward ? $"{Figure.Mean(reward.Mean)} ({Figure.Range(reward)})" : "–")}</td></tr>\n");

    private static Markup Line(LineDifference line) => Markup.Of(
        $"<tr><td><b class=\"kind {line.Kind}\">{line.Kind}</b></td><th scope=\"row\">{line.Id}<small>{(line.Row is { } row ? $"row {row}" : "")}{(line.Sample > 0 ? $", sample {line.Sample}" : "")}</small></th><td>{Side(line.First)}</td><td>{Side(line.Second)}</td></tr>\n");

    private static Markup Side(LineSide? side)
    {
        if (side is null)
        {
            return Markup.Of($"<small>not there</small>");
        }

        var found = Markup.Of($"{(side.Reward is { } reward ? $"{(side.Right == true ? "right" : "not right")}, {Figure.Plain(reward)}" : side.Outcome)}");
        return found.Add($"{(side.Answer is { } answer ? Markup.Of($"<code>{answer}</code>") : Pieces.Nothing)}{(side.Reason is { } reason ? Markup.Of($"<small>{reason}</small>") : Pieces.Nothing)}");
    }
}
