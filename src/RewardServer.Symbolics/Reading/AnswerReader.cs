using RewardServer.Symbolics.Equivalence;
using RewardServer.Symbolics.Expressions;

namespace RewardServer.Symbolics.Reading;

/// <summary>Reads a bare answer: fold, cut into tokens, take off what only presents it, parse; what does not parse may still be words.</summary>
internal static class AnswerReader
{
    /// <summary>Reads one answer. Never throws.</summary>
    public static ReadResult Read(string text)
    {
        if (text.Length > Limits.TextLength)
        {
            return ReadResult.TooLarge($"it is longer than {Limits.TextLength} characters");
        }

        var folded = CharacterFolding.Fold(text);
        var (tokens, overBudget) = Lexer.Read(folded);
        if (overBudget)
        {
            return ReadResult.TooLarge($"a number in it has over {Limits.NumeralDigits} digits");
        }

        var bare = NumberWords.Replace(Remarks.Strip(Bare(Rows.Join(LeadIn.Strip(Bare([.. tokens]))))));
        var reading = bare.Count == 1 ? ReadResult.Fail("it is empty") : ReadTokens(bare);
        return reading.Expression is Collection { Kind: CollectionKind.List } list && OtherNumeral.Read(folded) is { } numeral
            ? ReadResult.Of(new Ambiguous(list, numeral)) : reading;
    }

    private static ReadResult ReadTokens(List<Token> tokens)
    {
        if (MomentReader.Read(tokens) is { } moment)
        {
            return ReadResult.Of(moment);
        }

        if (ChoiceReader.Read(tokens) is { } choice)
        {
            return Choice(choice.Letter, choice.Content);
        }

        var (expression, tooDeep) = WordReader.AreWords(tokens) ? (null, false) : Parser.Parse(tokens);
        if (expression is not null)
        {
            return ReadResult.Of(expression);
        }

        if (tooDeep)
        {
            return ReadResult.TooLarge($"it is nested over {Limits.Depth} levels deep");
        }

        return WordReader.Read(tokens) is { } words ? ReadResult.Of(words) : ReadResult.Fail("it is not mathematics that can be read");
    }

    private static ReadResult Choice(char letter, List<Token> content)
    {
        var rest = content.Count > 1 ? ReadTokens(content) : null;
        return rest is { Expression: null or Expressions.Choice } ? rest with { Expression = null } : ReadResult.Of(new Choice(letter, rest?.Expression));
    }

    // Markdown around the whole, and full stops and commas after it, say nothing.
    private static List<Token> Bare(List<Token> tokens) => Unboxed(Unmarked(tokens));

    private static List<Token> Unmarked(List<Token> tokens)
    {
        var (start, end) = (0, tokens.Count - 1);
        while (end > start && (IsMarkdown(tokens[end - 1]) || (tokens[end - 1].Is('.') && !(end > 1 && tokens[end - 2].Is('.'))) || (end > start + 1 && tokens[end - 1].Is(',')))
            && !(end > 1 && tokens[end - 2].Is('^')))
        {
            end--;
        }

        while (start < end && IsMarkdown(tokens[start]))
        {
            start++;
        }

        return start == 0 && end == tokens.Count - 1 ? tokens : [.. tokens[start..end], tokens[^1]];
    }

    // A box around the whole, as it was cut out of a response; boxes in boxes are the parser's.
    private static List<Token> Unboxed(List<Token> tokens)
    {
        if (!(tokens[0].IsCommand("boxed") || tokens[0].IsCommand("fbox")) || tokens.Count < 4 || !tokens[1].Is('{') || !tokens[^2].Is('}'))
        {
            return tokens;
        }

        var depth = 0;
        var whole = !tokens[1..^2].Exists(t => (depth += t.Is('{') ? 1 : t.Is('}') ? -1 : 0) == 0);
        return whole ? Unmarked([.. tokens[2..^2], tokens[^1]]) : tokens;
    }

    private static bool IsMarkdown(Token token) => token.Is('*') || token.Is('`') || token.Is('_') || token.Is('#');
}
