using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace RewardServer.Grading.Graders.Number;

/// <summary>The words behind a number: whether they name what is counted or measured, and in which form names are compared.</summary>
internal static class UnitName
{
    private const int MostWords = 4;
    private const int Longest = 40;

    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture;

    private static readonly Regex Words = new(@"^[\p{L}\p{M}%°$€£¥₹µΩ/.^()*\d\s-]+$", Options);

    // Letters that stand alone and are a unit; others are variables.
    private static readonly Regex Letter = new("^([a-zA-Z]|π|∞)([^a-zA-Z]|$)", Options);
    private const string Units = "mgshLlKNJWVACFTt";

    private static readonly FrozenSet<string> NoUnits = new[]
    {
        "or", "and", "not", "to", "at", "least", "most", "more", "less", "than", "about", "plus", "minus", "times", "if", "is", "are", "but", "either", "maybe", "perhaps",
        "wrong", "incorrect", "squared", "cubed", "factorial", "dozen", "k", "mil", "bn", "mn", "pi", "mod", "over", "of", "e", "i", "the", "a", "an", "below", "above", "oder", "ou", "或", "approximately",
        "root", "power", "hundred", "thousand", "million", "billion", "trillion", "through", "up", "down",
    }.ToFrozenSet();

    private static readonly FrozenDictionary<string, string> Aliases = new Dictionary<string, string>
    {
        ["$"] = "dollar", ["usd"] = "dollar", ["€"] = "euro", ["eur"] = "euro", ["£"] = "pound", ["gbp"] = "pound", ["¥"] = "yen", ["jpy"] = "yen", ["₹"] = "rupee", ["inr"] = "rupee",
    }.ToFrozenDictionary();

    /// <summary>Whether the words are no unit: they say something else of the number, or make another one of it.</summary>
    public static bool IsProse(string words)
    {
        if (words.Length == 0)
        {
            return false;
        }

        foreach (var match in Letter.EnumerateMatches(words))
        {
            return !Units.Contains(words[match.Index], StringComparison.Ordinal);
        }

        var all = words.Split((char[])[' ', '(', ')'], StringSplitOptions.RemoveEmptyEntries);
        return words.Length > Longest || all.Length > MostWords || !Words.IsMatch(words) || !(char.IsLetter(words[0]) || words[0] is '%' or '°' or '$' or '€' or '£' or '¥' or '₹' or '(')
            || all.Any(word => NoUnits.Contains(word.Trim('.', ',').ToLowerInvariant()) || word.All(char.IsAsciiDigit));
    }

    /// <summary>The form in which units are compared: short ones by their letters' case, words in the singular.</summary>
    public static string Of(string words)
    {
        var bare = words.Replace(" ", "", StringComparison.Ordinal).Replace(".", "", StringComparison.Ordinal).Trim('(', ')');
        var lower = bare.ToLowerInvariant();
        return Aliases.TryGetValue(lower, out var name) ? name
            : bare.Length <= 3 ? bare
            : lower.EndsWith('s') && !lower.EndsWith("ss", StringComparison.Ordinal) ? lower[..^1] : lower;
    }
}
