using System.Collections.Frozen;
using RewardServer.Grading.Graders;
using RewardServer.Grading.Rubrics;

namespace RewardServer.Compatibility.OpenRlhf;

/// <summary>
/// What OpenRLHF logs beside the rewards. Its batches take the names of the first sample for those of all, and make tensors of the
/// values: so the names are the same for every item of a rubric, and every value is a number.
/// </summary>
internal static class ExtraLogs
{
    /// <summary>Whether the reward is that of ?skipped=.</summary>
    private const string Skipped = "skipped";

    /// <summary>How many components have no score; they are logged as 0.</summary>
    private const string Unscored = "unscored";

    private const string SignalPrefix = "signal:";

    // What OpenRLHF itself keeps in the same table: a component of that name would stand in its place.
    private static readonly FrozenSet<string> Taken = FrozenSet.Create(
        StringComparer.Ordinal,
        "reward", "score", "kl", "logprobs_diff", "return", "group_reward_std", "response_clip_ratio", "ppo_clip_ratio", "ppo_kl", "vllm_kl",
        "response_length", "truncated", "total_length", Skipped, Unscored);

    /// <summary>The lists, by their names, each in the order of the items.</summary>
    public static Dictionary<string, double[]> Of(IReadOnlyList<GradedItem> items)
    {
        var rows = items.Select(Of).ToList();
        return rows.Count == 0 ? [] : rows[0].ToDictionary(entry => entry.Key, entry => rows.Select(row => row[entry.Key]).ToArray());
    }

    private static Dictionary<string, double> Of(GradedItem item)
    {
        var row = new Dictionary<string, double>();
        foreach (var component in item.Components)
        {
            row[Taken.Contains(component.Name) ? $"component:{component.Name}" : component.Name] = component.Score ?? 0;
        }

        foreach (var signal in Signal.All)
        {
            row[SignalPrefix + signal] = item.Components.Any(component => component.Signals.Contains(signal)) ? 1 : 0;
        }

        row[Skipped] = item.Outcome == Outcome.Skipped ? 1 : 0;
        row[Unscored] = item.Components.Count(component => component.Score is null);
        return row;
    }
}
