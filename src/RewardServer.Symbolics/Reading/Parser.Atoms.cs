using RewardServer.Symbolics.Expressions;

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
                return new Number(_cursor.Next().Value);
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
        // Long runs are words; a word within a formula makes it prose.
        if (_cursor.LettersRead == 0 && _cursor.Current.Text.Length > 3)
        {
            return null;
        }

        var letter = _cursor.NextLetter();
        if (letter is 'f' or 'g' or 'h' && _cursor.Current.Is('(') && _cursor.LettersRead == 0)
        {
            return Atom() is { } argument && IsScalar(argument) ? new Application(letter.ToString(), [argument]) : null;
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
        if (_cursor.LettersRead > 0 || !_cursor.Take('_'))
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

    private static bool StartsAtom(string command) => command is "frac" or "sqrt" or "pi" or "infty" or "binom" or "lfloor" or "lceil"
        or "overline" || FunctionNames.Prefix.ContainsKey(command) || FunctionNames.Greek.Contains(command);

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
                return Argument() is { } above && Argument() is { } below ? new Fraction(above, below) : null;
            case "binom":
                return Argument() is { } from && Argument() is { } choose ? new Application("binomial", [from, choose]) : null;
            case "sqrt":
                return Root();
            case "lfloor":
                return Enclosed("floor", "rfloor");
            case "lceil":
                return Enclosed("ceiling", "rceil");
            case "overline":
                return Argument() is { } line ? new Application("overline", [line]) : null;
            case "mathbb":
                return Argument() is Symbol { Name: "R" } ? new Constant(ConstantKind.Reals) : null;
            default:
                return FunctionNames.Prefix.TryGetValue(name, out var function) ? Function(function)
                    : FunctionNames.Greek.Contains(name) ? WithSubscript(name) : null;
        }
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
        var inverse = power is Number { Value: var exponent } && exponent == -1 && name is "sin" or "cos" or "tan";
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

    private Expression? Bracketed(char mark)
    {
        switch (mark)
        {
            case '{':
                return Group();
            case '(' or '[':
                _cursor.Next();
                return _cursor.Nested(List) is { } inside ? InBrackets(mark, inside) : null;
            case Marks.SetOpen:
                _cursor.Next();
                return ReadSet();
            case '|':
                return Absolute();
            case Marks.Currency or '€' or '£':
                _cursor.Next();
                var unit = mark switch { '€' => Unit.Euro, '£' => Unit.Pound, _ => Unit.Dollar };
                return _cursor.Nested(Product) is { } amount && IsScalar(amount) ? WithUnit(amount, unit) : null;
            default:
                return null;
        }
    }

    // A brace group; with several elements it is a set in plain text.
    private Expression? Group()
    {
        if (!_cursor.Take('{') || _cursor.Nested(List) is not { } inside || !_cursor.TakeClosing('}'))
        {
            return null;
        }

        return inside is Collection { Kind: CollectionKind.List } list ? new Collection(CollectionKind.Set, list.Elements) : inside;
    }

    private Expression? InBrackets(char open, Expression inside)
    {
        var close = _cursor.Current.Kind == TokenKind.End ? (open == '(' ? ")" : "]") : _cursor.Current.Text;
        if (close is not (")" or "]"))
        {
            return null;
        }

        _cursor.Next();
        if (inside is Collection { Kind: CollectionKind.List, Elements: [var low, var high] }
            && (open == '[' || close == "]" || HasInfinity(low) || HasInfinity(high)))
        {
            return IsScalar(low) && IsScalar(high) ? new Interval(low, high, open == '[', close == "]") : null;
        }

        return (open == '(') != (close == ")") ? null
            : inside is Collection { Kind: CollectionKind.List } list ? new Collection(CollectionKind.Tuple, list.Elements) : inside;
    }

    private static bool HasInfinity(Expression end) => end is Constant { Kind: ConstantKind.Infinity }
        || (end is Negation { Operand: var operand } && HasInfinity(operand));

    private Expression? ReadSet()
    {
        if (_cursor.Take(Marks.SetClose))
        {
            return new Constant(ConstantKind.EmptySet);
        }

        if (_cursor.Nested(List) is not { } inside || !_cursor.TakeClosing(Marks.SetClose))
        {
            return null;
        }

        return new Collection(CollectionKind.Set, inside is Collection { Kind: CollectionKind.List } list ? list.Elements : [inside]);
    }

    private Application? Absolute()
    {
        _cursor.Next();
        _openBars++;
        var inner = _cursor.Nested(Sum);
        _openBars--;
        return inner is not null && IsScalar(inner) && _cursor.TakeClosing('|') ? new Application("abs", [inner]) : null;
    }

    private Matrix? ReadMatrix()
    {
        var environment = _cursor.Next().Text;
        if (environment == "array")
        {
            SkipColumns();
        }

        if (!environment.EndsWith("matrix", StringComparison.Ordinal) && environment != "array")
        {
            return null;
        }

        var rows = new List<IReadOnlyList<Expression>> { new List<Expression>() };
        while (_cursor.Nested(Sum) is { } entry && IsScalar(entry))
        {
            ((List<Expression>)rows[^1]).Add(entry);
            if (_cursor.Take(Marks.NewRow) && _cursor.Current.Kind != TokenKind.Close)
            {
                rows.Add(new List<Expression>());
            }
            else if (_cursor.Current.Kind == TokenKind.Close)
            {
                _cursor.Next();
                return rows.All(r => r.Count == rows[0].Count) && environment != "vmatrix" ? new Matrix(rows) : null;
            }
            else if (!_cursor.Previous.Is(Marks.NewRow) && !_cursor.Take('&'))
            {
                return null;
            }
        }

        return null;
    }

    private void SkipColumns()
    {
        while (_cursor.Current.Kind != TokenKind.End && !_cursor.Take('}'))
        {
            _cursor.Next();
        }
    }
}
