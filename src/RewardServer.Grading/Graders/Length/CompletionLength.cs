using RewardServer.Grading.Completions;
using RewardServer.Grading.Extraction.Words;

namespace RewardServer.Grading.Graders.Length;

/// <summary>How long a completion is.</summary>
/// <param name="Count">How many tokens or words it has.</param>
/// <param name="Unit">What was counted.</param>
public readonly record struct CompletionLength(int Count, LengthUnit Unit)
{
    /// <summary>The tokens that the caller counted, or else the words of the completion.</summary>
    public static CompletionLength Of(Item item) => item.CompletionTokens is { } tokens ? new(tokens, LengthUnit.Tokens) : InWords(item);

    /// <summary>The words of a completion: between white space, or single characters of scripts that have none.</summary>
    public static CompletionLength InWords(Item item) => new(WordReader.Count(item.CompletionText), LengthUnit.Words);

    /// <summary>As people write it.</summary>
    public override string ToString() => $"{Count} {(Unit == LengthUnit.Tokens ? "token" : "word")}{(Count == 1 ? "" : "s")}";
}

/// <summary>What the length of a completion is counted in.</summary>
public enum LengthUnit
{
    /// <summary>The caller's <c>completionTokens</c>.</summary>
    Tokens,

    /// <summary>Words, where the caller counted nothing.</summary>
    Words,
}
