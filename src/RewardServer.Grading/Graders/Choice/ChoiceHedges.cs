using System.Text.RegularExpressions;
using RewardServer.Grading.Graders.Texts;

namespace RewardServer.Grading.Graders.Choice;

/// <summary>Tells where words leave it open whether a choice is meant at all: "maybe B", "B, I guess", "B or so". "Most likely" singles one out, and is none of them.</summary>
internal static class ChoiceHedges
{
    private const RegexOptions Options =
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture;

    private const string Words =
        @"maybe|perhaps|possibly|probably|presumably|supposedly|tentatively|(I|we)( would| will| can only|['’](d|ll))? guess|guess(ing)?|unsure|uncertain"
        + @"|(not|never|n['’]t be) ((so|too|very|quite|entirely|fully|completely|totally|absolutely|really|100 ?%) )?(sure|certain|confident)( (if|whether|that))?"
        + "|vielleicht|möglicherweise|vermutlich|wahrscheinlich|nicht sicher|peut-être|probablement|quizás?|tal vez|a lo mejor|probablemente|posiblemente"
        + "|forse|probabilmente|talvez|provavelmente|возможно|может быть|наверное|вероятно";

    private const string Characters = "也许|可能|大概|不确定|たぶん|多分|おそらく|아마|어쩌면";

    private const string Filler = "but|it|it['’]s|this|that|is|be|would|I|say|with|go|choose|pick|the|right|correct|options?|choices?|answers?|letters?";

    private static readonly Regex Before = Compile($@"(\b({Words})|{Characters})([\s,:]*(\b({Filler})\b|选|是)){{0,6}}[\s,:]*[(\[]?$");

    private static readonly Regex After = Compile(
        $@"^[)\]]?([\s,;(–—-]+(is|are|but|and|though|it['’]s|I['’]m|I am|we['’]re|my|best|just|only|a)){{0,4}}[\s,;(–—-]+(({Words}|or (so|something|similar)|(I|we) (suppose|presume))\b|{Characters})");

    private static readonly Regex Around = Compile(
        $@"^\W*((it['’]s|it is|the answer is) )?(({Words})\b|{Characters})|\b((I|we) (guess|suppose)|or so|(not|n['’]t) ((quite|entirely|very|too|really|so) )?(sure|certain))\W*$");

    private static readonly Regex Only = Compile($@"^\W*((I['’]m|I am|it['’]s|it is|this is|that['’]s|is|but|just|my|best|a) )*(({Words}|or so)|{Characters})(\s+({Filler}|so|right|correct))*\W*$");

    /// <summary>Whether a sentence begins or ends with such words.</summary>
    public static bool Hold(string text) => Around.IsMatch(text);

    /// <summary>Whether such words stand beside a label.</summary>
    public static bool StandAt(string text, int start, int end) => Before.IsMatch(ChoiceDoubts.Before(text, start)) || After.IsMatch(ChoiceDoubts.After(text, end));

    /// <summary>Whether a text is nothing but such words.</summary>
    public static bool AreAll(string text) => Only.IsMatch(text);

    // Texts come decomposed.
    private static Regex Compile(string pattern) => new(UnicodeDecomposition.Of(pattern), Options);
}
