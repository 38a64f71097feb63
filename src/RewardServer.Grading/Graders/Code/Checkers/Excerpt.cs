namespace RewardServer.Grading.Graders.Code.Checkers;

/// <summary>How much of an output a sentence shows.</summary>
internal static class Excerpt
{
    /// <summary>Characters of either side.</summary>
    public const int Length = 80;

    /// <summary>The start of a text, in quotation marks, and how long it is where that is not all.</summary>
    public static string Of(ReadOnlySpan<char> text) =>
        text.Length <= Length ? $"'{text}'" : $"'{Head(text)}…' ({text.Length} characters)";

    /// <summary>The start of a text; never half a character.</summary>
    public static ReadOnlySpan<char> Head(ReadOnlySpan<char> text, int length = Length) =>
        text.Length <= length ? text : text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];
}
