using System.Collections.Frozen;
using RewardServer.Symbolics.Equivalence;
using RewardServer.Symbolics.Expressions;

namespace RewardServer.Symbolics.Reading;

/// <summary>
/// Reads the words after a value as its unit. A unit is a short noun phrase; a phrase with a word of grammar in it, as in
/// "5 is wrong" or "5 or more", is prose, and prose is never a value.
/// </summary>
internal static class UnitReader
{
    private const int LongestPhrase = 5;

    private static readonly FrozenSet<string> Abbreviations = new[]
    {
        "cm", "mm", "km", "dm", "nm", "kg", "mg", "gm", "ml", "mL", "ft", "in", "lb", "lbs", "oz", "mi", "yd", "hr", "hrs", "min", "sec",
        "ms", "mph", "kph", "am", "pm", "AM", "PM", "Hz", "kW", "MB", "GB", "TB", "KB", "kB", "kJ", "kN", "sq", "cu", "USD", "EUR", "rad", "deg",
        "kJ", "kN", "kPa", "kV", "kHz", "MHz", "GHz", "eV", "keV", "MeV", "GeV", "mol", "mmol", "cal", "kcal", "rpm", "ohm", "dB", "atm", "amu", "Pa", "cc",
    }.ToFrozenSet();

    private static readonly FrozenSet<string> Prose = new[]
    {
        "is", "are", "was", "were", "be", "not", "no", "if", "but", "than", "then", "the", "a", "an", "at", "to", "by", "it", "its", "that",
        "this", "which", "least", "most", "more", "less", "about", "approximately", "approx", "circa", "maybe", "perhaps", "wrong", "incorrect", "false", "never",
        "except", "nor", "i", "we", "you", "he", "she", "they", "so", "because", "plus", "minus", "times", "with", "without", "instead",
        "nan", "undefined", "infinity", "cannot", "can't", "isn't", "aren't", "mod", "am", "pm", "unless", "until", "otherwise", "else", "versus", "vs", "excluding",
        "and", "or", "below", "above", "under", "over", "beneath", "underneath", "beyond", "off", "upward", "downward", "fewer", "lower", "higher", "greater", "smaller",
    }.ToFrozenSet();

    // They make another number of the one before them.
    private static readonly FrozenSet<string> Modifiers = new[]
    {
        "k", "squared", "cubed", "doubled", "tripled", "quadrupled", "halved", "negated", "inverted", "factorial", "negative", "inverse", "reciprocal", "opposite",
        "complement", "conjugate", "rounded", "truncated", "twice", "thrice", "double", "triple", "root", "power", "exponent", "base", "fold", "twofold", "tenfold", "binary",
        "octal", "hexadecimal", "divided", "multiplied", "added", "subtracted", "raised", "increased", "decreased", "reduced", "modulo",
    }.ToFrozenSet();

    // Nouns that end like adverbs.
    private static readonly FrozenSet<string> Nouns = new[]
    {
        "family", "assembly", "supply", "reply", "butterfly", "dragonfly", "firefly", "jelly", "lily", "belly", "bully", "anomaly", "monopoly", "ally", "rally", "hourly",
        "daily", "weekly", "monthly", "yearly", "elderly",
    }.ToFrozenSet();

