using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;
using RewardServer.Jobs.Results;

namespace RewardServer.Jobs.Sets;

/// <summary>Picks the columns of a row that tell kinds of rows apart, such as a level: short values, and none that says what was asked, answered or is right.</summary>
internal static class KindColumns
{
    private static readonly FrozenSet<string> Others = ((string[])
    [
        .. RowIds.Names, .. WrittenCompletions.Names, "group", "prompt", "question", "Question", "problem", "Problem", "answer", "Answer", "expected_answer", "final_answer",
        "gold", "target", "ground_truth", "solution", "Solution", "canonical_solution", "completionTokens", "entry_point", "starter_code", "url", "text", "code", "test", "idx", "index", "doc_hash", "prompt_hash", "target_hash",
    ]).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The columns of a row, with those of its problem where it stands elsewhere.</summary>
    /// <param name="row">The row.</param>
    /// <param name="problem">The problem's row; null for none.</param>
    /// <param name="inner">The row of a set that stands in this one; null for none.</param>
    /// <param name="mapped">Columns that stand for others.</param>
    public static ImmutableSortedDictionary<string, string> Of(JsonElement row, JsonElement? problem, JsonElement? inner, FrozenSet<string> mapped)
    {
        ImmutableSortedDictionary<string, string>.Builder? kinds = null;
        if (problem is { } asked)
        {
            Add(asked, mapped, ref kinds);
        }

        if (inner is { } held)
        {
            Add(held, mapped, ref kinds);
        }

        Add(row, mapped, ref kinds);
        return kinds?.ToImmutable() ?? ImmutableSortedDictionary<string, string>.Empty;
    }

    private static void Add(JsonElement fields, FrozenSet<string> mapped, ref ImmutableSortedDictionary<string, string>.Builder? kinds)
    {
        foreach (var member in fields.EnumerateObject())
        {
            if (ColumnKind.Of(member.Value) is { } kind && member.Name is var name && !Others.Contains(name) && !mapped.Contains(name))
            {
                (kinds ??= ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal))[name] = kind;
            }
        }
    }
}
