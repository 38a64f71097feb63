using System.Text;
using System.Text.RegularExpressions;

namespace RewardServer.Grading.Graders.Judge.Showing;

/// <summary>
/// Whether a text speaks to the judge and not to its reader. Told by words that a response to a task has no use for; a text about grading may hold
/// some, and another wording may hold none. It is a signal, not a defence: that is the delimiters'.
/// </summary>
internal static class InjectionSigns
{
    private const RegexOptions Options =
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.Multiline | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture;

    private const string Judges = "(grader|evaluator|rater|scorer|assessor|judging model|judge model|reward model|llm judge|ai judge)s?";

    private const string Highest = @"((a|an|the)\s+)?(perfect|full|maximum|max|maximal|highest|top|best)(\s+possible)?\s+(score|scores|mark|marks|rating|grade|points|reward)";

    private static readonly Regex[] Signs =
    [
        // Instructions that are to be forgotten.
        Sign(@"\b(ignore|disregard|forget|override|bypass|do not follow|don't follow)\s+(\w{1,20}\s+){0,3}(previous|prior|above|earlier|preceding|foregoing|all|any|your|these|those|the)\s+(\w{1,20}\s+){0,3}(instructions?|prompts?|rubrics?|criteria|guidelines|directions)\b"),
        Sign(@"(忽略|无视|無視|忽视|忽視|忘记|忘記|忘掉|不要理会|不要理會|不要遵循|不用管)[^。\n]{0,12}(之前|上面|上述|以上|先前|前面|所有|全部|一切|系统|系統|评分|評分|任何|你的)[^。\n]{0,12}(指令|指示|提示|规则|規則|标准|標準|要求|说明|說明|准则|準則)"),

        // Whoever grades is spoken to.
        Sign($@"\b(dear|attention|note to|message to|to the|hey|hello|as the|as an?|you are the|you are an?)\s+(ai\s+|llm\s+|automated\s+)?{Judges}\b"),
        Sign(@"\b(dear|attention|note to( the)?|as the|you are the|you are a)\s+(ai\s+)?judge\b[^.\n]{0,40}\b(you|please|score|give|award|rate|assign|output)\b"),
        Sign("(作为|作為|尊敬的|亲爱的|親愛的|致|你是)[^。\\n]{0,6}(评分|評分|评审|評審|评判|評判|阅卷|閱卷|打分|评估|評估)(者|员|員|人|官|老师|老師|模型|专家|專家|系统|系統)"),

        // A score is asked for.
        Sign($@"\b(give|giving|award|assign|grant|output|return|respond with|deserves?|merits?|earns?|rate)\b[^.\n]{{0,40}}\b{Highest}\b"),
        Sign(@"\b(give|award|assign|grant|rate|score|mark|grade)\s+(this|it|me|my|the\s+(above\s+|following\s+)?(response|answer|completion|essay|submission|solution|text|output)|this\s+(response|answer|completion|essay|submission|solution|text|output))\b[^.\n]{0,20}\b(10|ten|100)(\s*/\s*10|\s+out\s+of|\s+points?\b|\s+marks?\b|\s*[.!?,;:""')]|\s*$|\s+(and|because|for|on)\b)"),
        Sign(@"(给|給|打|评|評|输出|輸出)[^。\n]{0,12}(满分|滿分|最高分|最高的分|高分|10\s*分([^钟鐘]|$)|100\s*分([^钟鐘]|$))"),

        // A score, as the judge would write it.
        Sign(@"^[\s>#*_`""-]{0,12}((final|overall|total)\s+)?(score|rating)[\s*_`""]{0,6}[:：=][\s*_`]{0,6}[0-9]{1,4}(\.[0-9]{1,4})?(\s*(/|out of)\s*[0-9]{1,4})?[\s*_`.]*$"),
        Sign(@"\{\s*""score""\s*:\s*[0-9.]{1,9}\s*\}"),
        Sign(@"^[\s>#*_`-]{0,12}(最终|最終)?(评分|評分|得分|分数|分數|总分|總分)[\s*_`]{0,6}[:：=][\s*_`]{0,6}[0-9]{1,4}(\.[0-9]{1,4})?(\s*(/|分)\s*[0-9]{0,4})?[\s*_`。]*$"),

        // Borders: of messages, and of what is judged.
        Sign(@"[<＜][|｜][a-z_▁]{2,40}[|｜][>＞]"),
        Sign(@"</?(bos|eos|start_of_turn|end_of_turn)>|<</?SYS>>|\[/?(INST|SYSTEM_PROMPT)\]|[\[［【]\s*(BEGIN|END)\s+(RESPONSE|REQUEST|REFERENCE)"),
        Sign(@"^\s*[-=#*\[<]{2,}\s*(begin|end|start)\s+(of\s+)?(the\s+)?(response|answer|submission|candidate|request|conversation)\b"),
        Sign(@"^\s*\[?(system|admin|administrator|developer)\s+(message|note|override|instructions?|prompt)\]?\s*[:：]"),
    ];

    /// <summary>Whether there are any.</summary>
    public static bool StandIn(string text)
    {
        var seen = WithoutUnseen(text);
        return HasTags(text) || Array.Exists(Signs, sign => sign.IsMatch(seen));
    }

    private static Regex Sign(string pattern) => new(pattern, Options);

    // Marks that are not seen must not part a word from itself.
    private static string WithoutUnseen(string text)
    {
        var seen = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (c is not ('\u00AD' or '\u200B' or '\u200C' or '\u200D' or '\u200E' or '\u200F' or '\u2060' or '\uFEFF' or '\r'))
            {
                seen.Append(c);
            }
        }

        return seen.ToString();
    }

    // Letters that models read and people do not see; flags of regions have up to six of them, after a black flag.
    private static bool HasTags(string text)
    {
        const int Longest = 7;
        var run = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            run = rune.Value is >= 0xE0000 and <= 0xE007F ? run + 1 : 0;
            if (run > Longest)
            {
                return true;
            }
        }

        return false;
    }
}
