namespace RewardServer.Symbolics.Reading;

/// <summary>
/// Reads the rows of a display environment. A row that starts with a relation goes on with the chain above ("x &amp;= 2 + 3 \\ &amp;= 5"), and any
/// other is an element of its own. Rows within a matrix are the matrix's.
/// </summary>
internal static class Rows
{
    /// <summary>The tokens without alignment marks, outside of environments that are objects.</summary>
    public static List<Token> Join(List<Token> tokens)
    {
        if (!tokens.Exists(t => t.Is(Marks.NewRow) || t.Is('&')))
        {
            return tokens;
        }

        var joined = new List<Token>(tokens.Count);
        var depth = 0;
        for (var i = 0; i < tokens.Count; i++)
        {
            depth += tokens[i].Kind == TokenKind.Begin ? 1 : tokens[i].Kind == TokenKind.Close ? -1 : 0;
            if (depth > 0 || !(tokens[i].Is(Marks.NewRow) || tokens[i].Is('&')))
            {
                joined.Add(tokens[i]);
            }
            else if (tokens[i].Is(Marks.NewRow) && joined.Count > 0 && IsElement(tokens, i + 1) && !joined[^1].Is(','))
            {
                joined.Add(Token.OfMark(','));
            }
        }

        return joined;
    }

    private static bool IsElement(List<Token> tokens, int at)
    {
        while (at < tokens.Count && (tokens[at].Is('&') || tokens[at].Is(Marks.NewRow)))
        {
            at++;
        }

        return at < tokens.Count && tokens[at].Kind != TokenKind.End
            && !(tokens[at].Kind == TokenKind.Mark && tokens[at].Text[0] is '=' or '<' or '>' or '≤' or '≥' or '≈' or ',' or Marks.And or Marks.Or);
    }
}
