using System.Collections.Frozen;
using RewardServer.Symbolics.Expressions;

namespace RewardServer.Symbolics.Reading;

/// <summary>
/// Reads numbers in words: "seven", "twenty-one", "two hundred and five", "two thirds", "3 million". They are the numbers they name;
/// an ordinal ("third") is its number only where it is the whole answer.
/// </summary>
internal static class NumberWords
{
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
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, long> Ordinals = Numbered(
        "zeroth", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth");

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
            i = Append(replaced, tokens, i);
        }

        return replaced;
    }

    /// <summary>Whether all of it is one number in words.</summary>
    public static bool AreAll(List<Token> tokens) =>
        tokens.All(t => t.Is('-') || Words(t) is not null) && Replace([.. tokens, default]) is [{ Kind: TokenKind.Number }, _];

    /// <summary>The base that a word names, as in <c>1011_{two}</c>; 0 where it names none.</summary>
    public static int Base(string word) => (int)Small.GetValueOrDefault(word.ToLowerInvariant());

    private static FrozenDictionary<string, long> Numbered(params string[] names) =>
        names.Select((name, i) => (name, (long)i)).ToFrozenDictionary(n => n.name, n => n.Item2);

    private static Token NumberToken(Rational value, Token at) => new(TokenKind.Number, value.ToString(), value, 0, at.SpaceBefore);

    // Appends what stands at a place, and says where it ends.
    private static int Append(List<Token> replaced, List<Token> tokens, int at)
    {
        if (tokens[at].Kind == TokenKind.Number && Words(tokens[at + 1]) is [var scale] && Scales.TryGetValue(scale, out var times))
        {
            replaced.Add(NumberToken(tokens[at].Value * (System.Numerics.BigInteger)times, tokens[at]));
            return at + 1;
        }

        var words = new List<string>();
        var end = at;
        for (var i = at; i < tokens.Count && Continues(tokens, i, words); i++)
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
        return words.Length > 0 && words.All(w => Small.ContainsKey(w) || Tens.ContainsKey(w) || Scales.ContainsKey(w) || Part(w) > 0) ? words : null;
    }

    private static long Part(string word)
    {
        var singular = word == "halves" ? "half" : word.EndsWith('s') ? word[..^1] : word;
        var place = Ordinals.GetValueOrDefault(singular);
        return singular == "half" ? 2 : singular == "quarter" ? 4 : place > 2 ? place : 0;
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
