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
    private readonly bool isEquation;
    private int at;
    private bool failed;

    private ExpressionParser(IReadOnlyList<Token> tokens) =>
        (this.tokens, isEquation) = (tokens, tokens.Any(token => token.Kind == TokenKind.Equals));

    /// <summary>The sides of an equation, or the one expression; null where it is none.</summary>
    public static List<Expression>? Sides(IReadOnlyList<Token> tokens)
    {
        if (tokens.Count > MostTokens || tokens.Any(token => token.Kind == TokenKind.Foreign))
        {
            return null;
        }

        var parser = new ExpressionParser(tokens);
        var sides = new List<Expression> { parser.Side() };
        while (!parser.failed && parser.Take(TokenKind.Equals))
        {
            sides.Add(parser.Side());
        }

        return parser.failed || parser.at < tokens.Count ? null : sides;
    }

    // A result may be negative: "1-5 = -4"; what is no equation has no sign before its first number.
    private Expression Side()
    {
        if (isEquation && Sign() == '-' && at + 1 < tokens.Count && tokens[at + 1].Kind == TokenKind.Number)
        {
            at += 2;
            return Sum(Product(new Number($"-{tokens[at - 1].Text}")));
        }

        return Sum();
    }

    private Expression Sum() => Sum(Product());

    private Expression Sum(Expression left)
    {
        while (!failed && Sign() is '+' or '-')
        {
            var sign = tokens[at++].Text[0];
            left = new Operation(sign, left, Product());
        }

        return left;
    }

    private Expression Product() => Product(Factor());

    private Expression Product(Expression left)
    {
        var divides = false;
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
                if (Kind() == TokenKind.Number && tokens[at].Text is [var top, var bottom])
                {
                    at++;
                    return new Operation('/', new Number($"{top}"), new Number($"{bottom}")); // \frac83
                }

                var above = Argument();
                return new Operation('/', above, Argument());
            default:
                failed = true;
                return new Number("0");
        }
    }

    private Expression Argument()
    {
        if (Kind() == TokenKind.Number && tokens[at].Text.Length == 1)
        {
            return new Number(tokens[at++].Text);
        }

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
