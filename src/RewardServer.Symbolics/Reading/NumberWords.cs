using System.Collections.Frozen;
using RewardServer.Symbolics.Expressions;

namespace RewardServer.Symbolics.Reading;

/// <summary>
/// Reads numbers in words: "seven", "twenty-one", "two hundred and five", "two thirds", "3 million". They are the numbers they name;
/// an ordinal ("third") is its number only where it is the whole answer.
/// </summary>
internal static class NumberWords
{
    // Runs are short; without a bound, many that are no number would make the reading quadratic.
    private const int LongestRun = 16;

    private static readonly FrozenDictionary<string, long> Small = Numbered(
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen",
        "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty");

    private static readonly FrozenDictionary<string, long> Tens = new Dictionary<string, long>
    {
        ["thirty"] = 30, ["forty"] = 40, ["fourty"] = 40, ["fifty"] = 50, ["sixty"] = 60, ["seventy"] = 70, ["eighty"] = 80, ["ninety"] = 90,
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, long> Scales = new Dictionary<string, long>
    {
        ["hundred"] = 100, ["thousand"] = 1_000, ["million"] = 1_000_000, ["billion"] = 1_000_000_000, ["trillion"] = 1_000_000_000_000,
        ["dozen"] = 12, ["pair"] = 2, ["couple"] = 2, ["score"] = 20, ["gross"] = 144, ["lakh"] = 100_000, ["crore"] = 10_000_000,
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, long> Ordinals = Numbered(
        "zeroth", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth");

    // Parts of a whole beyond the twelfth; a second is a unit of time.
    private static readonly FrozenDictionary<string, long> Parts = new Dictionary<string, long>
    {
        ["half"] = 2, ["quarter"] = 4, ["thirteenth"] = 13, ["fourteenth"] = 14, ["fifteenth"] = 15, ["sixteenth"] = 16, ["seventeenth"] = 17, ["eighteenth"] = 18,
        ["nineteenth"] = 19, ["twentieth"] = 20, ["thirtieth"] = 30, ["fortieth"] = 40, ["fiftieth"] = 50, ["sixtieth"] = 60, ["seventieth"] = 70, ["eightieth"] = 80,
        ["ninetieth"] = 90, ["hundredth"] = 100, ["thousandth"] = 1_000, ["millionth"] = 1_000_000, ["billionth"] = 1_000_000_000,
    }.ToFrozenDictionary();

    /// <summary>The tokens with every run of number words as one number.</summary>
    public static List<Token> Replace(List<Token> tokens)
    {
        if (tokens is [{ Kind: TokenKind.Letters or TokenKind.Text } only, _] && Ordinals.TryGetValue(only.Text.ToLowerInvariant(), out var place))
        {
            return [NumberToken((System.Numerics.BigInteger)place, only), tokens[1]];
        }

        var replaced = new List<Token>(tokens.Count);
        for (var i = 0; i < tokens.Count; i++)
        {
            if (TakeSign(tokens, i) is var (sign, left))
            {
                replaced.Add(sign);
                tokens = [.. tokens[..(i + 1)], .. left, .. tokens[(i + 1)..]];
                continue;
            }

            i = Append(replaced, tokens, i);
        }

        return replaced;
    }

    /// <summary>Whether all of it is one number in words.</summary>
    public static bool AreAll(List<Token> tokens) =>
        tokens.All(t => t.Is('-') || Words(t) is not null) && Replace([.. tokens, default]) is [{ Kind: TokenKind.Number }, _];

    /// <summary>Whether a word is a number, a power of ten or a part, in the plural or not: none of them is ever a unit.</summary>
    public static bool IsNumber(string word) => Singular(word.ToLowerInvariant()) is var one
        && (Small.ContainsKey(one) || Tens.ContainsKey(one) || Scales.ContainsKey(one) || Part(one) > 0 || one == "first") && word is not ("zeros" or "zeroes");

    /// <summary>The base that a word names, as in <c>1011_{two}</c>; 0 where it names none.</summary>
    public static int Base(string word) => (int)Small.GetValueOrDefault(word.ToLowerInvariant());

    private static FrozenDictionary<string, long> Numbered(params string[] names) =>
        names.Select((name, i) => (name, (long)i)).ToFrozenDictionary(n => n.name, n => n.Item2);

    // "negative five" and "minus 5" at the start of a value: the sign, and what is left of the words.
    private static (Token Sign, Token[] Left)? TakeSign(List<Token> tokens, int at)
    {
        if (tokens[at].Kind is not (TokenKind.Letters or TokenKind.Text) || (at > 0 && !(tokens[at - 1].Kind == TokenKind.Mark && tokens[at - 1].Text[0] is ',' or '=' or '(' or Marks.And or Marks.Or)))
        {
            return null;
        }

        var words = tokens[at].Text.Split(' ', 2, StringSplitOptions.RemoveEmptyEntries);
        Token[] left = words.Length == 2 ? [tokens[at] with { Text = words[1] }] : [];
        var next = left.Length > 0 ? left[0] : tokens[at + 1];
        return words is [var sign, ..] && sign.ToLowerInvariant() is "negative" or "minus" && (next.Kind == TokenKind.Number || next.IsCommand("frac") || next.IsCommand("sqrt") || Words(next) is not null)
            ? (Token.OfMark('-'), left) : null;
    }

    private static Token NumberToken(Rational value, Token at) => new(TokenKind.Number, value.ToString(), value, 0, at.SpaceBefore);

    // Appends what stands at a place, and says where it ends.
    private static int Append(List<Token> replaced, List<Token> tokens, int at)
    {
        if (tokens[at].Kind == TokenKind.Number && WithFactor(tokens[at], tokens[at + 1]) is var (product, rest))
        {
            replaced.Add(product);
            replaced.AddRange(rest);
            return at + 1;
        }

        var words = new List<string>();
        var end = at;
        for (var i = at; i < Math.Min(tokens.Count, at + LongestRun) && Continues(tokens, i, words); i++)
        {
            if (Words(tokens[i]) is { } more)
            {
                words.AddRange(more);
                end = i;
            }
        }

        replaced.Add(words.Count > 0 && Value(words) is { } value ? NumberToken(value, tokens[at]) : tokens[at]);
        return words.Count > 0 && replaced[^1].Kind == TokenKind.Number ? end : at;
    }

    // "5 thousands" is 5000, "5 tenths" a half, "5 million dollars" an amount. Words of a number that do not go together so are left, and no unit.
    private static (Token Product, Token[] Left)? WithFactor(Token number, Token words)
    {
        if (words.Kind is not (TokenKind.Letters or TokenKind.Text) || words.Text.Split(' ', 2) is not [var word, ..] each || Factor(word.ToLowerInvariant(), number.Value) is not { } factor)
        {
            return null;
        }

        return (NumberToken(number.Value * factor, number), each.Length == 1 ? [] : [words with { Text = each[1], SpaceBefore = true }]);
    }

    private static Rational? Factor(string word, Rational times) => Singular(word) is var one && Scales.TryGetValue(one, out var scale) ? Rational.Create(scale, 1)
        : word == "tens" ? Rational.Create(10, 1)
        : Part(one) is > 0 and var parts && (one != word || times.IsOne) ? Rational.Create(1, parts)
        : null;

    private static string Singular(string word) => word == "halves" ? "half" : word.EndsWith('s') && word != "gross" ? word[..^1] : word;

    // A hyphen joins words, and "and" does after a hundred.
    private static bool Continues(List<Token> tokens, int at, List<string> words) => Words(tokens[at]) is not null
        || (words.Count > 0 && at + 1 < tokens.Count && Words(tokens[at + 1]) is not null
            && (tokens[at] is { SpaceBefore: false } && tokens[at].Is('-') || (tokens[at].Is(Marks.And) && words[^1] == "hundred")));

    private static string[]? Words(Token token)
    {
        if (token.Kind is not (TokenKind.Letters or TokenKind.Text) || token.Text.Length > 80)
        {
            return null;
        }

        var words = token.Text.ToLowerInvariant().Split([' ', '-'], StringSplitOptions.RemoveEmptyEntries);
        for (var i = 0; i < words.Length; i++)
        {
            words[i] = Scales.ContainsKey(Singular(words[i])) ? Singular(words[i]) : words[i];
        }

        return words.Length > 0 && words.All(w => Small.ContainsKey(w) || Tens.ContainsKey(w) || Scales.ContainsKey(w) || Part(w) > 0) ? words : null;
    }

    private static long Part(string word)
    {
        var singular = Singular(word);
        return Parts.TryGetValue(singular, out var parts) ? parts : Ordinals.GetValueOrDefault(singular) is > 2 and var place ? place : 0;
    }

    private static Rational? Value(List<string> words)
    {
        var parts = words.Count > 1 || words[0] == "half" ? Part(words[^1]) : 0;
        var (total, group, least) = (0L, 0L, long.MaxValue);
        foreach (var word in parts > 0 ? words.SkipLast(1) : words)
        {
            if (Scales.TryGetValue(word, out var scale))
            {
                if (scale == 100 ? group is 0 or > 99 : group == 0 || scale >= least)
                {
                    return null;
                }

                (total, group, least) = scale == 100 ? (total, group * 100, least) : (total + (group * scale), 0, scale);
            }
            else if (!AddSmall(ref group, word))
            {
                return null;
            }
        }

        return words.Count == 1 && parts > 0 ? Rational.Create(1, parts) : Rational.Create(total + group, Math.Max(1, parts));
    }

    // "twenty one" and "hundred one" add up; "one two" is two numbers.
    private static bool AddSmall(ref long group, string word)
    {
        var isTens = Tens.TryGetValue(word, out var value) || (word == "twenty" && (value = 20) > 0);
        if (!isTens && !Small.TryGetValue(word, out value))
        {
            return false;
        }

        var fits = group == 0 || (group % 100 == 0 && value > 0) || (!isTens && group % 100 >= 20 && group % 10 == 0 && value is > 0 and < 10);
        group += value;
        return fits;
    }
}
