using System.Collections.Frozen;
using RewardServer.Symbolics.Expressions;

namespace RewardServer.Symbolics.Reading;

/// <summary>
/// A remark in parentheses after the answer: "5 (cm)" is a unit, "1/2 (or 0.5)" and "5 (five)" are the answer said again, "5 (since x > 0)" is
/// an explanation and goes. One that denies anything stays, and the whole is no value.
/// </summary>
internal static class Remarks
{
    private static readonly FrozenSet<string> Explanations = new[]
    {
        "since", "because", "as", "where", "given", "when", "for", "by", "using", "rounded", "approximately", "from", "see", "in", "simplified",
        "exact", "exactly", "total", "answer", "final", "note", "root", "multiplicity",
    }.ToFrozenSet();

    private static readonly FrozenSet<string> Denials = new[]
    {
        "not", "no", "wrong", "incorrect", "false", "never", "isn't", "but", "except", "unless", "instead", "nor", "neither", "or", "maybe", "perhaps",
    }.ToFrozenSet();

    /// <summary>The tokens with a remark at their end read as what it is.</summary>
    public static List<Token> Strip(List<Token> tokens)
    {
        var close = tokens.Count - 2;
        var open = close > 1 && tokens[close].Is(')') ? OpeningOf(tokens, close) : 0;
        if (open < 1 || !tokens[open].SpaceBefore || close - open < 2)
        {
            return tokens;
        }

        var inside = tokens[(open + 1)..close];
        return inside[0].Is('≈') && !inside.Any(IsDenial) ? [.. tokens[..open], tokens[^1]]
            : inside[0].Is(Marks.Or) || inside[0].Is('=') ? Restated(tokens, open, inside[1..])
            : NumberWords.AreAll(inside) ? Restated(tokens, open, inside)
            : IsRepeated(tokens, open, inside) ? [.. tokens[..open], tokens[^1]]
            : !inside.All(IsWord) || inside.Any(IsDenial) ? Explained(tokens, open, inside)
            : inside.Any(t => Explanations.Contains(t.Text.ToLowerInvariant())) ? [.. tokens[..open], tokens[^1]]
            : [.. tokens[..open], .. inside, tokens[^1]];
    }

    private static List<Token> Restated(List<Token> tokens, int open, List<Token> again) =>
        again.Count == 0 ? tokens : [.. tokens[..open], Token.OfMark(Marks.Or), .. again, tokens[^1]];

    // "1/2 (0.5)" and "2/3 (0.667)" say one number twice, while "2 (3)" is a product.
    private static bool IsRepeated(List<Token> tokens, int open, List<Token> inside) => inside.Exists(t => t.Kind == TokenKind.Number)
        && Parser.Parse([.. inside, tokens[^1]]).Expression is { } again && ValueOf(again) is { } value
        && Parser.Parse([.. tokens[..open], tokens[^1]]).Expression is { } said && ValueOf(said) is { } number
        && (number - value).Abs() <= (again is Number { Places: > 1 and var places } ? Rational.Half * Rational.Create(1, System.Numerics.BigInteger.Pow(10, places)) : Rational.Zero);

    private static Rational? ValueOf(Expression expression) => expression switch
    {
        Number number => number.Value,
        Negation negation => -ValueOf(negation.Operand),
        Fraction fraction when ValueOf(fraction.Denominator) is { IsZero: false } below => ValueOf(fraction.Numerator) / below,
        Sum { Terms: [Number whole, Fraction part] } => whole.Value + ValueOf(part),
        Quantity { Unit: var unit } quantity => unit == Unit.Percent ? ValueOf(quantity.Value) / 100 : ValueOf(quantity.Value),
        Relation { Operators: ['='], Operands: [Symbol, var value] } => ValueOf(value),
        _ => null,
    };

    private static List<Token> Explained(List<Token> tokens, int open, List<Token> inside) =>
        Explanations.Contains(inside[0].Text.ToLowerInvariant()) && !inside.Any(IsDenial) ? [.. tokens[..open], tokens[^1]] : tokens;

    private static bool IsDenial(Token token) => token.Is(Marks.Or) || token.Is('≠')
        || (token.Kind is TokenKind.Letters or TokenKind.Text && token.Text.ToLowerInvariant().Split(' ').Any(Denials.Contains));

    // Letters alone are a product, as in "2 (ab)"; words are longer.
    private static bool IsWord(Token token) => token.Kind == TokenKind.Text
        || (token.Kind == TokenKind.Letters && (token.Text.Length >= 4 || UnitReader.IsWord(token with { SpaceBefore = false })
            || Explanations.Contains(token.Text.ToLowerInvariant()) || Denials.Contains(token.Text.ToLowerInvariant())));

    private static int OpeningOf(List<Token> tokens, int close)
    {
        var depth = 0;
        for (var i = close; i >= 0; i--)
        {
            depth += tokens[i].Is(')') ? 1 : tokens[i].Is('(') ? -1 : 0;
            if (depth == 0)
            {
                return i;
            }
        }

        return 0;
    }
}
