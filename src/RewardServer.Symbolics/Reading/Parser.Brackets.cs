using RewardServer.Symbolics.Expressions;

namespace RewardServer.Symbolics.Reading;

/// <content>Brackets: groups, tuples, intervals, sets, absolute values, matrices.</content>
internal sealed partial class Parser
{
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
            case Marks.Currency or '€' or '£' or '¥' or '₹' or '¢':
                var unit = CurrencyOf(_cursor.Next())!;
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
