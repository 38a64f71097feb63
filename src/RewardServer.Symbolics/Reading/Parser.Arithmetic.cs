using System.Numerics;
using RewardServer.Symbolics.Expressions;

namespace RewardServer.Symbolics.Reading;

/// <content>Sums, products, powers.</content>
internal sealed partial class Parser
{
    private const int LongestPostfix = 8;

    private int _openBars;

    // In TeX "\over" and "\choose" take all that stands in the group, or the row, on both sides.
    private Expression? Sum()
    {
        var above = Terms();
        var isFraction = _cursor.Current.IsCommand("over");
        if (above is null || !(isFraction || _cursor.Current.IsCommand("choose")))
        {
            return above;
        }

        _cursor.Next();
        return IsScalar(above) && Terms() is { } below && IsScalar(below) ? isFraction ? new Fraction(above, below) : new Application("binomial", [above, below]) : null;
    }

    private Expression? Terms()
    {
        var first = Term(TakeSign());
        if (first is null || !IsSign(_cursor.Current) || IsSet(first))
        {
            return first;
        }

        var terms = new List<Expression> { first };
        while (IsSign(_cursor.Current))
        {
            var sign = TakeSign();
            if (!IsScalar(first) || first is Constant { Kind: ConstantKind.Reals })
            {
                if (Term(first is Matrix ? sign : '+') is not { } other || Added(first, other, sign == '-') is not { } sum)
                {
                    return null;
                }

                (first, terms[0]) = (sum, sum);
                continue;
            }

            if (Term(sign) is not { } term || !IsScalar(term))
            {
                return null;
            }

            terms.Add(term);
        }

        return terms.Count == 1 ? first : new Sum(terms);
    }

    private static bool IsSign(Token token) => token.Kind == TokenKind.Mark && token.Text[0] is '+' or '-' or '±' or '∓';

    // Any number of signs in a row, folded to one.
    private char TakeSign()
    {
        var sign = '+';
        while (IsSign(_cursor.Current))
        {
            sign = (sign, _cursor.Next().Text[0]) switch
            {
                (var before, '+') => before,
                ('+', var next) => next,
                ('-', '-') => '+',
                ('-', '±') => '∓',
                ('-', _) => '±',
                (var both, _) => both,
            };
        }

        return sign;
    }

    private Expression? Term(char sign)
    {
        if (Product() is not { } product)
        {
            return null;
        }

        return sign == '+' ? product : sign == '-' && product is Matrix matrix ? Map(matrix, Negate) : !IsScalar(product) ? null : sign == '-' ? Negate(product) : new PlusMinus(product, sign == '∓');
    }

    private static Expression Negate(Expression expression) =>
        expression is Number number ? new Number(-number.Value, number.Places) : new Negation(expression);

    private Expression? Product()
    {
        if (IsBox(_cursor.Current))
        {
            _cursor.Next();
            return _cursor.Current.Is('{') ? Group() : Atom();
        }

        var (above, below) = (new List<Expression>(), new List<Expression>());
        for (var divides = false; ;)
        {
            if (Signed() is not { } factor)
            {
                return null;
            }

            (divides ? below : above).Add(factor);
            divides = _cursor.Current.Is('/');
            if (!divides && !_cursor.Current.Is('*') && !StartsFactor(_cursor.Current))
            {
                break;
            }

            _ = divides || _cursor.Current.Is('*') ? _cursor.Next() : default;
        }

        var product = Quotient(above, below);
        if (product is null || !(_cursor.Current.IsCommand("bmod") || _cursor.Current.IsCommand("mod")))
        {
            return product;
        }

        _cursor.Next();
        return IsScalar(product) && _cursor.Nested(Product) is { } modulus && IsScalar(modulus) ? new Application("mod", [product, modulus]) : null;
    }

    private static bool IsBox(Token token) => token.IsCommand("boxed") || token.IsCommand("fbox");

    private static Expression? Quotient(List<Expression> above, List<Expression> below)
    {
        if (above.Count + below.Count == 1)
        {
            return above[0];
        }

        if (!above.All(IsScalar) || !below.All(IsScalar))
        {
            return Scaled(above, below);
        }

        var numerator = above.Count == 1 ? above[0] : new Product(above);
        return below.Count == 0 ? numerator : new Fraction(numerator, below.Count == 1 ? below[0] : new Product(below));
    }

    // A factor after an operator may have a sign of its own, as in "2 \cdot -3" and "10^-3".
    private Expression? Signed() => IsSign(_cursor.Current) ? Negated(TakeSign()) : _cursor.Nested(Postfix);

    private Expression? Negated(char sign) => _cursor.Nested(Postfix) is { } operand && IsScalar(operand)
        ? sign switch { '+' => operand, '-' => Negate(operand), _ => new PlusMinus(operand, sign == '∓') }
        : null;

    private Expression? Postfix()
    {
        var expression = MixedNumber() ?? Atom();
        for (var i = 0; expression is not null && StartsPostfix(_cursor.Current); i++)
        {
            expression = i >= LongestPostfix ? null : IsScalar(expression) ? WithPostfix(expression) : PowerOf(expression);
        }

        return expression;
    }

