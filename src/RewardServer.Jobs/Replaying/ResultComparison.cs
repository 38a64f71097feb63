using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;

namespace RewardServer.Jobs.Replaying;

/// <summary>Compares two gradings of one sample in all that does not measure: times and memory may differ.</summary>
/// <param name="measured">Components whose score follows from the clock, by their names: they are not compared.</param>
/// <param name="isRewardMeasured">Whether one of them counts for the reward, so that neither is that.</param>
internal sealed class ResultComparison(FrozenSet<string> measured, bool isRewardMeasured)
{
    /// <summary>What has changed; null for nothing.</summary>
    /// <param name="row">The row.</param>
    /// <param name="sample">The sample.</param>
    /// <param name="was">The line that is kept.</param>
    /// <param name="now">The line of today.</param>
    public ReplayChange? Of(long row, int sample, JsonElement was, JsonElement now)
    {
        var (before, after) = (Read(was), Read(now));
        var (one, other) = Differing(before, after);
        ChangeKind? kind = Text(was, "id") != Text(now, "id") || Number(was, "completionChars") != Number(now, "completionChars") ? ChangeKind.OtherInput
            : before.Outcome != after.Outcome ? ChangeKind.Outcome
            : !isRewardMeasured && before.Reward != after.Reward ? ChangeKind.Reward
            : one.Length != other.Length || one.Zip(other).Any(pair => (pair.First.Name, pair.First.Outcome, pair.First.Score) != (pair.Second.Name, pair.Second.Outcome, pair.Second.Score)) ? ChangeKind.Score
            : one.Length > 0 || before.Reason != after.Reason ? ChangeKind.Reason
            : null;
        return kind is { } changed
            ? new(row, sample, Text(was, "id"), changed) { Was = before with { Components = one }, Now = after with { Components = other } }
            : null;
    }

    /// <summary>What is compared of a line.</summary>
    public ReplayedItem Read(JsonElement line) => new(Text(line, "outcome") ?? "", Number(line, "reward"), Text(line, "reason"))
    {
        Components = line.TryGetProperty("components", out var list) && list.ValueKind == JsonValueKind.Array
            ? [.. list.EnumerateArray().Where(component => component.ValueKind == JsonValueKind.Object).Select(Component).Where(component => !measured.Contains(component.Name))]
            : [],
    };

    private static (ImmutableArray<ReplayedComponent> Was, ImmutableArray<ReplayedComponent> Now) Differing(ReplayedItem was, ReplayedItem now) =>
        ([.. was.Components.Except(now.Components)], [.. now.Components.Except(was.Components)]);

    private static ReplayedComponent Component(JsonElement component) => new(
        Text(component, "name") ?? "",
        Text(component, "outcome") ?? "",
        Number(component, "score"),
        Text(component, "reason"),
        component.TryGetProperty("signals", out var signals) && signals.ValueKind == JsonValueKind.Array ? string.Join(", ", signals.EnumerateArray().Select(signal => signal.ToString())) : "");

    private static string? Text(JsonElement json, string member) =>
        json.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static double? Number(JsonElement json, string member) =>
        json.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) ? number : null;
}
