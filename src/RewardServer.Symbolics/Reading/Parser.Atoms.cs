using RewardServer.Symbolics.Expressions;
using RewardServer.Symbolics.Operations;

namespace RewardServer.Symbolics.Reading;

/// <content>Atoms: numbers, letters, commands, brackets.</content>
internal sealed partial class Parser
{
    private Expression? Atom()
    {
        var token = _cursor.Current;
        switch (token.Kind)
        {
            case TokenKind.Number:
                return new Number(_cursor.Next().Value, token.Places);
            case TokenKind.BaseNumeral:
                _cursor.Next();
                return new BaseNumeral(token.Text, token.Base, token.Value);
            case TokenKind.Letters:
                return Letter();
            case TokenKind.Command:
                _cursor.Next();
                return Command(token.Text);
            case TokenKind.Begin:
                return ReadMatrix();
            case TokenKind.Mark:
                return Bracketed(token.Text[0]);
            default:
                return null;
        }
    }

    private Expression? Letter()
    {
        // Long runs are words, and so is what has an apostrophe inside; a word within a formula makes it prose.
        if (_cursor.LettersRead == 0 && (_cursor.Current.Text.Length > 3 || _cursor.Current.Text.Contains('\'', StringComparison.Ordinal)))
        {
            return null;
        }

        var letter = _cursor.NextLetter();
        var primed = TakePrimes(letter.ToString());
        if (letter is 'f' or 'g' or 'h' && _cursor.Current.Is('(') && _cursor.LettersRead == 0)
        {
            return Atom() is { } argument && IsScalar(argument) ? new Application(primed, [argument]) : null;
        }

        if (primed.Length > 1)
        {
            return new Symbol(primed);
        }

        return letter switch
        {
            'e' => new Constant(ConstantKind.Euler),
            'i' => new Constant(ConstantKind.Imaginary),
            _ => WithSubscript(letter.ToString()),
        };
    }

    private Symbol? WithSubscript(string name)
    {
        // "m5" is a name, as is "m_5": it is no number, and nobody writes a product so.
        var isIndexed = _cursor.Current is { Kind: TokenKind.Number, SpaceBefore: false, Places: 0, Value.IsInteger: true } && _cursor.Previous.Kind == TokenKind.Letters;
        if (_cursor.LettersRead > 0 || !(isIndexed || _cursor.Take('_')))
        {
            return new Symbol(name);
        }

        var braced = _cursor.Take('{');
        var subscript = string.Empty;
        do
        {
            var token = _cursor.Current;
            if (token.Kind is not (TokenKind.Number or TokenKind.Letters or TokenKind.Text) || !token.Text.All(char.IsLetterOrDigit))
            {
                return null;
            }

            subscript += _cursor.Next().Text;
        }
        while (braced && !_cursor.Take('}'));
        return new Symbol($"{name}_{subscript}");
    }

    private static bool StartsAtom(string command) => command is "frac" or "sqrt" or "cbrt" or "root" or "floor" or "ceil" or "ceiling" or "pi" or "infty" or "binom" or "lfloor" or "lceil"
        or "overline" or "bar" or "sum" or "prod" or "int" or "lim" or "angle" or "measuredangle" or "vec" or "overrightarrow" or "hat" or "widehat" or "triangle" || FunctionNames.Prefix.ContainsKey(command) || FunctionNames.Greek.Contains(command);

