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

        var folded = OtherWritings.Unwrap(CharacterFolding.Fold(text));
        var (tokens, overBudget) = Lexer.Read(folded);
        if (overBudget)
        {
            return ReadResult.TooLarge($"a number in it has over {Limits.NumeralDigits} digits");
        }

        var bare = NumberWords.Replace(OtherWritings.JoinUnits(Remarks.Strip(IntegerClauses.Rewrite(Bare(Rows.Join(LeadIn.Strip(Bare(OtherWritings.CloseBraces([.. tokens])))))))));
        var reading = bare.Count == 1 ? ReadResult.Fail("it is empty") : ReadTokens(bare);
        return reading.Expression is Collection { Kind: CollectionKind.List } list && (OtherNumeral.Read(folded) ?? OtherWritings.MixedNumber(list, bare)) is { } numeral
            ? ReadResult.Of(new Ambiguous(list, numeral)) : reading;
    }

    private static ReadResult ReadTokens(List<Token> tokens)
    {
        if (MomentReader.Read(tokens) is { } moment)
        {
            return ReadResult.Of(moment);
        }

        if (Exceptions.Read(tokens) is { } set)
        {
            return ReadResult.Of(set);
        }

        return ChoiceReader.Read(tokens) is { } choice ? Choice(choice.Letter, choice.Content) : ReadValue(tokens);
    }

    private static ReadResult ReadValue(List<Token> tokens)
    {
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
        var rest = content.Count > 1 ? ReadValue(content) : null;
        return rest is { Expression: null } ? rest : ReadResult.Of(new Choice(letter, rest?.Expression));
    }

    // Markdown around the whole, and full stops and commas after it, say nothing.
    private static List<Token> Bare(List<Token> tokens) => Unboxed(Unmarked(tokens));

    private static List<Token> Unmarked(List<Token> tokens)
    {
        var (start, end) = (0, tokens.Count - 1);
        while (end > start && (IsMarkdown(tokens[end - 1]) || (tokens[end - 1].Is('.') && !(end > 1 && tokens[end - 2].Is('.') && !tokens[end - 1].SpaceBefore)) || (end > start + 1 && tokens[end - 1].Is(',')))
            && !(end > 1 && tokens[end - 2].Is('^')))
        {
            end--;
        }

        // "Yes!", but n! and 5!
        if (end > 1 && tokens[end - 1].Is('!') && tokens[..(end - 1)].TrueForAll(t => t is { Kind: TokenKind.Letters or TokenKind.Text, Text.Length: > 2 }))
        {
            end--;
        }

        if (start < end - 1 && tokens[start].Is(Marks.Prime) && tokens[end - 1].Is(Marks.Prime))
        {
            (start, end) = (start + 1, end - 1);
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
        if (!(tokens[0].IsCommand("boxed") || tokens[0].IsCommand("fbox")) || tokens.Count < 4 || !tokens[1].Is('{'))
        {
            return tokens;
        }

        // A brace that never closes was cut off with the end of the response.
        var depth = 0;
        var closes = tokens.FindIndex(1, t => (depth += t.Is('{') ? 1 : t.Is('}') ? -1 : 0) == 0);
        return closes < 0 ? Unmarked(tokens[2..]) : closes == tokens.Count - 2 ? Unmarked([.. tokens[2..^2], tokens[^1]]) : tokens;
    }

    private static bool IsMarkdown(Token token) => token.Is('*') || token.Is('`') || token.Is('_') || token.Is('#');
}