    private static readonly FrozenDictionary<string, string> Aliases = new Dictionary<string, string>
    {
        ["centimeter"] = "cm", ["centimetre"] = "cm", ["millimeter"] = "mm", ["millimetre"] = "mm", ["kilometer"] = "km", ["kilometre"] = "km",
        ["meter"] = "m", ["metre"] = "m", ["gram"] = "g", ["gm"] = "g", ["kilogram"] = "kg", ["milligram"] = "mg", ["liter"] = "l", ["litre"] = "l",
        ["milliliter"] = "ml", ["millilitre"] = "ml", ["inche"] = "inch", ["in"] = "inch", ["feet"] = "foot", ["ft"] = "foot", ["yd"] = "yard",
        ["mi"] = "mile", ["lb"] = "pound", ["oz"] = "ounce", ["hour"] = "h", ["hr"] = "h", ["minute"] = "min", ["second"] = "s", ["sec"] = "s",
        ["usd"] = "dollar", ["buck"] = "dollar", ["eur"] = "euro", ["deg"] = "degree", ["percent"] = "%", ["percentage"] = "%", ["sq"] = "square",
        ["cu"] = "cubic", ["kph"] = "km/h", ["mph"] = "mile/h", ["kmh"] = "km/h", ["kmph"] = "km/h", ["per"] = "/", ["radian"] = "rad", ["hertz"] = "hz", ["gal"] = "gallon", ["centurie"] = "century",
        ["centigrade"] = "celsius", ["celsiu"] = "celsius", ["kelvin"] = "k",
    }.ToFrozenDictionary();

    /// <summary>Whether a run of letters that follows a value is a word of a unit, and not a product of variables.</summary>
    public static bool IsWord(Token letters) => Abbreviations.Contains(letters.Text)
        || letters.Text.Length >= 4 || (letters.Text.Length == 3 && letters.SpaceBefore) || letters.Text.Contains('\'', StringComparison.Ordinal);

    /// <summary>Whether a unit starts at the present token, read after a value.</summary>
    public static bool StartsAt(Token token) =>
        token.Kind == TokenKind.Text || (token.Kind == TokenKind.Letters && IsWord(token));

    /// <summary>Whether a letter stands apart after a number and ends the element with it: "5 m" is a length, and "5m" a product.</summary>
    public static bool IsLetterApart(Cursor cursor)
    {
        if (cursor.Current is not { Kind: TokenKind.Letters, SpaceBefore: true, Text.Length: 1 } letter || cursor.Previous.Kind != TokenKind.Number
            || !Units.IsLetter(letter.Text))
        {
            return false;
        }

        var perAnother = cursor.Peek(1).Is('/') && cursor.Peek(2) is { Kind: TokenKind.Letters, Text.Length: <= 3 } ? 2 : 0;
        var power = cursor.Peek(1 + perAnother) is { Kind: TokenKind.Number, SpaceBefore: false, Text: "2" or "3" } ? 1
            : cursor.Peek(1 + perAnother).Is('^') && cursor.Peek(2 + perAnother).Kind == TokenKind.Number ? 2 : 0;
        return cursor.Peek(1 + perAnother + power) is { Kind: TokenKind.End or TokenKind.Close } or { Kind: TokenKind.Mark, Text: "," or ";" or ")" or "}" or "∧" or "∨" };
    }

    /// <summary>Reads a phrase; null where it is prose.</summary>
    public static Unit? Read(Cursor cursor)
    {
        var words = new List<string>();
        while (cursor.Current.Kind is TokenKind.Text or TokenKind.Letters)
        {
            words.AddRange(cursor.Next().Text.Replace("^", " ^", StringComparison.Ordinal).Split([' ', '\n', '\t', '~'], StringSplitOptions.RemoveEmptyEntries));
            ReadPower(cursor, words);
            _ = words is [.., "sq" or "cu"] && cursor.Take('.');
            if (cursor.Current.Is('*') && cursor.Peek(1) is { Kind: TokenKind.Text or TokenKind.Letters } factor
                && (factor.Kind == TokenKind.Text || Abbreviations.Contains(factor.Text) || Units.IsLetter(factor.Text)))
            {
                cursor.Next();
            }

            if (cursor.Current.Is('/') && cursor.Peek(1).Kind is TokenKind.Text or TokenKind.Letters)
            {
                cursor.Next();
                words.Add("/");
            }
        }

        return words.Count > LongestPhrase || words.Any(IsProse) ? null : new Unit(Fold(words));
    }

