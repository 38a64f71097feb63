using System.Text;

namespace RewardServer.Symbolics.Reading;

/// <summary>
/// Texts that are words. The line between words and mathematics: a text that does not parse counts as words when it has a letter
/// and, its <c>\text{}</c> wrappers taken off, nothing in it of LaTeX or of arithmetic; else it cannot be read at all.
/// </summary>
internal static class WordReader
{
    /// <summary>Words as they are compared: lower case, no white space, quotes, full stops or parentheses around.</summary>
    public static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            if (!char.IsWhiteSpace(character) && character is not ('.' or '"' or '\'' or '$' or '~'))
            {
                folded.Append(char.ToLowerInvariant(character));
            }
        }

        var words = folded.ToString().Trim(',', ';', ':', '!', '?');
        return words.Length > 2 && words[0] == '(' && words[^1] == ')' ? words[1..^1] : words;
    }

    /// <summary>The folded words of a text that did not parse; null where it is not words.</summary>
    public static string? Read(IReadOnlyList<Token> tokens)
    {
        var words = new StringBuilder();
        foreach (var token in tokens)
        {
            if (!IsOfWords(token))
            {
                return null;
            }

            words.Append(Spelling(token));
        }

        var folded = Fold(words.ToString());
        return folded.Any(c => char.IsLetter(c) || c == ':') && folded is not "nan" ? folded : null;
    }

    private static bool IsOfWords(Token token) => token.Kind is TokenKind.End or TokenKind.Letters or TokenKind.Text or TokenKind.Number
        || (token.Kind == TokenKind.Mark && token.Text[0] is ',' or ';' or ':' or '.' or '(' or ')' or '-' or '\'' or '!' or '?' or '&' or '/'
            or '%' or '{' or '}' or Marks.And or Marks.Or or Marks.Currency);

    private static string Spelling(Token token) => token.Kind != TokenKind.Mark ? token.Text : token.Text[0] switch
    {
        Marks.And => "and",
        Marks.Or => "or",
        '{' or '}' => string.Empty,
        _ => token.Text,
    };
}
