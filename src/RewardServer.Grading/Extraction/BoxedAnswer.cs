using System.Buffers;
using System.Text.RegularExpressions;

namespace RewardServer.Grading.Extraction;

/// <summary>Finds the boxes of a LaTeX text: <c>\boxed{…}</c> and <c>\fbox{…}</c>, with nested braces.</summary>
public static class BoxedAnswer
{
    private static readonly string[] Commands = [@"\boxed", @"\fbox"];

    private static readonly SearchValues<char> Letters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");

    private static readonly Regex Redefinition = new(
        @"\\(def|let|gdef|edef|(re|provide)?newcommand\*?|renewcommand\*?)\s*\{?\\f?box(ed)?\b", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);

    /// <summary>
    /// The contents of the outermost complete boxes from left to right. A box whose brace is never closed
    /// (the completion was cut off inside it) is not an answer and is left out. One pass, whatever the text.
    /// </summary>
    public static IReadOnlyList<string> All(string text) => [.. Outermost(text).Select(box => box.Text)];

    /// <summary>The same boxes with their places.</summary>
    internal static IReadOnlyList<MarkedAnswer> Outermost(string text)
    {
        var outermost = new List<MarkedAnswer>();
        // A text that says anew what a box is no longer shows what stands in one.
        var all = Redefinition.IsMatch(text) ? [] : Complete(text, out _);
        foreach (var box in all.OrderBy(box => box.Start))
        {
            if (outermost.Count == 0 || box.Start >= outermost[^1].End)
            {
                outermost.Add(new(box.Start, box.Close + 1, Signed(text, box.Start, text[(box.Open + 1)..box.Close])));
            }
        }

        return outermost;
    }

    // In "x = -\boxed{5}" the sign belongs to the answer; in "8 - \boxed{5}" it does not, nor at the head of a list's item.
    private static string Signed(string text, int at, string answer)
    {
        var isSign = at > 0 && text[at - 1] is '-' or '−' && text.AsSpan(0, at - 1).TrimEnd(' ') is var before && (before.IsEmpty || before[^1] is '$' or '=' or '(' or '[');
        return isSign && !answer.Contains('=') ? $"-({answer.Trim()})" : answer;
    }

    /// <summary>
    /// Whether the text ends inside a box that opened in it. One that lacks a brace but stands in mathematics that does close is badly
    /// written, not cut off.
    /// </summary>
    public static bool IsCutOff(string text)
    {
        Complete(text, out var unclosed);
        return unclosed >= 0 && text.AsSpan(0, unclosed).ContainsAny(Letters) && !text.AsSpan(unclosed).Contains('$')
            && !text.AsSpan(unclosed).Contains(@"\)", StringComparison.Ordinal) && !text.AsSpan(unclosed).Contains(@"\]", StringComparison.Ordinal);
    }

    private static List<(int Start, int Open, int Close)> Complete(string text, out int unclosed)
    {
        var boxes = new List<(int, int, int)>();
        var open = new Stack<(int At, int Box)>();
        var box = -1; // where a box command was read that only white space has followed since
        for (var i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '\\':
                    var length = CommandLength(text, i);
                    box = length > 0 ? i : -1;
                    i += Math.Max(length, 2) - 1; // an escaped brace is a character of the answer, as in \{1, 2\}
                    break;
                case '{':
                    open.Push((i, box));
                    box = -1;
                    break;
                case '}' when open.TryPop(out var opened):
                    box = -1;
                    if (opened.Box >= 0)
                    {
                        boxes.Add((opened.Box, opened.At, i));
                    }

                    break;
                case var other:
                    box = char.IsWhiteSpace(other) ? box : -1;
                    break;
            }
        }

        unclosed = open.Where(brace => brace.Box >= 0).Select(brace => brace.Box).DefaultIfEmpty(-1).Max();
        return boxes;
    }

    private static int CommandLength(string text, int at) =>
        Commands.FirstOrDefault(command => string.CompareOrdinal(text, at, command, 0, command.Length) == 0)?.Length ?? 0;
}
