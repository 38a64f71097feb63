using System.Collections.Frozen;
using RewardServer.Symbolics.Expressions;

namespace RewardServer.Symbolics.Equivalence;

/// <summary>What the form of a side says of an equality that a text states.</summary>
internal static class ClaimForm
{
    private static readonly FrozenSet<string> Angles = new[]
    {
        "sin", "cos", "tan", "cot", "sec", "csc", "arcsin", "arccos", "arctan", "arccot", "arcsec", "arccsc", "log",
    }.ToFrozenSet();

    /// <summary>Whether a side is but a name: of a variable, a function's value, or in words. The letters e and i are most often names, too.</summary>
    public static bool IsName(Expression side) => side switch
    {
        Symbol or Text or Choice => true,
        Constant { Kind: ConstantKind.Euler or ConstantKind.Imaginary } => true,
        Application application => application.Arguments.Count > 0 && application.Arguments.All(IsName),
        Product product => product.Factors.All(IsName),
        _ => false,
    };

    /// <summary>Whether a number with digits after the point is written in it.</summary>
    public static bool HasDecimals(Expression side) => ExpressionTree.Any(side, part => part is Number { Places: > 0 });

    /// <summary>
    /// Whether its value follows from a convention that a text need not say: e and i as names, angles in degrees or not, the base of a logarithm, a percentage that
    /// is added.
    /// </summary>
    public static bool DependsOnConvention(Expression side) => ExpressionTree.Any(side, part => part switch
    {
        Constant { Kind: ConstantKind.Euler or ConstantKind.Imaginary } => true,
        Application application => Angles.Contains(application.Function),
        Quantity { Unit: var unit } => unit == Unit.Degree,
        Sum sum => sum.Terms.Any(term => ExpressionTree.Any(term, inner => inner is Quantity { Unit: var unit } && unit == Unit.Percent)),
        _ => false,
    });

    /// <summary>Whether a side is a number in digits, with nothing to calculate.</summary>
    public static bool IsNumeral(Expression side) => side is Number || (side is Negation { Operand: var operand } && IsNumeral(operand));
}
