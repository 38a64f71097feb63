using System.Collections.Immutable;
using System.Text.Json;

namespace RewardServer.Jobs.Reports.Building;

/// <summary>The columns of a line: what its row held, and its <c>meta</c>, where a column has not that name.</summary>
internal static class LineColumns
{
    // Longer values tell rows apart, not kinds of them.
    private const int LongestKind = 64;

    public static ImmutableSortedDictionary<string, string> Of(JsonElement line)
    {
        var (columns, meta) = (line.Member("columns"), line.Member("meta"));
        if (columns.ValueKind != JsonValueKind.Object && meta.ValueKind != JsonValueKind.Object)
        {
            return ImmutableSortedDictionary<string, string>.Empty;
        }

        var kinds = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        Add(kinds, meta);
        Add(kinds, columns);
        return kinds.ToImmutable();
    }

    private static void Add(ImmutableSortedDictionary<string, string>.Builder kinds, JsonElement members)
    {
        if (members.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in members.EnumerateObject())
            {
                if (KindOf(member.Value) is { Length: > 0 and <= LongestKind } kind)
                {
                    kinds[member.Name] = kind;
                }
            }
        }
    }

    private static string? KindOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
        _ => null,
    };
}
