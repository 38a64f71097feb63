using System.Text.RegularExpressions;

namespace RewardServer.Grading.Extraction;

/// <summary>Finds what follows "the answer is", "Final answer:" and their like, also in Markdown: <c>**Final Answer:** 5</c>.</summary>
public static class AnswerPhrase
{
    private const int LongestAnswer = 1_000;

    // Without backtracking and with every repetition bounded, the search is linear.
    private static readonly Regex Announcement = new(
        @"\b(answer|answers|final result|final value)(\*{1,2}|:| ?\*{1,2}:)?(\s{1,3}(to|for|of|is|are|equals|=)\b(\s\w{1,20}){0,5})??(\s{1,3}(is|are|equals|=)|\s?[:=])(\*{1,2})?:?",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture);

    private static readonly Regex Heading = new(
        @"(^|\n)[#*\s]{0,8}(the )?(final answer|answer)[*:\s]{0,6}\n",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture);

    /// <summary>The answer after the last such phrase; null where there is none.</summary>
    public static string? Last(string text)
    {
        var start = Math.Max(EndOfLast(Announcement, text), EndOfLast(Heading, text));
        return start < 0 || Sentence(text, start) is not { Length: > 0 } answer ? null : answer;
    }

    private static int EndOfLast(Regex phrase, string text)
    {
        var end = -1;
        foreach (var match in phrase.EnumerateMatches(text))
        {
            end = match.Index + match.Length;
        }

        return end;
    }

    // To the end of the sentence or line; one that is empty is a heading, and the answer stands below. A displayed formula counts whole.
    private static string Sentence(string text, int start)
    {
        while (start < text.Length && (char.IsWhiteSpace(text[start]) || text[start] is '*' or ':'))
        {
            start++;
        }

        var limit = Math.Min(text.Length, start + LongestAnswer);
        var end = start;
        while (end < limit && text[end] != '\n' && !EndsSentence(text, end))
        {
            end = text[end] is '$' or '\\' ? Math.Max(end + 1, MathsEnvironment.EndOf(text, end, limit)) : end + 1;
        }

        return text[start..Math.Min(end, text.Length)].Trim();
    }

    private static bool EndsSentence(string text, int at) =>
        text[at] is '.' or '!' or '?' && (at + 1 == text.Length || char.IsWhiteSpace(text[at + 1])) && !(at > 1 && text[at - 1] is 'm' or 'M' && text[at - 2] == '.');
}
