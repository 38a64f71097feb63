using System.Text.RegularExpressions;
using RewardServer.Grading.Graders.Texts;

namespace RewardServer.Grading.Graders.Logic.Reading;

/// <summary>How a text takes back the numbers or the expression that it gives.</summary>
internal enum DoubtKind
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>It leaves a choice.</summary>
    Hedge,

    /// <summary>It says that they are no answer.</summary>
    Denial,
}

/// <summary>Words beside an answer that hedge it or deny it.</summary>
internal static class Doubt
{
    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture;

    private const string Denials =
        @"(no|not|never|neither|nor|none|nothing|cannot|without|wrong|wrongly|incorrect|invalid|false|untrue|fail|fails|failed|failing|impossible|doubt|doubtful|contradicts?|contradiction|contradictory|inconsistent|mistake|mistaken|unsolvable|rejected|bad|[a-z]+n['’]t)";

    private static readonly Regex Hedging = Compile(
        @"\b(or|either|maybe|perhaps|possibly|alternatively|otherwise|might|could|may|unsure|uncertain|probably|presumably|likely|unknown|guess(ing)?|supposedly|apparently|tentatively)\b|\?"
        + @"|\b(no (idea|clue)|(not|never|hardly|n['’]t be) ((so|too|very|quite|entirely|fully|completely|totally|absolutely|100 ?%|really|at all|be) )?(sure|certain|confident|convinced|clear)|hard to (say|tell)|if I had to)\b"
        + @"|\b(oder|entweder|vielleicht|möglicherweise|eventuell|vermutlich|wahrscheinlich|womöglich|unsicher|(nicht|kaum) sicher)\b"
        + @"|\b(ou|soit|peut-être|probablement|possiblement|sans doute|pas (sûre?|certaine?))\b|\b(quizás?|tal vez|a lo mejor|posiblemente|probablemente|no estoy segur[oa])\b"
        + @"|\b(forse|probabilmente|oppure|non sono sicur[oa]|talvez|provavelmente|possivelmente|não tenho certeza)\b|\b(или|либо|возможно|может быть|наверное|вероятно|не уверена?)\b"
        + @"|或|也许|可能|大概|估计|不确定|不太?(清楚|肯定)|たぶん|多分|おそらく|かもしれ|または|あるいは|아마|어쩌면|또는|혹은|확실하지");

    private static readonly Regex Denying = Compile($@"\b{Denials}\b|[¬✗✘❌]|≠");

    // "It" and "this" speak of what stands before.
    private static readonly Regex Retracting = Compile(
        $@"^\W*((but|however|yet|so|and|clearly|unfortunately|wait)\W+)*((this|that|it|these|those|which|they)\b[^.\n]{{0,40}}\b{Denials}\b|{Denials}\W*$)");

    // What says how the answer keeps the rules: "with no repeats", "no two queens attack each other".
    private static readonly Regex Harmless = Compile(
        @"\b(no|not|never|without|cannot|(doesn|don|isn|aren|can)['’]t|none of them)\s+((a|any|the|lead to|leads? to|have|contain|break|share)\s+){0,3}(repeat\w*|repetitions?|conflict\w*|duplicat\w*|violat\w*|contradict\w*|two|other|others|attack\w*|threaten\w*|errors?|mistakes?|rules?|constraints?|rows?|columns?|more than once)\b"
        + "|唯一的?可能的?|不可能(再|还)?(有|存在|是)?(其[他它]|别的|另|第二|更)|(其[他它]|别的)[^,.。\n]{0,8}不可能|(所有|一切|全部|各种|其[他它]|尽)的?可能|可能的?(组合|情况|性)");

    /// <summary>What a text holds; a hedge comes before a denial. Linear in the text.</summary>
    public static DoubtKind In(string text)
    {
        var plain = WithoutHarmless(text);
        return Hedging.IsMatch(plain) ? DoubtKind.Hedge : Denying.IsMatch(plain) ? DoubtKind.Denial : DoubtKind.None;
    }

    /// <summary>Whether a sentence takes back what stands before it: "This is impossible."</summary>
    public static bool Retracts(string sentence) => Retracting.IsMatch(WithoutHarmless(sentence));

    private static string WithoutHarmless(string text) => Harmless.Replace(UnicodeDecomposition.Of(PlainText.Of(text)), " ");

    // Texts come decomposed.
    private static Regex Compile(string pattern) => new(UnicodeDecomposition.Of(pattern), Options);
}
