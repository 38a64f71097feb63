namespace RewardServer.Grading.Graders;

/// <summary>How much of a candidate's text details show: enough to see why, and no more than an answer can carry.</summary>
internal static class Shown
{
    /// <summary>Characters of an answer.</summary>
    public const int Answer = 1000;

    /// <summary>Characters of a program.</summary>
    public const int Program = 20_000;

    /// <summary>The start of a text, with an ellipsis where it goes on.</summary>
    public static string Head(string text, int length) =>
        text.Length <= length ? text : $"{text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)]}…";
}
