using RewardServer.Symbolics.Expressions;

namespace RewardServer.Symbolics.Equivalence;

/// <summary>Whether an answer is in its final form, or leaves an operation or arithmetic to be carried out.</summary>
internal static class FinalForm
{
    /// <summary>Whether the prediction leaves undone what the gold does not: the problem restated is no answer to it.</summary>
    public static bool LeavesUndone(Expression prediction, Expression gold) =>
        (Holds(prediction, HoldsOperation) && !Holds(gold, HoldsOperation))
        || (Holds(prediction, HoldsArithmetic) && !Holds(gold, HoldsArithmetic))
        || (IsToBeSolved(prediction) && !IsToBeSolved(gold));

    // "x² < 4" for (−2, 2): a condition on one variable that stands alone nowhere.
    private static bool IsToBeSolved(Expression expression) => expression switch
    {
        Relation { Operators: not ['∈'] } relation => !relation.Operands.Any(IsName) && relation.Operands.SelectMany(SymbolsOf).Distinct().Count() == 1,
        SetBuilder builder => builder.Conditions.Any(IsToBeSolved),
        Collection { Kind: CollectionKind.List or CollectionKind.Alternatives or CollectionKind.Conjunction } list => list.Elements.Any(IsToBeSolved),
        _ => false,
    };

    private static List<string> SymbolsOf(Expression expression)
    {
        var names = new List<string>();
        ExpressionTree.Any(expression, e =>
        {
            names.AddRange(e is Symbol symbol ? [symbol.Name] : []);
            return false;
        });
        return names;
    }

    // A chain such as "17·23 = 391" is carried out where one of its members is.
    private static bool Holds(Expression expression, Func<Expression, bool> undone) => expression switch
    {
        Collection collection => collection.Elements.Any(e => Holds(e, undone)),
        Interval interval => Holds(interval.Low, undone) || Holds(interval.High, undone),
        SetOperation operation => operation.Operands.Any(o => Holds(o, undone)),
        Relation { Operators: var operators } relation when operators.All(o => o == '=') => relation.Operands.Where(o => !IsName(o)).Select(o => Holds(o, undone)).DefaultIfEmpty(false).All(u => u),
        Relation relation => relation.Operands.Any(o => Holds(o, undone)),
        Ratio ratio => ratio.Parts.Any(p => Holds(p, undone)),
        Matrix matrix => matrix.Rows.Any(r => r.Any(e => Holds(e, undone))),
        Choice { Content: { } content } => Holds(content, undone),
        _ => undone(expression),
    };

    private static bool IsName(Expression expression) => expression is Symbol or Application { Arguments: [Symbol] };

    private static bool HoldsOperation(Expression expression) => ExpressionTree.Any(expression, e => e is Operation);

    // Formulas are left alone: no one form of theirs is the final one.
    private static bool HoldsArithmetic(Expression expression) =>
        !ExpressionTree.Any(expression, e => e is Symbol) && ExpressionTree.Any(expression, IsArithmetic);

    private static bool IsArithmetic(Expression expression) => expression switch
    {
        Sum sum => !IsMixedNumber(sum) && sum.Terms.Count(IsNumber) > 1,
        Product product => product.Factors.Count(IsNumber) > 1 && !IsScientific(product),
        Fraction { Numerator: var above, Denominator: var below } => Integer(above) is { } a && Integer(below) is { } b && !IsLowest(a, b),
        Power { Base: var power, Exponent: var exponent } => IsUndone(power, exponent),
        Application { Function: "factorial" or "Gamma" or "binomial" or "gcd" or "lcm" or "min" or "max" or "mod" or "floor" or "ceiling" or "abs", Arguments: var arguments } => arguments.All(IsNumber),
        _ => false,
    };

    private static bool IsNumber(Expression expression) => expression switch
    {
        Number or BaseNumeral => true,
        Negation negation => IsNumber(negation.Operand),
        Fraction fraction => IsNumber(fraction.Numerator) && IsNumber(fraction.Denominator),
        Power power => IsNumber(power.Base) && Integer(power.Exponent) is not null,
        Sum sum => sum.Terms.All(IsNumber),
        Product product => product.Factors.All(IsNumber),
        Application application => application.Arguments.All(IsNumber),
        _ => false,
    };

    private static System.Numerics.BigInteger? Integer(Expression expression) => expression switch
    {
        Number { Value: { IsInteger: true } value } => value.Numerator,
        Negation negation => -Integer(negation.Operand),
        _ => null,
    };

    // "2 1/3" is read as a sum.
    private static bool IsMixedNumber(Sum sum) => sum.Terms is [Number { Value.IsInteger: true }, Fraction { Numerator: Number above, Denominator: Number below }]
        && above.Value.Sign > 0 && above.Value < below.Value && IsLowest(above.Value.Numerator, below.Value.Numerator);

    private static bool IsScientific(Product product) => product.Factors is [Number or Negation { Operand: Number }, Power { Base: Number ten, Exponent: var power }]
        && ten.Value == 10 && Integer(power) is not null;

    private static bool IsLowest(System.Numerics.BigInteger above, System.Numerics.BigInteger below) =>
        !below.IsOne && System.Numerics.BigInteger.GreatestCommonDivisor(above, below).IsOne;

    // Powers of ten are how large numbers are written, and roots that are no integers are done.
    private static bool IsUndone(Expression power, Expression exponent) => Integer(power) is { } number && exponent switch
    {
        Fraction { Numerator: Number { Value.IsOne: true }, Denominator: var degree } => Integer(degree) == 2 && IsSquare(number),
        _ => number != 10 && Integer(exponent) is not null,
    };

    private static bool IsSquare(System.Numerics.BigInteger number) => number.Sign >= 0 && number.GetBitLength() <= 1_024
        && Evaluation.FixedPoint.SquareRoot(number) is var root && root * root == number;
}
