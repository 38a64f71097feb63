using System.Text.RegularExpressions;
using RewardServer.Grading.Graders.Texts;

namespace RewardServer.Grading.Graders.Choice;

/// <summary>Tells a judgement behind a label ("B: wrong") from the text of a choice ("B) Wrong").</summary>
internal static class ChoiceJudgement
{
    private const int Longest = 200;

    private const RegexOptions Options =
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture;

    private const string Lead = @"^((it|that|this)( is|['’]s) |is )?((clearly|definitely|also|just|simply|obviously|certainly) )?";
    private const string End = @"(\s*[.,;:!)\]–—-]|\s+(because|since|as|for)\b|\s*$)";

    private static readonly Regex Denial = new($@"{Lead}(?<word>not (it|right|correct|true|possible|this( one)?|that( one)?|(the|an?) (right |correct )?(answer|one|choice|option))){End}", Options);

    // "No" and "false" answer the question as often as they judge, so that they may be the text of a choice that nobody told.
    private static readonly Regex Verdict = new(UnicodeDecomposition.Of(
        $@"{Lead}(?<word>(?<answers>false|no|nope)|wrong|incorrect|impossible|eliminated|excluded|rejected|ruled out|falsch|faux|incorrecto|incorreto|errado|sbagliato|неверно|неправильно|错误?|不对|不正确|違う){End}"), Options);

    /// <summary>Whether such a judgement stands behind the label at a place.</summary>
    public static bool DeniesAt(string text, int start, ChoiceLabels labels) =>
        text.Substring(start, Math.Min(Longest, text.Length - start)) is var head && LeadingLabel.Of(head, labels) is var (label, rest) && IsDenial(head, label, rest, labels);

    /// <summary>Whether what follows a label and its mark says that it is not the answer.</summary>
    /// <param name="text">The text, label and mark first.</param>
    /// <param name="label">The label.</param>
    /// <param name="rest">What follows them.</param>
    /// <param name="labels">The choices, whose texts may be such words.</param>
    public static bool IsDenial(string text, string label, string rest, ChoiceLabels labels)
    {
        var head = rest.Length > Longest ? rest[..Longest] : rest;
        return (Denial.Match(head) is { Success: true } denial && !labels.Begins(label, denial.Groups["word"].Value))
            || (Verdict.Match(head) is { Success: true } verdict && labels.ByText(verdict.Groups["word"].Value) is null && !labels.Begins(label, verdict.Groups["word"].Value)
                && (labels.HaveTexts || (!verdict.Groups["answers"].Success && IsBehindColon(text, rest))));
    }

    /// <summary>Whether what follows the label and its mark stands behind a colon or a dash, and not as a choice's text usually does.</summary>
    public static bool IsRemark(string text, string rest) => rest.Length > 0 && IsBehindColon(text, rest);

    // "B) Wrong" may be a choice whose text nobody told, "B: wrong" judges it.
    private static bool IsBehindColon(string text, string rest) => text.AsSpan(0, text.Length - rest.Length).TrimEnd() is [.., ':' or '-' or '–' or '—'] && !char.IsUpper(rest[0]);
}
