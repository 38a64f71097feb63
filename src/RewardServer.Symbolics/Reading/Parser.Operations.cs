using RewardServer.Symbolics.Expressions;

namespace RewardServer.Symbolics.Reading;

/// <content>Operations that are to be carried out: sums and products over a range, integrals, derivatives, limits.</content>
internal sealed partial class Parser
{
    private const int MostPrimes = 3;

    private Operation? ReadOperation(string name) => name switch
    {
        "sum" => OverRange(OperationKind.Sum),
        "prod" => OverRange(OperationKind.Product),
        "int" => Integral(),
        _ => Limit(),
    };

    private bool IsModulusAhead() => _cursor.Current.IsCommand("pmod")
        || (_cursor.Current.Is('(') && (_cursor.Peek(1) is { Kind: TokenKind.Letters or TokenKind.Text, Text: "mod" } || _cursor.Peek(1).IsCommand("bmod") || _cursor.Peek(1).IsCommand("mod")));

    // "2 (mod 5)" is a class of numbers and no number: it equals 7 (mod 5), and nothing without its modulus.
    private Collection? Residue(Expression value)
    {
        var bracketed = _cursor.Next().Is('(') && _cursor.Next() is var _;
        var modulus = bracketed ? _cursor.Nested(Sum) : Argument();
        return IsScalar(value) && modulus is not null && IsScalar(modulus) && (!bracketed || _cursor.TakeClosing(')'))
            ? new Collection(CollectionKind.Tuple, [new Text("mod"), new Application("mod", [value, modulus]), modulus]) : null;
    }

    private Operation? OverRange(OperationKind kind)
    {
        if (!_cursor.Take('_') || !_cursor.Take('{') || _cursor.Nested(Element) is not Relation { Operators: ['='], Operands: [var index, var low] }
            || !_cursor.Take('}') || !_cursor.Take('^') || Script() is not { } high || Body() is not { } body)
        {
            return null;
        }

        // Where i counts, it is not the imaginary unit.
        return index switch
        {
            Symbol variable => new Operation(kind, variable, [body, low, high]),
            Constant { Kind: ConstantKind.Imaginary } => new Operation(kind, new Symbol("i"), [ExpressionTree.Replace(body, index, new Symbol("i")), low, high]),
            _ => null,
        };
    }

    // An operation takes in the factors after it, but not the terms.
    private Expression? Body() => _cursor.Nested(Product) switch
    {
        Collection { Kind: CollectionKind.Tuple, Elements: [var only] } when IsScalar(only) => only,
        { } body when IsScalar(body) => body,
        _ => null,
    };

    private Operation? Integral()
    {
        Expression? low = null;
        Expression? high = null;
        if (_cursor.Take('_') && ((low = SignedAtom()) is null || !_cursor.Take('^') || (high = Script()) is null))
        {
            return null;
        }

        var terms = new List<Expression>();
        do
        {
            if (Term(TakeSign()) is not { } term || !IsScalar(term))
            {
                return null;
            }

            var (rest, variable) = TakeDifferential(term);
            terms.Add(rest);
            if (variable is not null)
            {
                var body = terms.Count == 1 ? terms[0] : new Sum(terms);
                return new Operation(OperationKind.Integral, variable, low is null ? [body] : [body, low, high!]);
            }
        }
        while (IsSign(_cursor.Current));
        return null;
    }

    // The dx at the end of a term, which was read as two factors more; in "\sin x\,dx" they stand among those of the angle.
    private static (Expression Term, Symbol? Variable) TakeDifferential(Expression term)
    {
        switch (term)
        {
            case Product { Factors: [Symbol { Name: "d" }, Symbol variable] }:
                return (new Number(1), variable);
            case Product { Factors: [.., Symbol { Name: "d" }, Symbol variable] } product:
                return (product.Factors is [var factor, _, _] ? factor : new Product([.. product.Factors.SkipLast(2)]), variable);
            case Product { Factors: [.., var last] } product when TakeDifferential(last) is (var rest, { } variable):
                return (new Product([.. product.Factors.SkipLast(1), rest]), variable);
            case Fraction fraction when TakeDifferential(fraction.Numerator) is (var rest, { } variable):
                return (fraction with { Numerator = rest }, variable);
            case Application { Arguments: [var argument] } application when TakeDifferential(argument) is (var rest, { } variable):
                return (application with { Arguments = [rest] }, variable);
            case Power { Base: Application } power when TakeDifferential(power.Base) is (var rest, { } variable):
                return (power with { Base = rest }, variable);
            case Negation negation when TakeDifferential(negation.Operand) is (var rest, { } variable):
                return (new Negation(rest), variable);
            default:
                return (term, null);
        }
    }

    private Operation? Limit()
    {
        if (!_cursor.Take('_') || !_cursor.Take('{') || _cursor.Nested(Atom) is not Symbol variable
            || !(_cursor.Current.IsCommand("to") || _cursor.Current.IsCommand("rightarrow")))
        {
            return null;
        }

        _cursor.Next();
        var place = SignedAtom();
        if (place is not null && _cursor.Take('^'))
        {
            // From one side: what is carried out here has the same limit from both.
            TakeSign();
        }

        return place is not null && _cursor.Take('}') && Body() is { } body ? new Operation(OperationKind.Limit, variable, [body, place]) : null;
    }

    private Expression? SignedAtom()
    {
        var sign = TakeSign();
        return Argument() is not { } atom || sign is not ('+' or '-') ? null : sign == '-' ? Negate(atom) : atom;
    }

    // "\frac{d}{dx}" and "\frac{d^2}{dx^2}" before something to be differentiated; "\frac{dy}{dx} =" is a name.
    private Expression? FractionOrDerivative(Expression above, Expression below)
    {
        if (_cursor.Current.Is('=') && (above, below) is (Product { Factors: [Symbol { Name: "d" }, Symbol of] }, Product { Factors: [Symbol { Name: "d" }, Symbol at] }) && of != at)
        {
            return new Symbol($"\\frac{{d{of.Name}}}{{d{at.Name}}}");
        }

        var (order, variable) = (above, below) switch
        {
            (Symbol { Name: "d" }, Product { Factors: [Symbol { Name: "d" }, Symbol by] }) => (new Number(1), by),
            (Power { Base: Symbol { Name: "d" }, Exponent: Number times },
                Product { Factors: [Symbol { Name: "d" }, Power { Base: Symbol by, Exponent: Number same }] }) when times == same => (times, by),
            _ => (null, null),
        };
        return variable is null || !StartsFactor(_cursor.Current) && _cursor.Current.Kind != TokenKind.Number && !_cursor.Current.Is('[')
            ? new Fraction(above, below)
            : Body() is { } body ? new Operation(OperationKind.Derivative, variable, [body, order!]) : null;
    }

    private string TakePrimes(string name)
    {
        for (var i = 0; i < MostPrimes && _cursor.LettersRead == 0 && _cursor.Take(Marks.Prime); i++)
        {
            name += Marks.Prime;
        }

        return name;
    }
}
