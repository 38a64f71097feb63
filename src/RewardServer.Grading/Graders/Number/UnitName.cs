using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace RewardServer.Grading.Graders.Number;

/// <summary>The words behind a number: whether they name what is counted or measured, and in which form names are compared.</summary>
internal static class UnitName
{
    private const int MostWords = 4;
    private const int Longest = 40;

    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture;

    private static readonly Regex Words = new(@"^[\p{L}\p{M}%‰°$€£¥₹µΩ/.^()*\d\s-]+$", Options);

    // Letters that stand alone and are a unit; others are variables.
    private static readonly Regex Letter = new("^([a-zA-Z]|π|∞)([^a-zA-Z]|$)", Options);
    private const string Units = "mgshLlKNJWVACFTt";

    // Digits that are no exponent: those of another quantity ("m 5 cm", "h30"), or of a calculation ("m/5", "m-30").
    private static readonly Regex OtherNumber = new(@"(^|[^\p{L}\p{M}^\d-])-?\d|\p{L}-?(\d\d|[5-9])|\d-\d|--", Options);

    private static readonly FrozenSet<string> NoUnits = new[]
    {
        "or", "and", "not", "to", "at", "least", "most", "more", "less", "than", "about", "plus", "minus", "times", "if", "is", "are", "but", "either", "maybe", "perhaps",
        "wrong", "incorrect", "squared", "cubed", "factorial", "dozen", "k", "mil", "bn", "mn", "pi", "mod", "over", "of", "e", "i", "the", "a", "an", "below", "above", "oder", "ou", "或", "approximately",
        "root", "power", "hundred", "thousand", "million", "billion", "trillion", "through", "up", "down",
        "negative", "recurring", "repeating", "repeated", "doubled", "halved", "twice", "dozens", "hundreds", "thousands", "millions", "billions", "lakh", "crore", "point",
        "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
    }.ToFrozenSet();

    // What is counted is a share of one, so that 3 of them are not 3.
    private static readonly FrozenSet<string> Shares = new[]
    {
        "half", "halve", "third", "quarter", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth", "sixteenth", "twentieth",
        "hundredth", "thousandth", "millionth", "billionth", "ppm", "ppb", "ppt", "permille", "permil", "promille", "mille", "basispoint", "bps",
    }.ToFrozenSet();

    private static readonly FrozenDictionary<string, string> Aliases = new Dictionary<string, string>
    {
        ["$"] = "dollar", ["usd"] = "dollar", ["€"] = "euro", ["eur"] = "euro", ["£"] = "pound", ["gbp"] = "pound", ["¥"] = "yen", ["jpy"] = "yen", ["₹"] = "rupee", ["inr"] = "rupee",
        ["percent"] = "%", ["‰"] = "permille", ["°"] = "degree",
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
            if (!Units.Contains(words[match.Index], StringComparison.Ordinal))
            {
                return true;
            }
        }

        var all = words.Split((char[])[' ', '(', ')'], StringSplitOptions.RemoveEmptyEntries);
        return words.Length > Longest || all.Length > MostWords || !Words.IsMatch(words) || !(char.IsLetter(words[0]) || words[0] is '‰' or '°' or '$' or '€' or '£' or '¥' or '₹' or '(')
            || OtherNumber.IsMatch(words) || all.SelectMany(word => word.Split('-')).Any(IsNoUnit)
            || (!IsShare(Of(words)) && all.SelectMany(word => word.Split('-')).Any(word => IsShare(Of(word))));
    }

    /// <summary>Whether the unit, in the form that <see cref="Of"/> gives, is a part of one: without it the number is another.</summary>
    public static bool IsShare(string unit) => Shares.Contains(unit.ToLowerInvariant());

    /// <summary>The form in which units are compared: short ones by their letters' case, words in the singular, exponents without a sign.</summary>
    public static string Of(string words)
    {
        var bare = words.Replace(" ", "", StringComparison.Ordinal).Replace(".", "", StringComparison.Ordinal).Replace("^", "", StringComparison.Ordinal).Trim('(', ')');
        var lower = bare.ToLowerInvariant();
        return Aliases.TryGetValue(lower, out var name) ? name
            : bare.Length <= 3 ? bare
            : lower.EndsWith('s') && !lower.EndsWith("ss", StringComparison.Ordinal) ? lower[..^1] : lower;
    }

    // Of letters alone, "k" is a thousand and "K" a unit.
    private static bool IsNoUnit(string word) => word.Trim('.', ',') is var bare && NoUnits.Contains(bare.Length == 1 ? bare : bare.ToLowerInvariant());
}