    private static void ReadPower(Cursor cursor, List<string> words)
    {
        // "cm2" in plain text
        if (cursor.Current is { Kind: TokenKind.Number, SpaceBefore: false, Text: "2" or "3" } raised && cursor.Previous.Kind == TokenKind.Letters)
        {
            words.Add("^" + raised.Text);
            cursor.Next();
            return;
        }

        var braced = cursor.Peek(1).Is('{') ? 1 : 0;
        var negative = cursor.Peek(1 + braced).Is('-') ? 1 : 0;
        if (cursor.Current.Is('^') && cursor.Peek(1 + braced + negative) is { Kind: TokenKind.Number } exponent)
        {
            var sign = negative > 0 ? "-" : string.Empty;
            words.Add(exponent.Text is [>= '2' and <= '9'] || (negative > 0 && exponent.Text == "1") ? $"^{sign}{exponent.Text}" : "^?");
            cursor.Skip(2 + (2 * braced) + negative);
        }
    }

    // Neither a half of the day nor a month is a unit: "2 pm" is a time and "2 March" a day, and where none is read they are nothing.
    private static bool IsProse(string written)
    {
        var word = written.Replace(".", string.Empty, StringComparison.Ordinal).Trim(',', ';', ':', '(', ')').ToLowerInvariant();
        return Prose.Contains(word) || Prose.Contains(word.TrimEnd('s')) || NumberWords.IsNumber(word) || MomentReader.IsMonth(word) || IsAdverb(word)
            || written is "M" or "B" or "T" or "bn" or "mn" or "mil" || (written != "K" && (Modifiers.Contains(word) || Modifiers.Contains(word.TrimEnd('s')))) || (word.Any(char.IsAsciiDigit) && word[0] != '^');
    }

    // "5 alternatively" and "5 roughly": adverbs qualify what is said, and never name what is counted.
    private static bool IsAdverb(string word) => word.Length > 3 && word.EndsWith("ly", StringComparison.Ordinal) && !Nouns.Contains(word);

    // "square feet", "sq. ft" and "ft^2" are one unit, and so are "dollars" and "dollar".
    private static string Fold(List<string> words)
    {
        var folded = words.SelectMany(w => w.Replace("/", " / ", StringComparison.Ordinal).Split([' ', '*'], StringSplitOptions.RemoveEmptyEntries))
            .Select(FoldWord).Where(w => w.Length > 0).ToList();
        _ = folded is ["degree", "celsius" or "fahrenheit" or "c" or "f"] && folded.Remove("degree");
        Hoist(folded, "square", "^2");
        Hoist(folded, "cubic", "^3");
        return string.Join(' ', folded).Replace(" ^", "^", StringComparison.Ordinal).Replace(" / ", "/", StringComparison.Ordinal).Replace("/ cent", "%", StringComparison.Ordinal);
    }

    private static string FoldWord(string word)
    {
        if (KnownUnits.Abbreviations.TryGetValue(word.Trim(',', ';', '.'), out var name))
        {
            return name;
        }

        // A capital M is a million of what follows: a megawatt is no milliwatt.
        if (word is ['M', 'g' or 'm' or 'W' or 'J' or 'N' or 'V' or 'L' or 'l'] or "MHz" or "MPa")
        {
            return "mega" + word[1..].ToLowerInvariant();
        }

        var lower = word.Replace(".", string.Empty, StringComparison.Ordinal).Trim(',', ';', '(', ')').ToLowerInvariant();
        var singular = lower.Length > 2 && lower.EndsWith('s') && !lower.EndsWith("ss", StringComparison.Ordinal) ? lower[..^1] : lower;
        return Aliases.GetValueOrDefault(singular, singular);
    }

    private static void Hoist(List<string> words, string prefix, string power)
    {
        if (words.Count == 2 && words[0] == prefix)
        {
            words.RemoveAt(0);
            words.Add(power);
        }
    }
}
