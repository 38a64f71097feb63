using System.Text.RegularExpressions;
using RewardServer.Grading.Extraction;
using RewardServer.Grading.Graders.Texts;

namespace RewardServer.Grading.Graders.Choice;

/// <summary>Reads which choices an answer names: by their labels alone, by a label with its text, by a text, or in a sentence.</summary>
/// <param name="labels">The labels of the task's choices.</param>
internal sealed class ChoiceReader(ChoiceLabels labels)
{
    private const int Longest = 4_000;

    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture;

    private static readonly Regex Struck = new(@"\\(cancel|xcancel|bcancel|sout|st|strike)\s*\{[^{}]*\}|~~[^~\n]*~~|\w[\u0334-\u0338]", Options);

    // What is set apart from a sentence is a label, even where its letter is also a word.
    private static readonly Regex SetApart = new(@"(\*\*|__|`|[""“'‘])\(?(?<label>[\p{L}\p{N}]{1,4})\)?[.:]?(\*\*|__|`|[""”'’])", Options);

    private static readonly Regex Introduction = new(@"^(the )?((correct|right|best|final|my) )?(options?|choices?|answers?|letters?|选项|选择|选|答案|вариант|ответ)( is)?[ :：]*", Options | RegexOptions.IgnoreCase);

    /// <summary>What an answer names. Linear in the text, but for what is looked at of a long one.</summary>
    public ChoiceReading Read(string answer)
    {
        if (answer.Length > Longest)
        {
            return Phrase(answer);
        }

        var text = Plain(answer);
        return Formula(answer) is { } formula ? formula
            : Alone(text) is { } alone ? alone
            : Led(text) is { Labels.IsEmpty: false } led ? led
            : Phrase(text) is { Labels.IsEmpty: false } said ? said
            : Sentence(text);
    }

    /// <summary>What a line names that is a choice and no more: its label, its text, or both; nothing where it is a sentence.</summary>
    public ChoiceReading OfLine(string line) => line.Length > Longest ? ChoiceReading.None
        : Formula(line) is { } formula ? formula
        : Plain(line) is var text && Alone(text) is { } alone ? alone : Led(text);

    private static string Plain(string answer)
    {
        var text = Struck.Replace(UnicodeDecomposition.Of(answer), " ");
        text = SetApart.Replace(Presentation.Plain(text), "(${label})");
        return text.Replace("**", "", StringComparison.Ordinal).Trim(' ', '*', '_', '`', '\n', '\r', '\t', '"');
    }

    // A text whose braces mean something; a label before it, or behind, is read with it.
    private ChoiceReading? Formula(string answer) =>
        answer.Contains('{', StringComparison.Ordinal) && UnicodeDecomposition.Of(answer) is var text && !Struck.IsMatch(text) && LabelWithText.Read(Plain(answer), labels) is null
            && LeadingLabel.Of(Presentation.Unwrap(text), labels) is null && labels.ByText(text) is { } named ? ChoiceReading.Of(named) : null;

    private ChoiceReading? Alone(string text)
    {
        var bare = Introduction.Replace(text, "", 1);
        return bare.Length == 0 ? null
            : labels.Find(ChoiceLabels.Form(bare)) is { } label ? ChoiceReading.Of(label)
            : labels.ByTextAsItIs(text) is { } same ? ChoiceReading.Of(same)
            : LabelWithText.Read(bare, labels) is { } both ? both
            : labels.ByText(text) is { } named ? ChoiceReading.Of(named)
            : LeadingLabel.Of(bare, labels) is var (led, rest) && ChoiceHedges.MayBeText(bare, rest, labels) ? ChoiceReading.Of(led)
            : LabelList.Read(bare, labels);
    }

    // "B) Paris": a label, and behind its mark what it stands for, or why.
    private ChoiceReading Led(string text)
    {
        if (LeadingLabel.Of(text, labels) is not var (label, rest))
        {
            return ChoiceReading.None;
        }

        if (ChoiceJudgement.IsDenial(text, label, rest, labels))
        {
            return ChoiceReading.None;
        }

        var others = ChoiceMentions.In(rest, labels);
        var reading = ChoiceReading.Of([label, .. others.Labels], others.Open || ChoiceMentions.LeavesOpen(rest));
        return ChoiceHedges.Follow(text, label, rest, labels) ? reading with { Open = true } : reading;
    }

    private ChoiceReading Phrase(string text)
    {
        if (AnswerPhrase.Last(ChoicePhrase.Rewrite(text)) is not { } said)
        {
            return ChoiceReading.None;
        }

        var plain = Plain(said);
        return Alone(plain) is { } alone ? alone : Led(plain) is { Labels.IsEmpty: false } led ? led : Sentence(plain);
    }

    private ChoiceReading Sentence(string text)
    {
        var mentions = ChoiceMentions.In(text, labels);
        return !mentions.Labels.IsEmpty || text.Length > Shown.Answer || ChoiceDoubts.Denies(text) ? mentions
            : ChoiceReading.Of(labels.Within(text), open: ChoiceMentions.LeavesOpen(text)) is var within && ChoiceDoubts.IsUnsure(text, within.Labels, labels) && !within.Labels.IsEmpty ? within with { Open = true }
            : within;
    }
}
