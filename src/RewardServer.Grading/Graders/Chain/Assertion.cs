using System.Buffers;
using System.Text.RegularExpressions;

namespace RewardServer.Grading.Graders.Chain;

/// <summary>Whether a text states an equality as true: one that is supposed, asked or denied is no claim.</summary>
internal static class Assertion
{
    private const RegexOptions Options =
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture;

    private static readonly Regex Supposed = new(
        @"\b(if|suppose|supposing|assume|assuming|imagine|whether|unless|not|never|cannot|wrong|incorrect|false|instead of)\b|n['’]t\b|如果|假设|不|если|допустим|\bне\b", Options);

    private static readonly Regex Denied = new(
        @"^[^\w=]*(\w+\s+){0,3}(not|wrong|incorrect|false|impossible|contradiction|contradictory|absurd)\b|^[^\w=]*(\w+\s+){0,2}\w+n['’]t\b|^[^.!;\n]*[?？]|^[^.;\n]{0,40}(不对|错)", Options);

    private static readonly SearchValues<char> ClauseEnds = SearchValues.Create(",;:.!?\n");

    /// <summary>Whether the words around the equality let it stand.</summary>
    public static bool Holds(string text, StatedEquality equality)
    {
        var before = equality.Before(text);
        return !Supposed.IsMatch(before[(before.LastIndexOfAny(ClauseEnds) + 1)..]) && !Denied.IsMatch(equality.After(text));
    }
}
