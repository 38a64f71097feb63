using RewardServer.Symbolics.Expressions;

namespace RewardServer.Symbolics.Reading;

/// <summary>"All real numbers except 2": a set, less the numbers that are named.</summary>
internal static class Exceptions
{
    /// <summary>The set; null where the tokens speak of no exception, or not so.</summary>
    public static SetOperation? Read(List<Token> tokens)
    {
        var at = tokens.FindIndex(t => t.Kind is TokenKind.Letters or TokenKind.Text && IndexOf(t.Text) >= 0);
        if (at < 0)
        {
            return null;
        }

        var (word, start) = (tokens[at], IndexOf(tokens[at].Text));
        var before = Trimmed([.. tokens[..at], .. Words(word.Text[..start])]);
        var after = Words(word.Text[start..]).Skip(1).Concat(tokens[(at + 1)..]).SkipWhile(t => t.Text is "for" or "when" or "where" or "at").ToList();
        return SetOf(before) is { } set && Parser.Parse(after).Expression is { } excepted
            ? new SetOperation('\\', [set, new Collection(CollectionKind.Set, excepted is Collection { Kind: CollectionKind.List } list ? [.. list.Elements.Select(Value)] : [Value(excepted)])]) : null;
    }

    private static int IndexOf(string text) => Math.Max(text.IndexOf("except", StringComparison.OrdinalIgnoreCase), text.IndexOf("excluding", StringComparison.OrdinalIgnoreCase));

    private static IEnumerable<Token> Words(string text) =>
        text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(w => new Token(TokenKind.Letters, w, default, 0, SpaceBefore: true));

    private static List<Token> Trimmed(List<Token> tokens) => tokens is [.., var last] && last.Is(',') ? tokens[..^1] : tokens;

    private static Expression? SetOf(List<Token> tokens) => (tokens.TrueForAll(t => t.Kind is TokenKind.Letters or TokenKind.Text)
        ? WordReader.Phrase(string.Join(' ', tokens.Select(t => t.Text))) : Parser.Parse([.. tokens, new(TokenKind.End, string.Empty, default, 0, SpaceBefore: false)]).Expression) switch
    {
        Constant { Kind: ConstantKind.Reals or ConstantKind.Integers or ConstantKind.Naturals or ConstantKind.Rationals or ConstantKind.Complexes } set => set,
        Interval interval => interval,
        Relation { Operators: ['∈'], Operands: [_, Constant set] } => set,
        _ => null,
    };

    // "except x = 2"
    private static Expression Value(Expression element) => element is Relation { Operators: ['='], Operands: [Symbol, var value] } ? value : element;
}
