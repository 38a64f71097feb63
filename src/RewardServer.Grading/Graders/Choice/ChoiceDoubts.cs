using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace RewardServer.Grading.Graders.Choice;

/// <summary>Tells what a sentence denies, and what it says may be, from what it chooses.</summary>
internal static class ChoiceDoubts
{
    private const int Window = 60;

    private const RegexOptions Options =
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture;

    // "≠" comes decomposed.
    private const string Signs = @"≠|=\u0338|¬|!\s?=|<>|\\(neq?|neg|lnot|not)\b|[✗✘❌☒]";

    private static readonly Regex Denial = new(
        $@"\b(not|cannot|never|neither|nor|except|unlike|wrong|incorrect|false|((any|every)thing|all|any) but|(rather|other) than|instead of|nicht|kein|keine|не)\b|\b(I|we) ((really|strongly|highly|seriously) )?doubt\b|n['’]t\b|不|非|{Signs}", Options);

    private static readonly Regex DeniedBefore = new(
        $@"(\b(not|never|neither|nor|cannot|except|unlike|nicht|kein|не|((any|every)thing|all|any) but|(rather|other) than|instead of|eliminat(e|es|ed|ing)|exclud(e|es|ed|ing)|reject(s|ed|ing)?|rul(e|es|ed|ing) out|discard(s|ed|ing)?)|\b(I|we) ((really|strongly|highly|seriously) )?doubt( (that|if|whether|it|is|it['’]s)){{0,3}}|(^|[.;\n])\s*(wrong|incorrect|false)\s?:|n['’]t|不是|不选|排除|非|{Signs})(\s(be|the|to|choose|select|pick|options?|choices?|answers?|letters?)){{0,4}}\s*[(\[]?$", Options);

    private static readonly Regex DeniedAfter = new(
        @"^[)\].:]?\s*((is|are|was|were|does|do|can|could|must|should|will|would)\s?(not|n['’]t)\b|(is|are|was|would be) (clearly |also |definitely |obviously )?(the )?(wrong|incorrect|false|impossible|ruled out|eliminated|excluded|out)\b|(isn|doesn|wasn|can)['’]t\b|cannot\b|(ist|est|es|e\u0300|e\u0301) (falsch|faux|fausse|errad[oa]|fals[oa]|sbagliat[oa]|incorre\w+|nicht|pas|non)\b|(неверн|неправильн|не верн)|は(違|間違|不正解|誤)|不(对|正确|是|成立)|错|[✗✘❌☒])", Options);

    // A judgement with which the sentence ends; the same words may be the text of the choice.
    private static readonly Regex Judged = new(@"^[)\]]?\s?([(\[]\s*(?<word>incorrect|wrong|not (correct|right|true))|\?\s*(?<word>no|nope|incorrect|wrong|false|not (correct|right|true)))\W*$", Options);

    private static readonly Regex UnsureBefore = new(
        @"(\b(could|might|may)( (well|also|possibly|just|perhaps))? be|\b(none|nothing)( of (them|these|the above))? or)(\s(the|right|correct|options?|choices?|answers?|letters?)){0,4}\s*[:(\[]*$", Options);

    private static readonly Regex UnsureAfter = new(@"^[)\]]?\s?(or|/)\s?(none|neither|nothing)\b", Options);

    private static readonly Regex Unsure = new(@"^\W*((it|this|that) )?(could|might|may)( (well|also|possibly|just|perhaps))? be\b|\bor (none|neither|nothing)\b", Options);

    /// <summary>Whether the sentence denies anything.</summary>
    public static bool Denies(string text) => Denial.IsMatch(text);

    /// <summary>Whether the sentence only says what may be.</summary>
    /// <param name="text">The sentence.</param>
    /// <param name="named">The choices whose texts stand in it.</param>
    /// <param name="labels">The labels of the choices.</param>
    public static bool IsUnsure(string text, ImmutableArray<string> named, ChoiceLabels labels) => Unsure.IsMatch(text) || ChoiceHedges.Hold(text, named, labels);

    /// <summary>Whether a label is denied where it stands.</summary>
    public static bool IsDenied(string text, int start, int end, ChoiceLabels labels) =>
        DeniedBefore.IsMatch(Before(text, start)) || DeniedAfter.IsMatch(After(text, end)) || IsJudged(text, end, labels) || ChoiceJudgement.DeniesAt(text, start, labels);

    /// <summary>Whether a label is only one that may be, where it stands.</summary>
    public static bool IsUnsure(string text, int start, int end, string label, ChoiceLabels labels) =>
        UnsureBefore.IsMatch(Before(text, start)) || UnsureAfter.IsMatch(After(text, end)) || ChoiceHedges.StandAt(text, start, end, label, labels);

    /// <summary>The text before a place, as far as is looked.</summary>
    public static ReadOnlySpan<char> Before(string text, int start) => text.AsSpan(Math.Max(0, start - Window), Math.Min(start, Window));

    /// <summary>The text behind a place, as far as is looked.</summary>
    public static ReadOnlySpan<char> After(string text, int end) => text.AsSpan(end, Math.Min(Window, text.Length - end));

    // Where much follows, no judgement ends it.
    private static bool IsJudged(string text, int end, ChoiceLabels labels) =>
        text.Length - end <= Window && Judged.Match(text[end..]) is { Success: true } judged && labels.ByText(judged.Groups["word"].Value) is null;
}
