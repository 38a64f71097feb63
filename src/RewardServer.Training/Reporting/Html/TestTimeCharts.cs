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
            [.. shown.Select(one => Curve(one, (point, last) => point.Budget == last.Budget, voted: true))]) { Across = Tokens };
        yield return new("Budgets", "Share of right answers where each may have so many tokens, against the tokens that are written for a problem.", Figures.Share,
            [.. shown.Select(one => Curve(one, (point, _) => point.Votes == one.Evaluation.TestTime!.Value[0].Votes, voted: false))]) { Across = Tokens };
    }

    private const string Tokens = "tokens a problem";

    // Kinds that cannot be voted on have no part in a curve of votes: it would fall from one answer to two where they are easy.
    private static Curve Curve(EvaluationPoint one, Func<TestTimePoint, TestTimePoint, bool> which, bool voted)
    {
        var points = one.Evaluation.TestTime!.Value;
        var kinds = (voted && points[^1].Accuracy.Count > 0 ? points[^1] : points[0]).Accuracy.Keys;
        return new($"after step {one.Step}", [.. from point in points
                                                 where which(point, points[^1])
                                                 let shares = kinds.Where(point.Accuracy.ContainsKey).Select(kind => point.Accuracy[kind]).ToArray()
                                                 where shares.Length > 0
                                                 select new CurvePoint(point.Tokens, shares.Average())]);
    }
}
