using RewardServer.Symbolics.Expressions;

namespace RewardServer.Symbolics.Operations;

/// <summary>
/// Sums, products, powers, transposes and inverses of matrices. Entries that are fractions are worked out at once; others become formulas, of a bounded size.
/// Null where the sizes do not fit or go over a bound.
/// </summary>
internal static class MatrixArithmetic
{
    private const int MostRows = 6;
    private const int MostPower = 12;
    private const int MostNodes = 30;
    private const int MostBits = 256;

    public static Matrix? Add(Matrix a, Matrix b) => a.Rows.Count != b.Rows.Count || a.Rows[0].Count != b.Rows[0].Count ? null
        : new([.. a.Rows.Zip(b.Rows, (left, right) => left.Zip(right, (x, y) => Folded(new Sum([x, y]))).ToList())]);

    public static Matrix? Multiply(Matrix a, Matrix b)
    {
        if (a.Rows[0].Count != b.Rows.Count || Math.Max(a.Rows.Count, b.Rows.Count) > MostRows || b.Rows[0].Count > MostRows || !IsSmall(a) || !IsSmall(b))
        {
            return null;
        }

        var columns = Transpose(b).Rows;
        return new([.. a.Rows.Select(row => columns.Select(column => Folded(new Sum([.. row.Zip(column, (x, y) => (Expression)new Product([x, y]))]))).ToList())]);
    }

    public static Matrix Transpose(Matrix matrix) => new([.. Enumerable.Range(0, matrix.Rows[0].Count).Select(column => matrix.Rows.Select(r => r[column]).ToList())]);

    /// <summary>An integer power; −1 is the inverse.</summary>
    public static Matrix? Power(Matrix matrix, int exponent)
    {
        if (matrix.Rows.Count != matrix.Rows[0].Count || matrix.Rows.Count > MostRows || Math.Abs(exponent) > MostPower || exponent == 0)
        {
            return null;
        }

        var power = exponent < 0 ? Inverse(matrix) : matrix;
        var product = power;
        for (var i = 1; i < Math.Abs(exponent) && product is not null; i++)
        {
            product = Multiply(product, power!);
        }

        return product;
    }

    /// <summary>The determinant by its first row; null where the matrix is not square or too large.</summary>
    public static Expression? Determinant(Matrix matrix) => matrix.Rows.Count > 4 || matrix.Rows.Count != matrix.Rows[0].Count ? null
        : Expand([.. matrix.Rows], [.. Enumerable.Range(0, matrix.Rows.Count)]);

    // By cofactors, which leave the determinant as the divisor: a singular matrix has no inverse, and its entries no value.
    private static Matrix? Inverse(Matrix matrix)
    {
        var size = matrix.Rows.Count;
        if (size > 3 || !IsSmall(matrix) || Determinant(matrix) is not { } determinant)
        {
            return null;
        }

        Expression Entry(int row, int column)
        {
            var minor = size == 1 ? new Number(1) : Expand([.. matrix.Rows.Where((_, i) => i != column)], [.. Enumerable.Range(0, size).Where(i => i != row)]);
            return Folded(new Fraction((row + column) % 2 == 0 ? minor : new Negation(minor), determinant));
        }

        return new([.. Enumerable.Range(0, size).Select(row => Enumerable.Range(0, size).Select(column => Entry(row, column)).ToList())]);
    }

    private static Expression Expand(IReadOnlyList<Expression>[] rows, List<int> columns)
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

    private static bool IsSmall(Matrix matrix) => matrix.Rows.All(r => r.All(e => e is Number || ExpressionTree.Count(e) <= MostNodes));

    private static Expression Folded(Expression entry) => Value(entry) is { } value ? new Number(value) : entry;

    private static Rational? Value(Expression entry) => entry switch
    {
        Number { Value: var value } => value.Bits <= MostBits ? value : null,
        Negation { Operand: var operand } => -Value(operand),
        Sum { Terms: var terms } => terms.Select(Value).Aggregate((Rational?)Rational.Zero, (sum, v) => sum + v),
        Product { Factors: var factors } => factors.Select(Value).Aggregate((Rational?)Rational.One, (product, v) => product * v),
        Fraction fraction => Value(fraction.Denominator) is { IsZero: false } below ? Value(fraction.Numerator) / below : null,
        _ => null,
    };
}
