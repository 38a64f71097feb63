using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace RewardServer.Grading.Extraction;

/// <summary>
/// Tells several answers that are given together, as in "5 or 6", from one that takes the place of another: what stands between the two
/// decides. Words that reason or take back ("so", "then", "no", "wait") part them; words that only connect, or hedge, join them.
/// </summary>
internal static class Alternatives
{
    private const int LongestGap = 120;

    private static readonly Regex Label = new(
        @"\\(text|textbf|quad|qquad|newline|item|,|;|:|!)|(^|\n)\s*(\d{1,2}[.)]|[-*•])|\(?\b[a-hivx]{1,3}\)|\b[A-Za-z](_\{?\d\}?)?\s*=|\bpart\b",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.NonBacktracking);

    private static readonly Regex Word = new(@"[\p{L}']+", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);

    private static readonly FrozenSet<string> Connecting = new[]
    {
        "and", "or", "also", "both", "either", "the", "a", "an", "answer", "answers", "final", "solution", "solutions", "value", "values", "is", "are",
        "it", "i", "e", "ie", "that", "equivalently", "other", "one", "respectively", "und", "oder", "et", "ou", "y", "o", "и", "или", "和", "或",
    }.ToFrozenSet();

    private static readonly FrozenSet<string> Hedging = new[]
    {
        "or", "alternatively", "alternative", "another", "maybe", "perhaps", "possibly", "possible", "possibility", "otherwise", "else", "might", "could",
        "may", "oder", "ou", "или", "或",
    }.ToFrozenSet();

    private static readonly FrozenSet<string> Parting = new[]
    {
        "no", "wait", "wrong", "actually", "instead", "mistake", "mistaken", "incorrect", "correct", "corrected", "correction", "oops", "so", "then", "thus",
        "therefore", "hence", "now", "next", "check", "because", "since", "gives", "discard", "not",
    }.ToFrozenSet();

    // A decimal that follows a box is most often its rounded value.
    private static readonly Regex Follows = new(
        @"^(\$|\\\)|\\\])?\s*[,(]?\s*or\s+((maybe|perhaps|possibly|even)\s+)?(\$|\\\()?(?<other>-?\d{1,20}(/\d{1,20})?)(?![\d.,%\\/])", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);

    /// <summary>The other number that is offered right after a marked answer, as in "\boxed{5} or 6", with its "or"; empty where there is none.</summary>
    public static string After(string text, int end) =>
        Follows.Match(text.Substring(end, Math.Min(80, text.Length - end))) is { Success: true } match ? $" or {match.Groups["other"].Value}" : string.Empty;

    /// <summary>Whether what stands between two answers leaves both standing.</summary>
    public static bool Join(ReadOnlySpan<char> between)
    {
        if (between.Length > LongestGap)
        {
            return false;
        }

        var text = Label.Replace(between.ToString(), " ");
        var words = Word.Matches(text).Select(m => m.Value.ToLowerInvariant()).ToList();
        return words.TrueForAll(w => Connecting.Contains(w) || Hedging.Contains(w)) ? !text.AsSpan().ContainsAny("=+<>")
            : !text.AsSpan().ContainsAnyInRange('0', '9') && words.Exists(Hedging.Contains) && !words.Exists(Parting.Contains);
    }

    /// <summary>Several answers in one text: a choice where the words between them leave a choice, else a list.</summary>
    /// <param name="answers">From left to right.</param>
    /// <param name="choice">Whether only one of them is meant to hold.</param>
    public static string List(IEnumerable<string> answers, bool choice) => string.Join(choice ? " or " : ", ", answers.Distinct(StringComparer.Ordinal));

    /// <summary>Whether the words between two answers leave a choice.</summary>
    public static bool IsChoice(ReadOnlySpan<char> between)
    {
        foreach (var match in Word.EnumerateMatches(between))
        {
            if (Hedging.Contains(between.Slice(match.Index, match.Length).ToString().ToLowerInvariant()))
            {
                return true;
            }
        }

        return false;
    }
}
