using RewardServer.Symbolics.Expressions;
using RewardServer.Symbolics.Operations;

namespace RewardServer.Symbolics.Reading;

/// <content>Arithmetic on what is no scalar: sums, products and powers of matrices, differences and complements of sets.</content>
internal sealed partial class Parser
{
    // Matrices in the order of their factors, times the numbers beside them; or a point by its name, as in "P(3, 4)".
    private static Expression? Scaled(List<Expression> above, List<Expression> below)
    {
        if (above is [Symbol { Name: [>= 'A' and <= 'Z'] }, Collection { Kind: CollectionKind.Tuple } point] && below.Count == 0)
        {
            return point;
        }

        if (!above.Exists(f => f is Matrix) || !above.TrueForAll(f => f is Matrix || IsScalar(f)) || !below.TrueForAll(IsScalar))
        {
            return null;
        }

        Matrix? product = null;
        foreach (var matrix in above.OfType<Matrix>())
        {
            product = product is null ? matrix : MatrixArithmetic.Multiply(product, matrix);
            if (product is null)
            {
                return null;
            }
        }

        var scale = above.FindAll(f => f is not Matrix);
        return scale.Count + below.Count == 0 ? product : Map(product!, entry =>
        {
            Expression scaled = scale.Count == 0 ? entry : new Product([.. scale, entry]);
            return below.Count == 0 ? scaled : new Fraction(scaled, below.Count == 1 ? below[0] : new Product(below));
        });
    }

    private static Matrix Map(Matrix matrix, Func<Expression, Expression> entry) => new([.. matrix.Rows.Select(r => r.Select(entry).ToList())]);

    // "A + B" and "A − B" of matrices; "ℝ − {0}" is a difference of sets.
    private static Expression? Added(Expression sum, Expression term, bool isDifference) => (sum, term) switch
    {
        (Matrix a, Matrix b) => MatrixArithmetic.Add(a, b),
        (Constant { Kind: ConstantKind.Reals }, Interval or Collection { Kind: CollectionKind.Set or CollectionKind.Tuple }) when isDifference => new SetOperation('\\', [sum, term]),
        _ => null,
    };

    // "A^T", "A^{-1}", "A^2" of a matrix; "A^c" of a set of numbers.
    private Expression? PowerOf(Expression expression)
    {
        if (!_cursor.Take('^'))
        {
            return null;
        }

        var braced = _cursor.Take('{');
        var sign = _cursor.Take('-') ? -1 : 1;
        var power = _cursor.Next();
        if (braced && !_cursor.Take('}'))
        {
            return null;
        }

        return expression switch
        {
            Matrix matrix when power is { Kind: TokenKind.Number, Value: { IsInteger: true } value } && value < 100 => MatrixArithmetic.Power(matrix, sign * (int)value.Numerator),
            Matrix matrix when sign > 0 && IsTranspose(power) => MatrixArithmetic.Transpose(matrix),
            Collection { Kind: CollectionKind.Tuple } row when sign > 0 && IsTranspose(power) && row.Elements.All(IsScalar) => new Matrix([.. row.Elements.Select(e => new List<Expression> { e })]),
            Interval { LowClosed: true, HighClosed: true } row when sign > 0 && IsTranspose(power) => new Matrix([[row.Low], [row.High]]),
            Interval or SetOperation or Collection { Kind: CollectionKind.Set or CollectionKind.Tuple } when sign > 0 && (power.Text is "c" or "C" || power.IsCommand("complement"))
                => new SetOperation('\\', [new Constant(ConstantKind.Reals), expression]),
            _ => null,
        };
    }

    private static bool IsTranspose(Token power) => power.Text is "T" or "t" || power.IsCommand("top") || power.IsCommand("intercal");
}
