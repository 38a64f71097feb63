using System.Collections.Immutable;
using RewardServer.Grading.Completions;

namespace RewardServer.Grading.Graders.Length;

/// <summary>How long the completions of a group are, so that they can be compared.</summary>
internal static class GroupLengths
{
    /// <summary>
    /// In tokens where the caller counted those of every one, else in words, since tokens of some and words of others are no comparison. One
    /// that was cut off counts as no shorter than the longest: nobody knows how long it would have been.
    /// </summary>
    public static ImmutableArray<CompletionLength> Of(IReadOnlyCollection<Item> group)
    {
        var inTokens = group.All(item => item.CompletionTokens is not null);
        var lengths = group.Select(item => inTokens ? CompletionLength.Of(item) : CompletionLength.InWords(item)).ToArray();
        var longest = lengths.Max(length => length.Count);
        return [.. lengths.Zip(group, (length, item) => item.Truncated ? length with { Count = longest } : length)];
    }
}
