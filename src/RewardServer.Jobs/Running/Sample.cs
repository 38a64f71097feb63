using System.Collections.Immutable;
using RewardServer.Grading.Completions;

namespace RewardServer.Jobs.Running;

/// <summary>One completion of a row: what is graded as one, and has one line of results.</summary>
/// <param name="Row">The number of its row in the input, from 1.</param>
/// <param name="Index">Which of the row's completions it is, from 0.</param>
/// <param name="Item">The item; null where the row holds none.</param>
/// <param name="Error">Why it holds none; null where there is one.</param>
public sealed record Sample(long Row, int Index, Item? Item, string? Error)
{
    /// <summary>Columns of the row that tell kinds of rows apart, such as its level, by their names.</summary>
    public ImmutableSortedDictionary<string, string> Columns { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>What it is called in results: the item's name, or where there is none, its row's number.</summary>
    public string Id => Item?.Id ?? $"row {Row}";

    /// <summary>Whether another is of the same group: of one row, or answers to one prompt.</summary>
    public bool IsTogetherWith(Sample other) =>
        Row == other.Row || (Item is { } one && other.Item is { } two && GroupKey.Of(one) == GroupKey.Of(two));
}