    private static bool StartsPostfix(Token token) => token.Is('^') || token.Is('!') || token.Is('%') || IsDegree(token) || CurrencyOf(token) is not null;

    private static Unit? CurrencyOf(Token token) => token.Kind != TokenKind.Mark ? null : token.Text[0] switch
    {
        Marks.Currency => Unit.Dollar,
        '€' => Unit.Euro,
        '£' => Unit.Pound,
        '¥' => Unit.Yen,
        '₹' => Unit.Rupee,
        '¢' => Unit.Cent,
        _ => null,
    };

    private static bool IsDegree(Token token) => token.IsCommand("circ") || token.IsCommand("degree");

    private Expression? WithPostfix(Expression expression)
    {
        var mark = _cursor.Next();
        if (mark.Is('!'))
        {
            return _cursor.Take('!') ? DoubleFactorial(expression) : new Application("factorial", [expression]);
        }

        if (mark.Is('%') || IsDegree(mark))
        {
            return mark.Is('%') ? new Quantity(expression, Unit.Percent) : Degrees(expression);
        }

        if (CurrencyOf(mark) is { } currency)
        {
            return WithUnit(expression, currency);
        }

        var braced = _cursor.Current.Is('{') ? 1 : 0;
        if (IsDegree(_cursor.Peek(braced)) && (braced == 0 || _cursor.Peek(2).Is('}')))
        {
            _cursor.Skip(1 + (2 * braced));
            return Degrees(expression);
        }

        return Script() is { } exponent ? new Power(expression, exponent) : null;
    }

    // 6!! = 2³·3! and 5!! = 5!/(2²·2!), DLMF 5.4.2; of anything but a numeral it is not read.
    private static Expression? DoubleFactorial(Expression expression)
    {
        if (expression is not Number { Value: { IsInteger: true, Sign: >= 0 } value })
        {
            return null;
        }

        var half = new Number((value / 2).Floor());
        var even = new Product([new Power(new Number(2), half), new Application("factorial", [half])]);
        return value.Numerator.IsEven ? even : new Fraction(new Application("factorial", [expression]), even);
    }

    // An exponent: a group, or one signed atom, with towers to the right.
    private Expression? Script()
    {
        var sign = TakeSign();
        var exponent = _cursor.Nested(() =>
        {
            var atom = Atom();
            return atom is not null && IsScalar(atom) && _cursor.Current.Is('^') ? WithPostfix(atom) : atom;
        });
        return exponent is null || !IsScalar(exponent) ? null : sign == '-' ? Negate(exponent) : sign == '+' ? exponent : null;
    }

    // "2\frac{1}{3}" and "2 1/3": an integer, and a proper fraction of two integers beside it.
    private Sum? MixedNumber()
    {
        var whole = _cursor.Current;
        if (!IsInteger(whole))
        {
            return null;
        }

        var next = _cursor.Peek(1);
        var (above, below, length) = next.IsCommand("frac") ? FractionAhead() : (next, _cursor.Peek(3), 4);
        var slashed = next.Kind == TokenKind.Number && next.SpaceBefore && _cursor.Peek(2).Is('/');
        if ((!slashed && !next.IsCommand("frac")) || !IsInteger(above) || !IsInteger(below) || above.Value >= below.Value)
        {
            return null;
        }

        _cursor.Skip(length);
        return new Sum([new Number(whole.Value), new Fraction(new Number(above.Value), new Number(below.Value))]);
    }

    private (Token Above, Token Below, int Length) FractionAhead()
    {
        var braced = _cursor.Peek(2).Is('{');
        var above = _cursor.Peek(braced ? 3 : 2);
        var after = braced ? 5 : 3;
        var secondBraced = _cursor.Peek(after).Is('{');
        var below = _cursor.Peek(after + (secondBraced ? 1 : 0));
        var closed = (!braced || _cursor.Peek(4).Is('}')) && (!secondBraced || _cursor.Peek(after + 2).Is('}'));
        return (closed ? above : default, below, after + (secondBraced ? 3 : 1));
    }

    private static bool IsInteger(Token token) => token.Kind == TokenKind.Number && token.Value.IsInteger && token.Value.Sign >= 0
        && token.Value.Numerator < BigInteger.Pow(10, 18);

    private bool StartsFactor(Token token) => token.Kind switch
    {
        // A number beside a number is no product: "2 3" may mean anything; but "3^n 2" and "3^2 5^2" are.
        TokenKind.Number => _cursor.Previous.Is(')') || _cursor.Previous.Is('}')
            || (_cursor.IsAfterBareExponent && (_cursor.Previous.Kind == TokenKind.Letters || _cursor.Peek(1).Is('^'))),
        TokenKind.Letters => _cursor.LettersRead > 0 || !(UnitReader.IsWord(token) || UnitReader.IsLetterApart(_cursor)),
        TokenKind.Command => StartsAtom(token.Text),
        TokenKind.Begin => true,
        TokenKind.Mark => (token.Text[0] == '(' && !IsModulusAhead()) || token.Text[0] == '{' || (token.Text[0] == '|' && _openBars == 0),
        _ => false,
    };
}
