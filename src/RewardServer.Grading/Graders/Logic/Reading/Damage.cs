using System.Text.RegularExpressions;

namespace RewardServer.Grading.Graders.Logic.Reading;

/// <summary>Signs at a number that make it another one than its digits say.</summary>
internal static class Damage
{
    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture;

    private static readonly Regex Sign = new(@"(^|[\s,;:=(\[{|>""'])[-−–+]\d", Options);

    private static readonly Regex Valued = new(@"[,:=(\[|>""'][ \t]*[-−–+]\d", Options);

    private static readonly Regex Other = new(@"\d\.\d|[<>≤≥≠≈~]\s*=?\s*\d", Options);

    /// <summary>Whether a line holds a number with a sign before it.</summary>
    public static bool HasSign(string plain) => Sign.IsMatch(plain);

    /// <summary>Whether a text holds a number that has a sign, a decimal point, or is compared.</summary>
    public static bool IsIn(string plain) => HasSign(plain) || IsOther(plain);

    /// <summary>Whether what is said of a name is such a number.</summary>
    public static bool IsInValue(string plain) => Valued.IsMatch(plain) || IsOther(plain);

    // Arrows are no comparisons.
    private static bool IsOther(string plain) => Other.IsMatch(plain.Replace("->", ":", StringComparison.Ordinal).Replace("=>", ":", StringComparison.Ordinal));
}
