using System.Text.RegularExpressions;

namespace RewardServer.Grading.Extraction;

/// <summary>Finds answers that nothing marks: a response that is no more than its answer, and the last number of a text.</summary>
public static class LooseAnswer
{
    private const int LongestBare = 200;
    private const int MostWords = 4;

    private static readonly Regex Word = new(@"(?<![\\A-Za-z])[A-Za-z]{2,}", RegexOptions.CultureInvariant);

    private static readonly Regex Number = new(
        @"[-−]?[$€£]?(\d{1,3}(,\d{3}){1,20}(\.\d{1,40})?|\d{1,400}(\.\d{1,400})?|\.\d{1,400})(\s?/\s?\d{1,400})?\s?%?",
        RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture);

    /// <summary>The text itself, where it is one short line of at most a few words; null where it is more than an answer.</summary>
    public static string? Bare(string text)
    {
        var trimmed = text.AsSpan().Trim();
        return trimmed.Length is > 0 and <= LongestBare && !trimmed.Contains('\n') && Word.Count(trimmed) <= MostWords && !LeadsToMathematics(trimmed.ToString())
            ? trimmed.ToString()
            : null;
    }

    // "It follows that $x = 5$" is more than its answer; "$5$ apples" is not.
    private static bool LeadsToMathematics(string text) =>
        MathsEnvironment.Last(text) is { } mathematics && Word.Count(text) - Word.Count(mathematics) > 1;

    /// <summary>The last number as it is written, with its sign, separators, fraction and percent sign; null where there is none.</summary>
    public static string? LastNumber(string text)
    {
        var (start, length) = (-1, 0);
        foreach (var match in Number.EnumerateMatches(text))
        {
            (start, length) = (match.Index, match.Length);
        }

        return start < 0 ? null : text.Substring(start, length).Trim();
    }
}
