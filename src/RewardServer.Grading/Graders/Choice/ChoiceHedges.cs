using System.Collections.Immutable;
using System.Text.RegularExpressions;
using RewardServer.Grading.Graders.Texts;

namespace RewardServer.Grading.Graders.Choice;

/// <summary>Tells where words leave it open whether a choice is meant at all: "maybe B", "B, I guess", "B or so". "Most likely" singles one out, and is none of them.</summary>
internal static class ChoiceHedges
{
    private const RegexOptions Options =
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture;

    // They may be of a part of the sentence alone: "(B), perhaps surprisingly".
    private const string Adverbs =
        "maybe|perhaps|possibly|probably|presumably|supposedly|tentatively|vielleicht|möglicherweise|vermutlich|wahrscheinlich|peut-être|probablement"
        + "|quizás?|tal vez|a lo mejor|probablemente|posiblemente|forse|probabilmente|talvez|provavelmente|возможно|может быть|наверное|вероятно";

    private const string Statements =
        @"(I|we)( would| will| can only|['’](d|ll))? guess|guess(ing)?|unsure|uncertain|nicht sicher|if (I|we) (had|have) to( (guess|choose|pick))?|(I|we) (could|may|might) (well )?be (wrong|mistaken)"
        + @"|(not|never|n['’]t be) ((so|too|very|quite|entirely|fully|completely|totally|absolutely|really|100 ?%) )?(sure|certain|confident)( (if|whether|that))?";

    private const string Words = $"{Adverbs}|{Statements}";

    private const string Characters = "也许|可能|大概|不确定|たぶん|多分|おそらく|아마|어쩌면";

    private const string Filler = "but|it|it['’]s|this|that|is|be|would|I|say|with|go|choose|pick|the|right|correct|options?|choices?|answers?|letters?";

    private const string Links = "or|is|are|but|and|though|it|it['’]s|I['’]m|I am|we['’]re|my|best|just|only|a";

    private const string Spoken = @"or (so|something|similar)|(I|we) (suppose|presume)";

    private static readonly Regex Before = Compile($@"(\b(?<word>{Words})|{Characters})([\s,:]*(\b({Filler})\b|选|是)){{0,6}}[\s,:]*[(\[]?$");

    // Behind a comma or a bracket an adverb is of the label only where the clause ends with it.
    private static readonly Regex After = Compile(
        $@"^(?<close>[)\]])?((\s+({Links})){{0,4}}\s+((?<word>{Adverbs})\b|{Characters})"
        + $@"|([\s,;(–—-]+({Links})){{0,4}}[\s,;(–—-]+(((?<word>{Statements})|{Spoken})\b|(?<word>{Adverbs})\b(\s+({Filler}|not|so|best|wrong))*\s*([.,;:!?)\]\n–—-]|(but|and|though|although)\b|$))"
        + $@"|[\s,;(–—-]+(但是?|不过|也|でも)?({Characters})(是|对|正确|不对|错了?|吧|的|です)*\s*([.,;:!?)\]。\n]|$))");

    private static readonly Regex Around = Compile(
        $@"^\W*((it['’]s|it is|the answer is) )?((?<word>{Words})\b|(?<word>{Characters}))|\b((I|we) (guess|suppose)|or so|if (I|we) (had|have) to( (guess|choose|pick))?|(I|we) (could|may|might) be (wrong|mistaken)|(not|n['’]t) ((quite|entirely|very|too|really|so) )?(sure|certain))\W*$");

    private static readonly Regex Only = Compile($@"^\W*((I['’]m|I am|it['’]s|it is|this is|that['’]s|is|but|just|my|best|a) )*(((?<word>{Words})|or so)|{Characters})(\s+({Filler}|so|right|correct))*\W*$");

    // What the text of a choice may be, as in PubMedQA (Jin et al., 2019, arXiv:1909.06146): yes, no, maybe.
    private static readonly Regex Text = Compile($@"^({Adverbs}|unsure|uncertain|not sure|nicht sicher|{Characters})[\s.!)\]]*$");

    /// <summary>Whether a sentence begins or ends with such words.</summary>
    /// <param name="text">The sentence.</param>
    /// <param name="named">The choices whose texts stand in it: their own words are no hedge.</param>
    /// <param name="labels">The labels of the choices.</param>
    public static bool Hold(string text, ImmutableArray<string> named, ChoiceLabels labels) =>
        Around.Match(text) is { Success: true } hedge && !(labels.ByText(hedge.Groups["word"].Value) is { } choice && named.Contains(choice));

    /// <summary>Whether such words stand beside a label.</summary>
    public static bool StandAt(string text, int start, int end, string label, ChoiceLabels labels)
    {
        var after = After.Match(ChoiceDoubts.After(text, end).ToString());
        return (Before.Match(ChoiceDoubts.Before(text, start).ToString()) is { Success: true } before && !Names(before, label, labels))
            || (after.Success && !Names(after, label, labels) && !(after.Groups["close"].Success && !labels.HaveTexts && Text.IsMatch(after.Value[1..].Trim())));
    }

    /// <summary>Whether nothing but such words stands behind a label and its mark.</summary>
    /// <param name="text">The text, label and mark first.</param>
    /// <param name="label">The label.</param>
    /// <param name="rest">What follows them.</param>
    /// <param name="labels">The labels of the choices.</param>
    public static bool Follow(string text, string label, string rest, ChoiceLabels labels)
    {
        var hedge = Only.Match(rest);
        hedge = hedge.Success || rest is not [',' or ';', ..] ? hedge : After.Match(rest);
        return hedge.Success && !Names(hedge, label, labels) && !MayBeText(text, rest, labels);
    }

    /// <summary>Whether such words behind a label and its mark may be the text of a choice that nobody told.</summary>
    public static bool MayBeText(string text, string rest, ChoiceLabels labels) => !labels.HaveTexts && Text.IsMatch(rest) && !ChoiceJudgement.IsRemark(text, rest);

    private static bool Names(Match hedge, string label, ChoiceLabels labels) => labels.Begins(label, hedge.Groups["word"].Value);

    // Texts come decomposed.
    private static Regex Compile(string pattern) => new(UnicodeDecomposition.Of(pattern), Options);
}
