using System.Buffers;
using System.Text.RegularExpressions;

namespace RewardServer.Grading.Graders.Chain;

/// <summary>Whether a text states an equality as true: one that is supposed, asked, denied, or meant in another arithmetic is no claim.</summary>
internal static class Assertion
{
    private const int Reach = 100;

    private const RegexOptions Options =
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture;

    private static readonly Regex Supposed = new(
        @"\b(if|suppose|supposing|assume|assuming|imagine|whether|unless|not|never|cannot|wrong|incorrect|false|instead of)\b|n['’]t\b|如果|假设|不|если|допустим|\bне\b", Options);

    private static readonly Regex Denied = new(
        @"^[^\w=]*(\w+\s+){0,3}(not|wrong|incorrect|false|impossible|contradiction|contradictory|absurd)\b|^[^\w=]*(\w+\s+){0,2}\w+n['’]t\b|^[^.!;\n]*[?？]|^[^.;\n]{0,40}(不对|错)", Options);

    private static readonly Regex OtherArithmetic = new(@"\bmod(ulo|ular)?\b|\\[bp]?mod|≡|\\equiv|\b(binary|octal|hex|hexadecimal|bitwise|xor|base)\b|0[xb][0-9a-f]", Options);

    private static readonly SearchValues<char> ClauseEnds = SearchValues.Create(",;:.!?\n");

    /// <summary>Whether the words around the equality let it stand.</summary>
    public static bool Holds(string text, StatedEquality equality)
    {
        var before = text.AsSpan(Math.Max(0, equality.Start - Reach), Math.Min(equality.Start, Reach));
        var after = text.AsSpan(equality.End, Math.Min(Reach, text.Length - equality.End));
        return !Supposed.IsMatch(before[(before.LastIndexOfAny(ClauseEnds) + 1)..]) && !Denied.IsMatch(after)
            && !OtherArithmetic.IsMatch(before[(before.LastIndexOf('\n') + 1)..])
            && !OtherArithmetic.IsMatch(text.AsSpan(equality.Start, equality.End - equality.Start))
            && !OtherArithmetic.IsMatch(after.IndexOf('\n') is >= 0 and var line ? after[..line] : after);
    }
}
