using RewardServer.Symbolics.Expressions;
using RewardServer.Symbolics.Operations;

namespace RewardServer.Symbolics.Reading;

/// <content>Sets by their conditions, systems and cases, matrices.</content>
internal sealed partial class Parser
{
    private const int LongestCondition = 200;

    // "{x : x > 2}", and not the ratio "{a : b}": somewhere before the brace closes stands a relation.
    private bool IsSetBuilderAhead()
    {
        var byName = _cursor.Current is { Kind: TokenKind.Letters, Text.Length: 1 } && (IsSuchThat(_cursor.Peek(1)) || _cursor.Peek(1).Is('∈'));
        var (relation, separator, depth) = (false, false, 0);
        for (var i = byName ? 1 : 0; i < LongestCondition && depth >= 0 && _cursor.Peek(i) is { Kind: not TokenKind.End } token; i++)
        {
            depth += token.Is('{') || token.Is(Marks.SetOpen) ? 1 : token.Is('}') || token.Is(Marks.SetClose) ? -1 : 0;
            relation |= separator && IsRelation(token);
            // A formula of the elements stands before its parameter alone, for a bar may be one of an absolute value: "{2k | k ∈ ℤ}".
            separator |= IsSuchThat(token) && (byName || (depth == 0 && _cursor.Peek(i + 1) is { Kind: TokenKind.Letters, Text.Length: 1 } && _cursor.Peek(i + 2).Is('∈')));
        }

        return relation;
    }

    // "ℝ^+", "ℤ^+", "ℝ^*": the positive ones, or those other than zero.
    private Expression PartOf(ConstantKind kind)
    {
        var set = new Constant(kind);
        var braced = _cursor.Peek(1).Is('{') ? 1 : 0;
        var sign = _cursor.Peek(1 + braced);
        if (!(_cursor.Current.Is('^') || _cursor.Current.Is('_')) || (braced == 1 && !_cursor.Peek(3).Is('}')) || !(sign.Is('+') || sign.Is('*') || sign.Is('-')))
        {
            return set;
        }

        _cursor.Skip(2 + (2 * braced));
        var zero = new Number(0);
        var infinity = new Constant(ConstantKind.Infinity);
        return (kind, sign.Text) switch
        {
            (ConstantKind.Integers, "+") or (ConstantKind.Naturals, _) => new Constant(ConstantKind.Naturals),
            (_, "*") => new SetOperation('\\', [set, new Collection(CollectionKind.Set, [zero])]),
            (ConstantKind.Reals, "+") => new Interval(zero, infinity, LowClosed: false, HighClosed: false),
            (ConstantKind.Reals, _) => new Interval(new Negation(infinity), zero, LowClosed: false, HighClosed: false),
            (_, "+") => new SetOperation('∩', [set, new Interval(zero, infinity, LowClosed: false, HighClosed: false)]),
            _ => new SetOperation('∩', [set, new Interval(new Negation(infinity), zero, LowClosed: false, HighClosed: false)]),
        };
    }

    private static bool IsSuchThat(Token token) => token.Is(':') || token.Is('|');

    private SetBuilder? ReadSetBuilder()
    {
        var conditions = new List<Expression>();
        // The bar that ends it opens no absolute value.
        _openBars++;
        var variable = ElementsOfBuilder();
        _openBars--;
        if (variable is null)
        {
            return null;
        }

        if (_cursor.Take('∈'))
        {
            if (_cursor.Nested(Atom) is not { } domain)
            {
                return null;
            }

            conditions.Add(new Relation([variable, domain], ['∈']));
        }

        if (!IsSuchThat(_cursor.Next()) || _cursor.Nested(List) is not { } written)
        {
            return null;
        }

        conditions.AddRange(written is Collection { Kind: CollectionKind.List } list ? list.Elements : [written]);
        return new SetBuilder(variable, conditions);
    }

    // A variable, a formula, or several.
    private Expression? ElementsOfBuilder()
    {
        var elements = new List<Expression>();
        do
        {
            if (_cursor.Nested(Sum) is not { } element || !IsScalar(element))
            {
                return null;
            }

            elements.Add(element);
        }
        while (_cursor.Take(','));
        return elements.Count == 1 ? elements[0] : new Collection(CollectionKind.List, elements);
    }

    // Rows of one cell are a system of equations, rows of two the values of a function and when it has them.
    private Collection? ReadCases()
    {
        var rows = new List<Expression>();
        while (_cursor.Current.Kind is not (TokenKind.Close or TokenKind.End))
        {
            if (Row() is not { } row)
            {
                return null;
            }

            rows.Add(row);
        }

        _cursor.Next();
        return rows.Count == 0 ? null : new Collection(CollectionKind.List, rows);
    }

    private Expression? Row()
    {
        var cells = new List<Expression>();
        do
        {
            SkipConnective();
            if (_cursor.Nested(Element) is not { } cell)
            {
                return null;
            }

            cells.Add(cell);
            _ = _cursor.Take(',') || _cursor.Take(';') || _cursor.Take('.');
        }
        while (_cursor.Take('&'));
        return !_cursor.Take(Marks.NewRow) && _cursor.Current.Kind != TokenKind.Close ? null
            : cells.Count == 1 ? cells[0] : new Collection(CollectionKind.Tuple, cells);
    }

    private void SkipConnective()
    {
        if (_cursor.Current is { Kind: TokenKind.Text or TokenKind.Letters } token && token.Text.Trim().ToLowerInvariant() is "if" or "for" or "when" or "where")
        {
            _cursor.Next();
        }
    }

    private Expression? ReadMatrix()
    {
        var environment = _cursor.Next().Text;
        if (environment is "cases" or "dcases" or "rcases")
        {
            return ReadCases();
        }

        if (environment == "array")
        {
            SkipColumns();
        }

        if (!environment.EndsWith("matrix", StringComparison.Ordinal) && environment != "array")
        {
            return null;
        }

        return MatrixRows() is { } matrix ? environment == "vmatrix" ? MatrixArithmetic.Determinant(matrix) : matrix : null;
    }

    private Matrix? MatrixRows()
    {
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
                return rows.All(r => r.Count == rows[0].Count) ? new Matrix(rows) : null;
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

    /// <summary>"[[1, 2], [3, 4]]", as programs write a matrix; null where the elements are no rows.</summary>
    private static Matrix? RowsInBrackets(Collection list)
    {
        var rows = list.Elements.Select(e => e switch
        {
            Interval { LowClosed: true, HighClosed: true } pair => [pair.Low, pair.High],
            Collection { Kind: CollectionKind.Tuple, Elements: { Count: > 2 } elements } when elements.All(IsScalar) => elements,
            _ => null,
        }).ToList();
        return rows.TrueForAll(r => r is not null && r.Count == rows[0]!.Count) ? new Matrix([.. rows.Select(r => r!)]) : null;
    }
}
