using System.Text.RegularExpressions;
using RewardServer.Grading.Extraction;
using RewardServer.Grading.Graders.Texts;

namespace RewardServer.Grading.Graders.Number;

/// <summary>Writes LaTeX's and Unicode's numbers in plain characters.</summary>
internal static class NumberText
{
    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.NonBacktracking;

    private static readonly Regex Fraction = new(@"\\[dt]?frac\s?\{([^{}]*)\}\s?\{([^{}]*)\}", Options);
    private static readonly Regex DigitFraction = new(@"\\[dt]?frac\s?(\d)\s?(\d)", Options);
    private static readonly Regex Vulgar = new("([¼-¾⅐-⅞])", Options);
    private static readonly Regex RaisedPower = new("10([⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)", Options);
    private static readonly Regex Times = new(@"\\(times|cdot)\b\s?|[×·⋅∗]", Options);
    private static readonly Regex NarrowSpace = new(@"\\[,;:! ]|\{,\}|[\u2009\u202F\u00A0]", Options);

    /// <summary>The text in plain characters.</summary>
    public static string Plain(string text)
    {
        text = Presentation.Unwrap(text);
        text = NarrowSpace.Replace(text, match => match.Value == "{,}" ? "," : match.Value == @"\!" ? "" : " ");
        text = DigitFraction.Replace(Fraction.Replace(text, " $1/$2"), " $1/$2");
        text = Times.Replace(RaisedPower.Replace(Vulgar.Replace(text, " $1"), "10^$1"), "*");
        text = Presentation.Plain(text.Replace(@"\%", "%", StringComparison.Ordinal).Replace(@"\$", "＄", StringComparison.Ordinal));
        return UnicodeDecomposition.Of(text).Replace('−', '-').Replace('⁄', '/').Replace('∕', '/').Replace('’', '\'').Trim().TrimEnd('.', ',', ';').TrimEnd();
    }
}
