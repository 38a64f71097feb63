using System.Text.Json;
using RewardServer.Grading.Graders.Code;
using RewardServer.Grading.Graders.Code.Checkers;

namespace RewardServer.Grading.Graders.Json;

/// <summary>
/// Whether two JSON values are the same: numbers by their value, however they are written; objects whatever the order of their members; arrays in
/// order, or as collections of elements of which each may stand more than once. Without a tolerance it is an equivalence relation.
/// </summary>
/// <param name="unordered">Whether the order of the elements of arrays does not count.</param>
/// <param name="tolerance">By how much numbers may differ.</param>
internal sealed class JsonEquality(bool unordered, Tolerance tolerance)
{
    private const int MostComparisons = 2_000_000;

    private readonly TextRule rule = new(ignoreCase: false, tolerance);
    private int left = MostComparisons;

    /// <summary>Whether the comparison was cut off: a number of steps, the same on every machine.</summary>
    public bool Exhausted => left < 0;

    /// <summary>Whether an answer is the gold. The values are rearranged where order does not count.</summary>
    public bool AreEqual(JsonTree gold, JsonTree answer)
    {
        if (unordered)
        {
            var order = new JsonOrder(new TextRule(ignoreCase: false, default));
            Arrange(gold, order);
            Arrange(answer, order);
        }

        return Same(gold, answer) && !Exhausted;
    }

    private static void Arrange(JsonTree value, JsonOrder order)
    {
        foreach (var inner in value.Kind == JsonValueKind.Object ? value.Members.Select(member => member.Value) : value.Items)
        {
            Arrange(inner, order);
        }

        value.Items.Sort(order);
    }

    private bool Same(JsonTree gold, JsonTree answer) => --left >= 0 && gold.Kind == answer.Kind && gold.Kind switch
    {
        JsonValueKind.Array => gold.Items.Count == answer.Items.Count && SameItems(gold.Items, answer.Items),
        JsonValueKind.Object => gold.Members.Count == answer.Members.Count && gold.Members.Zip(answer.Members).All(pair => pair.First.Name == pair.Second.Name && Same(pair.First.Value, pair.Second.Value)),
        JsonValueKind.String => gold.Text == answer.Text,
        JsonValueKind.Number => rule.SameNumber(gold, answer),
        _ => true,
    };

    private bool SameItems(List<JsonTree> gold, List<JsonTree> answer) => unordered && tolerance.IsSome
        ? Pairing.FirstUnpaired(gold, answer, Same, isTolerant: true) is null
        : gold.Zip(answer).All(pair => Same(pair.First, pair.Second));
}
