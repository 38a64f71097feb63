using RewardServer.Symbolics.Expressions;
using RewardServer.Symbolics.Operations;

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
            case '(' or '[' or ']':
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
        if (_cursor.Current.Is('{') && _cursor.Peek(2) is { Kind: TokenKind.Mark } && TryGroupOfConditions(out var conditions))
        {
            return conditions;
        }

        if (!_cursor.Take('{') || _cursor.Nested(List) is not { } inside || !_cursor.TakeClosing('}'))
        {
            return null;
        }

        return inside is Collection { Kind: CollectionKind.List } list ? new Collection(CollectionKind.Set, list.Elements) : inside;
    }

    // Plain "{x : x > 2}".
    private bool TryGroupOfConditions(out Expression? conditions)
    {
        var open = _cursor.Position;
        _cursor.Next();
        var found = IsSetBuilderAhead();
        conditions = found ? ReadSetBuilder() : null;
        conditions = found && _cursor.TakeClosing('}') ? conditions : null;
        if (!found)
        {
            _cursor.Position = open;
        }

        return found;
    }

    private Expression? InBrackets(char open, Expression inside)
    {
        var close = _cursor.Current.Kind == TokenKind.End ? (open == '(' ? ")" : "]") : _cursor.Current.Text;
        if (close is not (")" or "]" or "["))
        {
            return null;
        }

        _cursor.Next();
        if (inside is Collection { Kind: CollectionKind.List } rows && open == '[' && close == "]" && RowsInBrackets(rows) is { } matrix)
        {
            return matrix;
        }

        if (inside is Collection { Kind: CollectionKind.List, Elements: [var low, var high] } && IsScalar(low) && IsScalar(high)
            && (open != '(' || close != ")" || HasInfinity(low) || HasInfinity(high)))
        {
            return new Interval(low, high, open == '[', close == "]");
        }

        // "]a, b[" is an open interval as some countries write it, and nothing else opens so.
        return open == ']' || close == "[" ? null : (open == '(') != (close == ")") ? null
            : inside is Collection { Kind: CollectionKind.List } list ? new Collection(CollectionKind.Tuple, list.Elements) : inside;
    }

    private static bool HasInfinity(Expression end) => end is Constant { Kind: ConstantKind.Infinity }
        || (end is Negation { Operand: var operand } && HasInfinity(operand));

    private Expression? ReadSet()
    {
        if (IsSetBuilderAhead())
        {
            return ReadSetBuilder() is { } set && _cursor.TakeClosing(Marks.SetClose) ? set : null;
        }

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

    private Expression? Absolute()
    {
        _cursor.Next();
        _openBars++;
        var inner = _cursor.Nested(Sum);
        _openBars--;
        return inner is null || !_cursor.TakeClosing('|') ? null
            : inner is Matrix matrix ? MatrixArithmetic.Determinant(matrix)
            : IsScalar(inner) ? new Application("abs", [inner]) : null;
    }
}
