using System.Text.Json;

namespace RewardServer.Grading.Graders.Code.Checkers;

/// <summary>An order of JSON values in which what is the same stands side by side, and numbers stand by their value.</summary>
internal sealed class JsonOrder(TextRule rule) : IComparer<JsonTree>
{
    /// <inheritdoc/>
    public int Compare(JsonTree? x, JsonTree? y) => x!.Kind != y!.Kind ? x.Kind.CompareTo(y.Kind) : x.Kind switch
    {
        JsonValueKind.Number => CompareNumbers(x, y),
        JsonValueKind.String => rule.OrderOfTexts(x.Text, y.Text),
        JsonValueKind.Array => FirstOf(x.Items.Count, y.Items.Count, at => Compare(x.Items[at], y.Items[at])),
        JsonValueKind.Object => FirstOf(x.Members.Count, y.Members.Count, at => CompareMembers(x.Members[at], y.Members[at])),
        _ => 0,
    };

    private int CompareMembers((string Name, JsonTree Value) one, (string Name, JsonTree Value) other) =>
        string.CompareOrdinal(one.Name, other.Name) is not 0 and var order ? order : Compare(one.Value, other.Value);

    // Those of one value stand by it exactly, or the order would not be one.
    private static int CompareNumbers(JsonTree one, JsonTree other)
    {
        var order = one.Value.CompareTo(other.Value);
        return order != 0 ? order : string.CompareOrdinal(one.Canonical ?? one.Text, other.Canonical ?? other.Text);
    }

    private static int FirstOf(int one, int other, Func<int, int> compare)
    {
        var order = one.CompareTo(other);
        for (var at = 0; order == 0 && at < one; at++)
        {
            order = compare(at);
        }

        return order;
    }
}
