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
    private static readonly Regex RaisedPower = new("([⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)", Options);
    private static readonly Regex BracketedPower = new(@"\^\s?\(([-+]?\d+)\)", Options);

    // A command ends where a letter does not follow: "\times10" is one.
    private static readonly Regex Times = new(@"\\(?:times|cdot)(?:\s|([^a-zA-Z])|$)|[×·⋅∗]", Options);
    private static readonly Regex Degree = new(@"\^\s?(?:\{\s?\\circ\s?\}|\\circ\b\s?)|\\degree\b\s?", Options);
    private static readonly Regex Symbol = new(@"\\(Omega|mu|approx)\b\s?", Options);
    private static readonly Regex NarrowSpace = new(@"\\[,;:! ]|\{,\}|[\u2009\u202F\u00A0]", Options);

    /// <summary>The text in plain characters.</summary>
    public static string Plain(string text)
    {
        text = Presentation.Unwrap(text);
        text = NarrowSpace.Replace(text, match => match.Value == "{,}" ? "," : match.Value == @"\!" ? "" : " ");
        text = DigitFraction.Replace(Fraction.Replace(text, " $1/$2"), " $1/$2");
        text = Times.Replace(RaisedPower.Replace(Vulgar.Replace(text, " $1"), "^$1"), "*$1");
        text = Symbol.Replace(Degree.Replace(text, "°"), match => match.Groups[1].Value switch { "Omega" => "Ω", "mu" => "μ", _ => "≈" });
        text = Presentation.Plain(text.Replace(@"\%", "%", StringComparison.Ordinal).Replace(@"\$", "＄", StringComparison.Ordinal));
        text = UnicodeDecomposition.Of(text).Replace('−', '-').Replace('⁄', '/').Replace('∕', '/').Replace('’', '\'').Replace("**", "^", StringComparison.Ordinal);
        return BracketedPower.Replace(text, "^$1").Trim().TrimEnd('.', ',', ';').TrimEnd();
    }

    /// <summary>The unit of a task in plain characters. A single dollar is money there, and opens no formula.</summary>
    public static string Unit(string unit) =>
        Plain(unit.Count(letter => letter == '$') == 1 && !unit.Contains(@"\$", StringComparison.Ordinal) ? unit.Replace("$", @"\$", StringComparison.Ordinal) : unit);
}