    private Expression? Command(string name)
    {
        switch (name)
        {
            case "pi":
                return new Constant(ConstantKind.Pi);
            case "infty":
                return new Constant(ConstantKind.Infinity);
            case "emptyset" or "varnothing":
                return new Constant(ConstantKind.EmptySet);
            case "frac":
                return Argument() is { } above && Argument() is { } below ? FractionOrDerivative(above, below) : null;
            case "binom":
                return Argument() is { } from && Argument() is { } choose ? new Application("binomial", [from, choose]) : null;
            case "sqrt":
                return Root();
            case "floor" or "ceil" or "ceiling":
                return Argument() is { } rounded ? new Application(name == "floor" ? "floor" : "ceiling", [rounded]) : null;
            case "cbrt":
                return Argument() is { } cube ? new Power(cube, new Fraction(new Number(1), new Number(3))) : null;
            case "root":
                return Argument() is { } index && _cursor.Current.IsCommand("of") && _cursor.Next() is var _ && Argument() is { } of
                    ? new Power(of, new Fraction(new Number(1), index)) : null;
            case "lfloor":
                return Enclosed("floor", "rfloor");
            case "lceil":
                return Enclosed("ceiling", "rceil");
            case "sum" or "prod" or "int" or "lim":
                return ReadOperation(name);
            case "det":
                return _cursor.Nested(Atom) is Matrix matrix ? MatrixArithmetic.Determinant(matrix) : null;
            case "overline" or "bar":
                return Argument() is { } line ? new Application("overline", [line]) : null;
            case "angle" or "measuredangle" or "triangle":
                return Decorated(name == "triangle" ? name : "angle");
            case "vec" or "overrightarrow" or "hat" or "widehat":
                return Decorated(name.EndsWith("hat", StringComparison.Ordinal) ? "hat" : "vec");
            case "mathbb":
                return Argument() is Symbol { Name: var set } && FunctionNames.NumberSets.TryGetValue(set, out var kind) ? PartOf(kind) : null;
            case "ldots" or "dots" or "cdots":
                return _cursor.Current.Is(',') && _cursor.Previous.IsCommand(name) ? new Text("...") : null;
            default:
                return FunctionNames.NumberSets.TryGetValue(name, out var numbers) ? PartOf(numbers) : FunctionNames.Prefix.TryGetValue(name, out var function) ? Function(function)
                    : name == "Gamma" && _cursor.Current.Is('(') ? Function(name)
                    : FunctionNames.Greek.Contains(name) ? WithSubscript(name) : null;
        }
    }

    // "\angle ABC" and "\vec{v}" are names as they stand, for their letters are no product.
    private Symbol? Decorated(string name)
    {
        _cursor.Take('_');
        var braced = _cursor.Take('{');
        if (_cursor.Current is { Kind: TokenKind.Command, Text: "imath" or "jmath" } dotless)
        {
            _cursor.Next();
            return !braced || _cursor.TakeClosing('}') ? new Symbol($"{name}_{dotless.Text[0]}") : null;
        }

        return _cursor.Current is { Kind: TokenKind.Letters, Text: var letters } && _cursor.Next() is var _ && (!braced || _cursor.TakeClosing('}'))
            ? new Symbol($"{(letters is "i" or "j" or "k" && name == "vec" ? "hat" : name)}_{letters}") : null;
    }

    // An argument of a command: a group, or one atom without braces.
    private Expression? Argument() => _cursor.Nested(Atom) is { } argument && IsScalar(argument) ? argument : null;

    private Power? Root()
    {
        Expression degree = new Number(2);
        if (_cursor.Take('['))
        {
            if (_cursor.Nested(Sum) is not { } written || !IsScalar(written) || !_cursor.Take(']'))
            {
                return null;
            }

            degree = written;
        }

        return Argument() is { } radicand ? new Power(radicand, new Fraction(new Number(1), degree)) : null;
    }

    private Application? Enclosed(string function, string closing)
    {
        var inner = _cursor.Nested(Sum);
        return inner is not null && IsScalar(inner) && _cursor.Next().IsCommand(closing) ? new Application(function, [inner]) : null;
    }

    private Expression? Function(string name)
    {
        Expression? logarithmBase = null;
        if (name == "log" && _cursor.Take('_') && (logarithmBase = Argument()) is null)
        {
            return null;
        }

        if (FunctionNames.OfSeveral.Contains(name))
        {
            return _cursor.Nested(Atom) is Collection { Kind: CollectionKind.Tuple or CollectionKind.Set, Elements: { Count: > 1 } arguments } && arguments.All(IsScalar)
                ? new Application(name, arguments) : null;
        }

        Expression? power = null;
        if (_cursor.Take('^') && (power = Script()) is null)
        {
            return null;
        }

        if (FunctionArgument() is not { } argument)
        {
            return null;
        }

        // The power −1 of a circular function is its inverse.
        var inverse = power is Number { Value: var exponent } && exponent == -1 && FunctionNames.Prefix.ContainsKey("arc" + name);
        var application = new Application(inverse ? "arc" + name : name, logarithmBase is null ? [argument] : [argument, logarithmBase]);
        return power is null || inverse ? application : new Power(application, power);
    }

    // "\sin 2x" takes all factors beside it, "\sin(x) y" only what is in the parentheses.
    private Expression? FunctionArgument()
    {
        if (_cursor.Current.Is('(') || _cursor.Current.Is('{'))
        {
            return Argument();
        }

        var factors = new List<Expression>();
        do
        {
            if (_cursor.Nested(Postfix) is not { } factor || !IsScalar(factor))
            {
                return null;
            }

            factors.Add(factor);
        }
        while (StartsFactor(_cursor.Current) && !FunctionNames.Prefix.ContainsKey(_cursor.Current.Text));
        return factors.Count == 1 ? factors[0] : new Product(factors);
    }
}
