using System.Collections.Immutable;
using RewardServer.Grading.Graders;

namespace RewardServer.Grading.Rubrics;

/// <summary>
/// Makes a reward of what a rubric's components found. A failed component that decides makes the item failed, a skipped one skipped;
/// one of weight 0 that no gate reads never does.
/// </summary>
internal static class Combining
{
    /// <summary>How the components that price signals are called: by this and the signal's name.</summary>
    public const string SignalPrefix = "signal:";

    public static GradedItem Combine(Rubric rubric, ItemVerdicts found)
    {
        if (found.Unjudged is { } whole)
        {
            return Unread(rubric, found.Item.Id, whole) with { Group = found.Item.Group, Meta = found.Item.Meta };
        }

        var rows = rubric.Components.Select(component => new Row(component, found.Verdicts.Of(component.Name)!)).ToArray();
        if ((Unheard(rubric, rows) ?? Blocking(rows, Outcome.Failed) ?? Blocking(rows, Outcome.Skipped)) is { } blocking)
        {
            return GradedItem.Of(
                found.Item, blocking.Verdict.Outcome, null, $"{blocking.Component.Name}: {blocking.Verdict.Reason}", Unrewarded(rubric, rows));
        }

        var contributions = Contributions(rubric.Definition.Combine, rows, found.Verdicts);
        var signals = Signals(rubric, rows, counts: true);
        var combined = rubric.Definition.Combine == Combination.Product && Array.Exists(rows, row => row.Component.Weight != 0)
            ? contributions.OfType<double>().Aggregate(1.0, (product, factor) => product * factor)
            : contributions.Sum() ?? 0;
        var reward = combined + signals.Sum(signal => signal.Contribution!.Value);
        reward = rubric.Definition.Clip is { } clip ? Math.Clamp(reward, clip.First, clip.Second) : reward;
        return GradedItem.Of(found.Item, Outcome.Scored, reward, null, [.. Graded(rows, contributions), .. signals]);
    }

    /// <summary>The row of what no component has looked at: every component has the same verdict.</summary>
    public static GradedItem Unread(Rubric rubric, string id, Verdict verdict) =>
        new(id, verdict.Outcome, null, verdict.Reason, Unrewarded(rubric, [.. rubric.Components.Select(component => new Row(component, verdict))]));

    private static ImmutableArray<GradedComponent> Unrewarded(Rubric rubric, Row[] rows) =>
        [.. Graded(rows, new double?[rows.Length]), .. Signals(rubric, rows, counts: false)];

    // Where signals have a price, a fault of ours must not stand for their absence.
    private static Row? Unheard(Rubric rubric, Row[] rows) =>
        rubric.Definition.Signals is { Count: > 0 } ? Array.Find(rows, row => row.Verdict.Outcome == Outcome.Failed) : null;

    private static Row? Blocking(Row[] rows, Outcome outcome) =>
        Array.Find(rows, row => row.Component.Decides && row.Verdict.Outcome == outcome);

    // Null for what takes no part; 0 for what might have and did not.
    private static double?[] Contributions(Combination combination, Row[] rows, Verdicts verdicts)
    {
        var given = rows.Select(row => row.Component.Weight == 0
            ? (double?)null
            : row.Component.Weight * row.Component.ValueOf(row.Verdict.Score!.Value, verdicts)).ToArray();
        var chosen = combination switch
        {
            Combination.Min => Array.IndexOf(given, given.Min()),
            Combination.Max => Array.IndexOf(given, given.Max()),
            Combination.FirstFailure => Array.FindIndex(rows, row => row.Component.Weight != 0 && !row.Passes(verdicts)),
            _ => -1,
        };
        return chosen < 0 ? given : [.. given.Select((value, i) => value is null || i == chosen ? value : 0)];
    }

    private static IEnumerable<GradedComponent> Graded(Row[] rows, double?[] contributions) => rows.Select((row, i) => new GradedComponent(
        row.Component.Name, row.Component.Weight, row.Verdict.Score, contributions[i], row.Verdict.Outcome, row.Verdict.Reason, row.Verdict.Signals, row.Verdict.Details));

    private static ImmutableArray<GradedComponent> Signals(Rubric rubric, Row[] rows, bool counts) =>
        rubric.Definition.Signals is not { } prices ? [] :
        [
            .. prices.Select(price =>
            {
                var carriers = rows.Where(row => row.Verdict.Signals.Contains(price.Key)).Select(row => row.Component.Name).ToArray();
                var score = carriers.Length > 0 ? 1 : 0;
                return new GradedComponent(
                    SignalPrefix + price.Key, price.Value, score, counts ? price.Value * score : null, Outcome.Scored,
                    score == 0 ? "no component reports it" : $"reported by {string.Join(", ", carriers)}", [], null);
            }),
        ];

    private sealed record Row(RubricComponent Component, Verdict Verdict)
    {
        public bool Passes(Verdicts verdicts) => Component.ClosedGate(verdicts) is null && Verdict.Score >= Component.PassAt;
    }
}
