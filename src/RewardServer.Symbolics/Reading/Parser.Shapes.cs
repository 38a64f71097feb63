using RewardServer.Symbolics.Expressions;

namespace RewardServer.Symbolics.Reading;

/// <content>Sets by their conditions, systems and cases, matrices.</content>
internal sealed partial class Parser
{
    private const int LongestCondition = 200;
    private const int LargestDeterminant = 4;

    // "{x : x > 2}", and not the ratio "{a : b}": somewhere before the brace closes stands a relation.
    private bool IsSetBuilderAhead()
    {
        if (_cursor.Current is not { Kind: TokenKind.Letters, Text.Length: 1 } || !(IsSuchThat(_cursor.Peek(1)) || _cursor.Peek(1).Is('∈')))
        {
            return false;
        }

        var (relation, separator, depth) = (false, false, 0);
        for (var i = 1; i < LongestCondition && depth >= 0 && _cursor.Peek(i) is { Kind: not TokenKind.End } token; i++)
        {
            depth += token.Is('{') || token.Is(Marks.SetOpen) ? 1 : token.Is('}') || token.Is(Marks.SetClose) ? -1 : 0;
            relation |= separator && IsRelation(token);
            separator |= IsSuchThat(token);
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
        if (_cursor.Nested(Atom) is not { } variable)
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

        return MatrixRows() is { } matrix ? environment == "vmatrix" ? Determinant(matrix) : matrix : null;
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

    // Expanded by its first row; a larger one is hardly ever an answer.
    private static Expression? Determinant(Matrix matrix)
    {
        var size = matrix.Rows.Count;
        return size > LargestDeterminant || matrix.Rows[0].Count != size ? null : Expand(matrix.Rows, [.. Enumerable.Range(0, size)]);
    }

    private static Expression Expand(IReadOnlyList<IReadOnlyList<Expression>> rows, List<int> columns)
    {
        var row = rows[^columns.Count];
        if (columns.Count == 1)
        {
            return row[columns[0]];
        }

        return new Sum([.. columns.Select((column, i) =>
        {
            var product = new Product([row[column], Expand(rows, [.. columns.Where(c => c != column)])]);
            return i % 2 == 0 ? (Expression)product : new Negation(product);
        })]);
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

    // "(1, 2)^T" is a column.
    private Expression? Transposed(Expression? expression)
    {
        var rows = !_cursor.Current.Is('^') ? null : expression switch
        {
            Matrix matrix => matrix.Rows,
            Collection { Kind: CollectionKind.Tuple, Elements: { Count: > 1 } entries } when entries.All(IsScalar) => [entries],
            Interval { LowClosed: true, HighClosed: true } pair => [[pair.Low, pair.High]],
            _ => null,
        };
        var braced = _cursor.Peek(1).Is('{') ? 1 : 0;
        if (rows is null || !(_cursor.Peek(1 + braced) is { Kind: TokenKind.Letters or TokenKind.Text, Text: "T" } or { Kind: TokenKind.Command, Text: "top" or "intercal" }) || (braced == 1 && !_cursor.Peek(3).Is('}')))
        {
            return expression;
        }

        _cursor.Skip(2 + (2 * braced));
        return new Matrix([.. rows[0].Select((_, column) => (IReadOnlyList<Expression>)[.. rows.Select(row => row[column])])]);
    }

    // A matrix times numbers; or a point by its name, as in "P(3, 4)".
    private static Expression? Scaled(List<Expression> above, List<Expression> below)
    {
        if (above is [Symbol { Name: [>= 'A' and <= 'Z'] }, Collection { Kind: CollectionKind.Tuple } point] && below.Count == 0)
        {
            return point;
        }

        if (above.OfType<Matrix>().ToList() is not [var matrix] || above.Count(IsScalar) != above.Count - 1 || !below.All(IsScalar))
        {
            return null;
        }

        var at = above.IndexOf(matrix);
        return Map(matrix, entry =>
        {
            Expression product = new Product([.. above[..at], entry, .. above[(at + 1)..]]);
            return below.Count == 0 ? product : new Fraction(product, below.Count == 1 ? below[0] : new Product(below));
        });
    }

    private static Matrix Map(Matrix matrix, Func<Expression, Expression> entry) => new([.. matrix.Rows.Select(r => r.Select(entry).ToList())]);
}
