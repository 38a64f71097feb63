namespace RewardServer.Jobs.Reports.Html;

/// <summary>The charts of a report's page.</summary>
internal static class RunCharts
{
    public static Markup All(Report report)
    {
        Markup[] charts = [.. ByK(report), .. Rewards(report), .. Lengths(report)];
        return charts.Length == 0 ? Pieces.Nothing : Markup.Of($"<section class=\"charts\">\n{Markup.Join(charts)}</section>\n");
    }

    private static IEnumerable<Markup> ByK(Report report)
    {
        if (report.ByK.Length < 2)
        {
            yield break;
        }

        List<Curve> curves = [new("pass@k", "right", [.. report.ByK.Select(at => (at.K, at.Pass))])];
        if (report.ByK.Any(at => at.Majority is not null))
        {
            curves.Add(new("maj@k", "third", [.. report.ByK.Where(at => at.Majority is not null).Select(at => (at.K, at.Majority!))]));
        }

        yield return Chart("What k completions reach", Note(report), curves, Scale.Of(0, 1), Wording.Share);
        var best = new Curve("best-of-k", "second", [.. report.ByK.Select(at => (at.K, at.Best))]);
        yield return Chart("Mean reward of the best of k", Note(report), [best], Of(best), Wording.Number);
    }

    // Over fewer problems the larger k is, where not all have as many completions.
    private static string Note(Report report)
    {
        var (all, last) = (report.ByK[0].Problems, report.ByK[^1].Problems);
        return all == last ? $"over {Figure.Count(all)} problems, with 95% intervals" : $"over the problems that have k completions: {Figure.Count(all)} at first, {Figure.Count(last)} at last; with 95% intervals";
    }

    public static Markup Chart(string title, string note, IReadOnlyList<Curve> curves, Scale scale, Wording words) => Pieces.Chart(
        title, note, Pieces.Legend(curves.Select(curve => (curve.Style, curve.Name, words.Value(curve.Points[^1].Value.Mean)))), CurveChart.Draw(title, curves, scale, words));

    /// <summary>A scale that holds curves with their intervals.</summary>
    public static Scale Of(params Curve[] curves)
    {
        var values = curves.SelectMany(curve => curve.Points).Select(point => point.Value).ToArray();
        return Scale.Of(Math.Min(0, values.Min(value => value.Low ?? value.Mean)), values.Max(value => value.High ?? value.Mean));
    }

    private static IEnumerable<Markup> Rewards(Report report)
    {
        if (report.Rewards.IsEmpty)
        {
            yield break;
        }

        Bar[] bars = [.. report.Rewards.Select(bin => new Bar(Figure.Plain(bin.Low),
            bin.Low == bin.High ? $"reward {Figure.Plain(bin.Low)}: {Figure.Count(bin.Items)} completions" : $"rewards from {Figure.Plain(bin.Low)} to {Figure.Plain(bin.High)}: {Figure.Count(bin.Items)} completions", bin.Items))];
        yield return Pieces.Chart("Rewards", "completions that were scored, by their reward", Pieces.Nothing, BarChart.Draw("Rewards", "reward", bars, "third", "third"));
    }

    private static IEnumerable<Markup> Lengths(Report report)
    {
        if (report.Lengths is not { } lengths || lengths.Bins.IsEmpty)
        {
            yield break;
        }

        Bar[] bars = [.. lengths.Bins.Select(bin => new Bar(Figure.Plain(bin.Low),
            $"{Figure.Count(bin.Low)} to {Figure.Count(bin.High)} {lengths.Unit}: {Figure.Count(bin.Right)} right, {Figure.Count(bin.Wrong)} not right", bin.Right, bin.Wrong))];
        var legend = Pieces.Legend([("right", "right", Figure.Count(lengths.Bins.Sum(bin => bin.Right))), ("wrong", "not right", Figure.Count(lengths.Bins.Sum(bin => bin.Wrong)))]);
        yield return Pieces.Chart("Length of completions", "right ones upwards, others downwards; the last bar holds what is longer", legend, BarChart.Draw("Length of completions", lengths.Unit, bars, "right", "wrong"));
    }
}
