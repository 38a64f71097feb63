using System.Text;
using RewardServer.Symbolics.Expressions;

namespace RewardServer.Symbolics.Reading;

/// <summary>
/// Texts that are words. The line between words and mathematics: a text that does not parse counts as words when it has a letter
/// and, its <c>\text{}</c> wrappers taken off, nothing in it of LaTeX or of arithmetic; else it cannot be read at all.
/// </summary>
internal static class WordReader
{
    private static readonly char[] Ends = [',', ';', ':', '!', '?'];

    /// <summary>Words as they are compared: lower case, no articles, white space, quotes, full stops or parentheses around.</summary>
    public static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var word in text.Split([' ', '\n', '\t', '~'], StringSplitOptions.RemoveEmptyEntries))
        {
            var isArticle = word.ToLowerInvariant() is "the" or "a" or "an" && word.Length < text.Trim().Length;
            foreach (var character in isArticle ? string.Empty : word)
            {
                if (!char.IsWhiteSpace(character) && character is not ('.' or '"' or '\'' or '$'))
                {
                    folded.Append(char.ToLowerInvariant(character));
                }
            }
        }

        // Folding twice changes nothing: what stands in one pair of parentheses has none inside, and is trimmed as well.
        var words = folded.ToString().Trim(Ends);
        return words is ['(', .. { Length: > 0 } inner, ')'] && !inner.AsSpan().ContainsAny('(', ')') ? inner.Trim(Ends) : words;
    }

    /// <summary>
    /// Whether the text is words before it is anything else: one run of letters ("MAKE" is not M·A·K·E), or several of which one is long.
    /// </summary>
    public static bool AreWords(List<Token> tokens) => tokens is [{ Kind: TokenKind.Letters, Text.Length: >= 3 }, _]
        or [{ Kind: TokenKind.Letters, Text: [>= 'A' and <= 'Z', _] }, _]
        || (tokens.Count > 2 && tokens.Take(tokens.Count - 1).All(t => t.Kind == TokenKind.Letters) && tokens.Exists(t => t.Text.Length > 3));

    /// <summary>The words of a text that did not parse, or a list of such; null where it is not words.</summary>
    public static Expression? Read(IReadOnlyList<Token> tokens)
    {
        var (words, elements, alternatives) = (new StringBuilder(), new List<Expression>(), false);
        foreach (var token in tokens)
        {
            if (!IsOfWords(token))
            {
                return null;
            }

            var separates = token.Is(Marks.And) || token.Is(Marks.Or) || token.Is(',') || token.Is(';') || token.Kind == TokenKind.End;
            alternatives |= token.Is(Marks.Or);
            words.Append(separates ? string.Empty : Spelling(token));
            if (separates && Phrase(words.ToString()) is { } phrase)
            {
                elements.Add(phrase);
                words.Clear();
            }
        }

        return !elements.Exists(e => e is not Text { Folded: var folded } || folded.Any(c => char.IsLetter(c) || c == ':')) ? null
            : elements.Count == 1 ? elements[0]
            : new Collection(alternatives ? CollectionKind.Alternatives : CollectionKind.List, elements);
    }

    /// <summary>Words as an answer: those that name a set or say that there is no value are that; null where there is no word, or the remains of a command.</summary>
    public static Expression? Phrase(string text) => Fold(text) switch
    {
        "" or "nan" => null,
        var folded when folded.AsSpan().ContainsAny('{', '}') => null,
        var folded => (Expression?)Phrases.Read(folded) ?? new Text(folded),
    };

    private static bool IsOfWords(Token token) => token.Kind is TokenKind.End or TokenKind.Letters or TokenKind.Text or TokenKind.Number
        || (token.Kind == TokenKind.Mark && token.Text[0] is ',' or ';' or ':' or '.' or '(' or ')' or '-' or '\'' or '!' or '?' or '&' or '/'
            or '%' or '{' or '}' or Marks.And or Marks.Or or Marks.Currency);

    private static string Spelling(Token token) => (token.SpaceBefore ? " " : string.Empty) + BareSpelling(token);

    private static string BareSpelling(Token token) => token.Kind != TokenKind.Mark ? token.Text : token.Text[0] switch
    {
        '{' or '}' => string.Empty,
        _ => token.Text,
    };
}
