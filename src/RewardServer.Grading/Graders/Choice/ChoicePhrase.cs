using System.Text.RegularExpressions;

namespace RewardServer.Grading.Graders.Choice;

/// <summary>Writes what says that a choice was made as "the answer is …", for which answers are looked for.</summary>
internal static class ChoicePhrase
{
    private const RegexOptions Options =
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture;

    private static readonly (Regex Phrase, string Answer)[] Phrases =
    [
        (new(@"\b(correct|right|best) (options?|choices?|statements?|letters?)( is| are| would be|:)", Options), "the answer is"),
        (new(@"\b(I|we)(['’](d|ll))?( would| will| should| must)? (choose|pick|select|go with)( the)?( options?| choices?| answers?| letters?)?:? ", Options), "the answer is "),
        (new(@"\b(options?|choices?|answer) (?<label>\(?([a-z]|[ivx]{1,4}|\d{1,2})\)?) is (the )?(correct|right|best)( (answer|option|choice|one))?\b", Options), "the answer is ${label}"),
        (new(@"(?<before>^|[\s,])(?<label>(?-i:\([A-Za-z]\)|[A-Z]|[IVX]{1,4})|\(\d{1,2}\)) is (the )?(correct|right|best) (answer|option|choice|one)\b", Options), "${before}the answer is ${label}"),
        (new(@"(?<before>^|[^不未别勿])(应该?|所以|故|我|因此)?选(择|项)?[:：是为]?\s?(?<label>[A-Za-z0-9])", Options), "${before}答案是${label}"),
    ];

    /// <summary>The text with such phrases in it. Linear in the text.</summary>
    public static string Rewrite(string text)
    {
        foreach (var (phrase, answer) in Phrases)
        {
            text = phrase.Replace(text, answer);
        }

        return text;
    }
}
