using System.Text;
using System.Text.RegularExpressions;

namespace RewardServer.Grading.Graders.Judge.Showing;

/// <summary>
/// A text as a judge is shown it: bounded, and without what a model's server would take for the borders of messages, or the judge for the
/// delimiters of what it judges.
/// </summary>
internal static class NeutralText
{
    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture;

    // Of a text that is too long: its beginning, and a quarter from its end.
    private const int TailShare = 4;

    /// <summary>Tokens of chat templates other than those that begin with "&lt;|", and lines like our delimiters.</summary>
    internal static readonly Regex Borders = new(
        @"</?(s|bos|eos|unk|pad|mask|sop|eop|think|tool_call|tool_response|start_of_turn|end_of_turn|start_of_image|end_of_image|image_soft_token)>"
        + @"|<</?SYS>>|\[/?(INST|SYSTEM_PROMPT|AVAILABLE_TOOLS|TOOL_CALLS|TOOL_RESULTS|gMASK|sMASK|CLS|SEP|MASK|PAD)\]"
        + @"|[\[［【]\s*(BEGIN|END)\s+(RESPONSE|REQUEST|REFERENCE)",
        Options);

    /// <summary>The text, bounded and neutral.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="most">Characters of it that are shown.</param>
    /// <param name="nonce">Stands in the note of what is left out, so that no text can hold such a note; empty for none.</param>
    public static string Of(string text, int most, string nonce) =>
        Borders.Replace(Clean(Cut(text, most, nonce)), border => border.Value
            .Replace('<', '‹').Replace('>', '›').Replace('[', '(').Replace(']', ')').Replace('［', '(').Replace('【', '('));

    /// <summary>The text without its middle, where it is too long.</summary>
    public static string Cut(string text, int most, string nonce)
    {
        if (text.Length <= most)
        {
            return text;
        }

        var tail = most / TailShare;
        var (head, from) = (Whole(text, most - tail), Whole(text, text.Length - tail));
        var note = nonce.Length == 0 ? " … " : $"\n[{nonce}: {from - head} characters of it are left out here]\n";
        return $"{text.AsSpan(0, head)}{note}{text.AsSpan(from)}";
    }

    // Where a cut would part the two halves of a character, one before.
    private static int Whole(string text, int at) => at > 0 && char.IsHighSurrogate(text[at - 1]) ? at - 1 : at;

    private static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            // Half characters come out as U+FFFD; tags are letters that models read and people do not see.
            if (rune.Value is >= 0xE0000 and <= 0xE007F)
            {
                continue;
            }

            var c = rune.IsBmp ? (char)rune.Value : '\0';
            if (c is '|' or '｜' && clean.Length > 0 && clean[^1] is '<' or '＜')
            {
                clean[^1] = '‹';
            }

            clean.Append(Rune.IsControl(rune) && c is not ('\n' or '\r' or '\t') ? "\uFFFD" : rune.ToString());
        }

        return clean.ToString();
    }
}
