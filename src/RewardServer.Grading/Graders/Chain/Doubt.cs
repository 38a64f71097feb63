using System.Text.RegularExpressions;

namespace RewardServer.Grading.Graders.Chain;

/// <summary>
/// Whether an equality whose sides differ may be meant in another way than it was read: in another arithmetic, with signs that
/// a text defines for itself, or with a writing that is read in more than one way.
/// </summary>
internal static class Doubt
{
    private const RegexOptions Options =
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture;

    private static readonly Regex OtherArithmetic = new(
        @"\bmod(ulo|ular)?\b|\\[bp]?mod|≡|\\equiv|\b(binary|octal|hex|hexadecimal|bitwise|xor|base)\b|0[xb][0-9a-f]", Options);

    // 2^34^2 for 2^3·4^2, 80\frac{1}{2} for a mixed number or a product, 1.5(10) with repeating digits or a product, 2e5, a ÷ bc, 100%7
    private static readonly Regex TwoWays = new(
        @"\\(ast|star|circ|oplus|otimes|odot|#|&|diamond|clubsuit|spadesuit|heartsuit|bigstar|triangle|lozenge)\b|\^\d\d|\d\s*\\[dtc]?frac|\d\.\d+\(\d|\de[-+]?\d|(\\div|÷|/)\s*\d+\s*(\\[a-z]|\(|[a-zπ])|%\s*[\d(]", Options);

    // "(3) x $(5) = 64$" or "= 111$ remainder 1"
    private static readonly Regex OpensBefore = new(@"([)+*/=×#@&]|\b[b-z])$", Options);
    private static readonly Regex NextWord = new(@"^[\s$\\)\]}.,]{0,6}\b(?<word>[a-z]+)", Options);

    /// <summary>Whether it may be meant in another way.</summary>
    public static bool IsIn(string text, StatedEquality equality)
    {
        var (before, after) = (equality.Before(text).ToString(), equality.After(text).ToString());
        var word = NextWord.Match(after).Groups["word"].Value;
        return TwoWays.IsMatch(equality.Left) || TwoWays.IsMatch(equality.Right)
            || OtherArithmetic.IsMatch(before[(before.LastIndexOf('\n') + 1)..])
            || OtherArithmetic.IsMatch(text.AsSpan(equality.Start, equality.End - equality.Start))
            || OtherArithmetic.IsMatch(after.Split('\n')[0])
            || (equality.OpensFormula && OpensBefore.IsMatch(before.AsSpan().TrimEnd("$\\([ \n")))
            || (equality.IsFormula && (PlainWords.IsUnit(word) || (PlainWords.IsArithmetic(word) && word is not ("and" or "or"))));
    }
}
