namespace RewardServer.Training.Reporting.Html;

/// <summary>Accuracy against the tokens that are spent on a problem: before reinforcement, half way, and at its end.</summary>
internal static class TestTimeCharts
{
    /// <summary>The charts; none where computing at test time was not tried.</summary>
    public static IEnumerable<Chart> Of(IReadOnlyList<EvaluationPoint> evaluations)
    {
        EvaluationPoint[] tried = [.. evaluations.Where(one => one.Evaluation.TestTime is { IsEmpty: false })];
        EvaluationPoint[] shown = tried.Length < 3 ? tried : [tried[0], tried[tried.Length / 2], tried[^1]];
        yield return new("Votes", "Share of right answers where the most frequent of several is taken, against the tokens that are written for a problem.", Figures.Share,
            [.. shown.Select(one => Curve(one, (point, longest) => point.Budget == longest))]) { Across = Tokens };
        yield return new("Budgets", "Share of right answers where each may have so many tokens, against the tokens that are written for a problem.", Figures.Share,
            [.. shown.Select(one => Curve(one, (point, _) => point.Votes == 1))]) { Across = Tokens };
    }

    private const string Tokens = "tokens a problem";

    private static Curve Curve(EvaluationPoint one, Func<TestTimePoint, int, bool> which)
    {
        var points = one.Evaluation.TestTime!.Value;
        return new($"after step {one.Step}", [.. points.Where(point => point.Accuracy.Count > 0 && which(point, points[^1].Budget)).Select(point => new CurvePoint(point.Tokens, point.Accuracy.Values.Average()))]);
    }
}
