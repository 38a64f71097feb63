namespace RewardServer.Symbolics.Reading;

/// <summary>Reads the letter of a choice with what it stands for: <c>(A) 5</c>, <c>A. 5</c>, <c>A) 5</c>, <c>\textbf{(A)}\ 5</c>, <c>A)</c>.</summary>
internal static class ChoiceReader
{
    /// <summary>The letter, and the tokens of what it stands for (maybe none); null where the text is not a choice.</summary>
    public static (char Letter, List<Token> Content)? Read(List<Token> tokens)
    {
        var (letter, length) = tokens switch
        {
            [{ Kind: TokenKind.Text, Text: var text }, ..] when LetterOf(text.Trim()) is var l and not '\0' => (l, 1),
            [var open, var name, var close, ..] when open.Is('(') && close.Is(')') && IsLetter(name) => (name.Text[0], 3),
            [var name, var close, ..] when IsLetter(name) && (close.Is(')') || close.Is('.') || close.Is(':')) => (name.Text[0], 2),
            _ => ('\0', 0),
        };
        if (letter == '\0' || (tokens.Count > length + 1 && !StartsContent(tokens, length)))
        {
            return null;
        }

        // A lone letter may as well be a variable, and is compared as either.
        return tokens.Count == length + 1 && length != 2 ? null : (char.ToUpperInvariant(letter), tokens[length..]);
    }

    private static bool StartsContent(List<Token> tokens, int length) => (tokens[length].SpaceBefore || tokens[0].Kind == TokenKind.Text || (length > 1 && tokens[length - 1].Is(')') && tokens[length].Kind == TokenKind.Number))
        && !(tokens[length].Kind == TokenKind.Mark && tokens[length].Text[0] is not ('(' or '[' or '{' or '-' or '$' or Marks.SetOpen or '|'));

    private static bool IsLetter(Token token) => token is { Kind: TokenKind.Letters, Text: [>= 'A' and <= 'J' or >= 'a' and <= 'e'] };

    private static char LetterOf(string text) => text switch
    {
        ['(', >= 'A' and <= 'J' or >= 'a' and <= 'e', ')', ..] when text.Length == 3 => text[1],
        [>= 'A' and <= 'J' or >= 'a' and <= 'e', ')' or '.' or ':'] => text[0],
        _ => '\0',
    };
}
