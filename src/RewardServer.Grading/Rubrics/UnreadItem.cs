using System.Collections.Immutable;
using RewardServer.Grading.Graders;

namespace RewardServer.Grading.Rubrics;

/// <summary>What stands for an item that could not be read, where the rubric is at hand as it is written alone: another machine grades by it.</summary>
public static class UnreadItem
{
    /// <summary>Skipped, with the same components as every other item: as <see cref="Rubric.Unread"/> has it.</summary>
    /// <param name="definition">The rubric.</param>
    /// <param name="id">What to call it.</param>
    /// <param name="reason">Why it could not be read.</param>
    public static GradedItem Of(RubricDefinition definition, string id, string reason)
    {
        var verdict = Verdict.Skipped(reason);
        return new(id, verdict.Outcome, null, verdict.Reason,
        [
            .. definition.Components.Select(component => new GradedComponent(
                RubricChecks.NameOf(component), component.Weight ?? GraderCatalog.Find(component.Grader)?.DefaultWeight ?? 1,
                null, null, verdict.Outcome, verdict.Reason, verdict.Signals, verdict.Details)),
            .. Signals(definition),
        ]);
    }

    private static IEnumerable<GradedComponent> Signals(RubricDefinition definition) =>
        (definition.Signals ?? ImmutableSortedDictionary<string, double>.Empty).Select(price => new GradedComponent(
            Combining.SignalPrefix + price.Key, price.Value, 0, null, Outcome.Scored, "no component reports it", [], null));
}
