using System.Collections.Immutable;
using System.Text.Json;
using RewardServer.Grading.Completions;
using RewardServer.Jobs.Rows;
using RewardServer.Jobs.Sets;

namespace RewardServer.Jobs.Running;

/// <summary>Makes samples of rows: one for each completion.</summary>
/// <param name="shape">The data set; null to tell each row's by its columns.</param>
/// <param name="map">Which column of the rows stands for a column of the set, or for <c>completion</c>, by the set's name of it.</param>
public sealed class SampleReader(ISetShape? shape = null, ImmutableDictionary<string, string>? map = null)
{
    // Longer values tell rows apart, not kinds of them.
    private const int LongestKind = 64;

    /// <summary>The samples of a row; at least one.</summary>
    public IReadOnlyList<Sample> Read(Row row)
    {
        if (row.Error is { } unreadable)
        {
            return [new(row.Number, 0, null, unreadable)];
        }

        try
        {
            var columns = new Columns(row.Fields, map);
            var read = DataSets.Read(columns, shape);
            var kinds = KindsOf(row.Fields);
            return read.Completions.IsEmpty ? [new(row.Number, 0, null, "has no completion")]
                : [.. read.Completions.Select((completion, i) => Of(row.Number, i, read, completion, columns) with { Columns = kinds })];
        }
        catch (RowException fault)
        {
            return [new(row.Number, 0, null, fault.Message)];
        }
    }

    private static Sample Of(long row, int index, SetRow read, ChatText completion, Columns columns)
    {
        var name = read.Id ?? $"row {row}";
        var item = new Item
        {
            Id = read.Completions.Length == 1 ? name : $"{name}#{index}",
            Group = read.Group ?? read.Id ?? (read.Completions.Length == 1 ? null : name),
            Prompt = read.Prompt,
            Completion = completion,
            CompletionTokens = read.Completions.Length == 1 ? read.CompletionTokens : null,
            Truncated = read.Truncated,
            Meta = read.Meta,
            Task = read.Task,
        };
        return item.Errors().FirstOrDefault() is { Member: { } member, Error: var error } ? new(row, index, null, $"{member} {error}") : new(row, index, item, null);
    }

    private static ImmutableSortedDictionary<string, string> KindsOf(JsonElement fields)
    {
        var kinds = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var member in fields.EnumerateObject())
        {
            if (KindOf(member.Value) is { Length: > 0 and <= LongestKind } kind)
            {
                kinds[member.Name] = kind;
            }
        }

        return kinds.ToImmutable();
    }

    private static string? KindOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
        _ => null,
    };
}
