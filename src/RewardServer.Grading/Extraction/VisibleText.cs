using System.Text.RegularExpressions;

namespace RewardServer.Grading.Extraction;

/// <summary>
/// What a reader of a response sees as said: comments, struck text, verbatim quotations and programs show no answer, nor does what
/// follows the end of the turn.
/// </summary>
public static class VisibleText
{
    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture;

    // Chat templates close a turn with these; what a model writes after them answers nothing.
    private static readonly Regex EndOfTurn = new(@"<\|(im_end|endoftext|eot_id|end_of_text|end|eos)\|>|<end_of_turn>|</s>|<｜end▁of▁sentence｜>", Options);

    private static readonly Regex CommentLine = new(@"(^|\n)[ \t]*%[^\n]*", Options);
    private static readonly Regex Verb = new(@"\\verb(\|[^|\n]*\||\+[^+\n]*\+|![^!\n]*!)", Options);
    private static readonly Regex Struck = new(@"(?<before>^|[\s(])~~[^~\s]([^~\n]{0,200}[^~\s])?~~", Options);
    private static readonly Regex EndMark = new(@"(\s|\$?\\(blacksquare|square|qed|qedhere)\b\$?|[∎■□\p{So}\p{Cs}\uFE0F])+$", Options);

    // In the order in which they are taken out.
    private static readonly (string Open, string Close)[] Hidden =
    [
        ("<!--", "-->"), (@"\iffalse", @"\fi"), (@"\begin{comment}", @"\end{comment}"), (@"\begin{verbatim}", @"\end{verbatim}"),
        (@"\begin{lstlisting}", @"\end{lstlisting}"), ("<del>", "</del>"), ("<s>", "</s>"), ("<strike>", "</strike>"),
    ];

    private static readonly string[] Prose = ["", "latex", "tex", "math", "text", "txt", "markdown", "md", "plaintext", "output", "json", "answer"];

    /// <summary>The text without what is hidden in it. Linear in the text.</summary>
    public static string Of(string text)
    {
        foreach (var (open, close) in Hidden)
        {
            text = Without(text, open, close);
        }

        text = BeforeEndOfTurn(text);
        text = text.Contains('%') ? CommentLine.Replace(text, "\n") : text;
        text = text.Contains(@"\verb", StringComparison.Ordinal) ? Verb.Replace(text, " ") : text;
        text = text.Contains("~~", StringComparison.Ordinal) ? Struck.Replace(text, "${before}") : text;
        return WithoutEndMark(Fences(text));
    }

    /// <summary>The text up to the first token that ends a turn; the whole where there is none.</summary>
    internal static string BeforeEndOfTurn(string text) => text.Contains('<') && First(EndOfTurn, text) is >= 0 and var end ? text[..end] : text;

    // A fence around an answer only sets it apart, but a program that prints one is no answer.
    private static string Fences(string text)
    {
        if (!text.Contains("```", StringComparison.Ordinal) && !text.Contains("~~~", StringComparison.Ordinal))
        {
            return text;
        }

        // Models write tags on the lines of fences, where neither would be one.
        text = text.Replace(">```", ">\n```", StringComparison.Ordinal).Replace("```</", "```\n</", StringComparison.Ordinal);
        var (kept, start) = (new System.Text.StringBuilder(), 0);
        foreach (var program in Fence.All(text).Where(fence => !Prose.Contains(fence.Language.ToLowerInvariant())))
        {
            kept.Append(text, start, program.Start - start);
            start = program.Start + program.Content.Length;
        }

        text = kept.Append(text, start, text.Length - start).ToString();
        return string.Join('\n', text.Split('\n').Where(line => !line.TrimStart().StartsWith("```", StringComparison.Ordinal)));
    }

    private static string WithoutEndMark(string text)
    {
        var tail = Math.Max(0, text.Length - 40);
        var mark = First(EndMark, text[tail..]);
        return mark < 0 ? text : text[..(tail + mark)];
    }

    private static int First(Regex pattern, string text)
    {
        foreach (var match in pattern.EnumerateMatches(text))
        {
            return match.Index;
        }

        return -1;
    }

    // What opens and never closes hides the rest.
    private static string Without(string text, string open, string close)
    {
        var at = text.IndexOf(open, StringComparison.Ordinal);
        if (at < 0)
        {
            return text;
        }

        var kept = new System.Text.StringBuilder();
        var start = 0;
        for (; at >= 0; at = text.IndexOf(open, start, StringComparison.Ordinal))
        {
            kept.Append(text, start, at - start).Append(' ');
            var end = text.IndexOf(close, at + open.Length, StringComparison.Ordinal);
            start = end < 0 ? text.Length : end + close.Length;
        }

        return kept.Append(text, start, text.Length - start).ToString();
    }
}
