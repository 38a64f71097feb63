using System.Collections.Immutable;
using System.Text.Json;
using RewardServer.Jobs.Results;

namespace RewardServer.Jobs.Reports.Building;

/// <summary>The columns of a line: what its row held, and its <c>meta</c>, where a column has not that name.</summary>
internal static class LineColumns
{
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
                if (ColumnKind.Of(member.Value) is { } kind && LineMembers.NameOf(member) is { } name)
                {
                    kinds[name] = kind;
                }
            }
        }
    }
}
