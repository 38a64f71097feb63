using RewardServer.Symbolics.Equivalence;
using RewardServer.Symbolics.Expressions;

namespace RewardServer.Symbolics.Reading;

/// <summary>Reads a bare answer: fold, cut into tokens, parse; what does not parse may still be words.</summary>
internal static class AnswerReader
{
    /// <summary>Reads one answer. Never throws.</summary>
    public static ReadResult Read(string text)
    {
        if (text.Length > Limits.TextLength)
        {
            return ReadResult.TooLarge($"it is longer than {Limits.TextLength} characters");
        }

        var (tokens, overBudget) = Lexer.Read(CharacterFolding.Fold(text));
        if (overBudget)
        {
            return ReadResult.TooLarge($"a number in it has over {Limits.NumeralDigits} digits");
        }

        var trimmed = Bare(tokens);
        return trimmed.Count == 1 ? ReadResult.Fail("it is empty") : ReadTokens(trimmed);
    }

    private static ReadResult ReadTokens(IReadOnlyList<Token> tokens)
    {
        // One run of letters by itself is a word: "MAKE" is not M·A·K·E.
        var loneWord = tokens is [{ Kind: TokenKind.Letters, Text.Length: >= 3 }, _]
            or [{ Kind: TokenKind.Letters, Text: [>= 'A' and <= 'Z', _] }, _];
        var (expression, tooDeep) = loneWord ? (null, false) : Parser.Parse(tokens);
        if (expression is not null)
        {
            return ReadResult.Of(expression);
        }

        if (tooDeep)
        {
            return ReadResult.TooLarge($"it is nested over {Limits.Depth} levels deep");
        }

        return WordReader.Read(tokens) is { } words ? ReadResult.Of(new Text(words)) : ReadResult.Fail("it is not mathematics that can be read");
    }

    private static List<Token> Bare(IReadOnlyList<Token> tokens)
    {
        var trimmed = tokens.ToList();
        while (trimmed.Count > 1 && (trimmed[^2].Is('.') || (trimmed.Count > 2 && trimmed[^2].Is(','))))
        {
            trimmed.RemoveAt(trimmed.Count - 2);
        }

        // Markdown's bold face, as in "**5**".
        var stars = trimmed.TakeWhile(t => t.Is('*')).Count();
        var bold = stars is 1 or 2 && trimmed.Count > (2 * stars) + 1 && trimmed[^2].Is('*') && trimmed[^(1 + stars)].Is('*');
        return bold ? [.. trimmed[stars..^(1 + stars)], trimmed[^1]] : trimmed;
    }
}
