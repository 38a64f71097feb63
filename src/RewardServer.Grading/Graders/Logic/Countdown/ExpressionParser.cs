namespace RewardServer.Grading.Graders.Logic.Countdown;

/// <summary>
/// Parses arithmetic: + and - bind less than * and /, all from left to right. There is no sign before a number, and two numbers never stand
/// side by side; a product without its sign is read before a parenthesis alone, and not after a division, where conventions differ.
/// </summary>
internal sealed class ExpressionParser
{
    /// <summary>The most tokens of an equation.</summary>
    public const int MostTokens = 200;

    private readonly IReadOnlyList<Token> tokens;
    private int at;
    private bool failed;

    private ExpressionParser(IReadOnlyList<Token> tokens) => this.tokens = tokens;

    /// <summary>The sides of an equation, or the one expression; null where it is none.</summary>
    public static List<Expression>? Sides(IReadOnlyList<Token> tokens)
    {
        if (tokens.Count > MostTokens || tokens.Any(token => token.Kind == TokenKind.Foreign))
        {
            return null;
        }

        var parser = new ExpressionParser(tokens);
        var sides = new List<Expression> { parser.Sum() };
        while (!parser.failed && parser.Take(TokenKind.Equals))
        {
            sides.Add(parser.Sum());
        }

        return parser.failed || parser.at < tokens.Count ? null : sides;
    }

    private Expression Sum()
    {
        var left = Product();
        while (!failed && Sign() is '+' or '-')
        {
            var sign = tokens[at++].Text[0];
            left = new Operation(sign, left, Product());
        }

        return left;
    }

    private Expression Product()
    {
        var (left, divides) = (Factor(), false);
        while (!failed)
        {
            if (Sign() is '*' or '/')
            {
                var sign = tokens[at++].Text[0];
                divides |= sign == '/';
                left = new Operation(sign, left, Factor());
            }
            else if (Kind() == TokenKind.Open && !divides)
            {
                left = new Operation('*', left, Factor());
            }
            else
            {
                break;
            }
        }

        return left;
    }

    private Expression Factor()
    {
        var token = at < tokens.Count ? tokens[at++] : default(Token?);
        switch (token?.Kind)
        {
            case TokenKind.Number:
                return new Number(token.Value.Text);
            case TokenKind.Open:
                var inner = Sum();
                failed |= Kind() != TokenKind.Close || (token.Value.Text == "[") != (tokens[at].Text == "]");
                at++;
                return inner;
            case TokenKind.Fraction:
                var above = Argument();
                return new Operation('/', above, Argument());
            default:
                failed = true;
                return new Number("0");
        }
    }

    private Expression Argument()
    {
        failed |= !Take(TokenKind.OpenBrace);
        var inner = failed ? new Number("0") : Sum();
        failed |= !Take(TokenKind.CloseBrace);
        return inner;
    }

    private bool Take(TokenKind kind)
    {
        var there = Kind() == kind;
        at += there ? 1 : 0;
        return there;
    }

    private TokenKind? Kind() => at < tokens.Count ? tokens[at].Kind : null;

    private char Sign() => Kind() == TokenKind.Operation ? tokens[at].Text[0] : '\0';
}
