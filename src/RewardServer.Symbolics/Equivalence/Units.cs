using System.Collections.Frozen;
using RewardServer.Symbolics.Expressions;
using RewardServer.Symbolics.Rewriting;

namespace RewardServer.Symbolics.Equivalence;

/// <summary>
/// Brings two quantities to one unit. Plain "5m" may be 5·m or five metres: letters that are units count as a unit where the gold is
/// a number without variables or has a unit, and where the prediction has a unit and the gold only letters.
/// </summary>
internal static class Units
{
    private static readonly FrozenSet<string> Letters = new[] { "m", "s", "g", "h", "l", "L", "N", "J", "W", "V", "K", "A", "C", "F" }.ToFrozenSet();

    private static readonly Unit Radian = new("rad");

    /// <summary>Whether a letter after a number can be its unit.</summary>
    public static bool IsLetter(string letter) => Letters.Contains(letter);

    /// <summary>The two with their letters read as units, and the prediction in the gold's unit where both have one of one dimension.</summary>
    public static (ScalarAnswer Gold, ScalarAnswer Prediction) Align(ScalarAnswer gold, ScalarAnswer prediction, Budget budget)
    {
        var asked = gold.Unit is null && prediction.Unit is not null ? WithUnit(gold) : gold;
        var given = prediction.Unit is null && (gold.Unit is not null || !HasVariables(gold.Value)) ? WithUnit(prediction) : prediction;
        asked = InRadians(asked, given);
        return (asked, asked.Unit is { } to && given.Unit is { } from && from != to ? Convert(given, from, to, budget) : given);
    }

    // A gold multiple of π beside degrees is in radians, the unit that goes unsaid; where degrees are asked for, a prediction says its radians.
    private static ScalarAnswer InRadians(ScalarAnswer angle, ScalarAnswer other) => angle.Unit is null && other.Unit == Unit.Degree && angle.Value.IsPolynomial
        && !angle.Value.IsZero && angle.Value.Numerator.Terms.All(t => t.Monomial.Factors.Any(f => f.Atom == Atom.Pi && f.Exponent.IsOne)) ? angle with { Unit = Radian } : angle;

    private static ScalarAnswer Convert(ScalarAnswer quantity, Unit from, Unit to, Budget budget)
    {
        var (given, asked) = (UnitScale.Of(from), UnitScale.Of(to));
        if (given.Dimension != asked.Dimension)
        {
            return quantity;
        }

        var (factor, pi) = (given.Factor / asked.Factor, given.PiPower - asked.PiPower);
        // To absolute degrees, to the other's degrees, and back from absolute ones.
        var added = (given.Offset * factor) - asked.Offset;
        var value = Quotient.Multiply(quantity.Value, Quotient.Of(Polynomial.Of(factor, Monomial.Of(Atom.Pi, pi))), budget);
        return quantity with
        {
            Unit = to,
            Value = Quotient.Add(value, Quotient.Of(added), budget),
            Formula = quantity.Formula.Converted(factor, pi, added),
        };
    }

    private static ScalarAnswer WithUnit(ScalarAnswer answer)
    {
        if (!LeadsWithNumber(answer.Formula.Expression) || !answer.Value.IsPolynomial || answer.Value.Numerator.Terms is not [var first, ..] || UnitOf(first.Monomial) is not { } unit
            || !answer.Value.Numerator.Terms.All(t => UnitOf(t.Monomial) == unit))
        {
            return answer;
        }

        var terms = answer.Value.Numerator.Terms.Select(t => Polynomial.Of(t.Coefficient, new Monomial([.. t.Monomial.Factors.Where(f => !IsVariable(f))])));
        return answer with { Unit = new Unit(unit), Value = Quotient.Of(Polynomial.Sum(terms, new Budget(Limits.Steps))) };
    }

    // "F" is a name and "1F" a capacity: the number of a quantity is written, and stands before its unit.
    private static bool LeadsWithNumber(Expression written) => written switch
    {
        Symbol => false,
        Negation negation => LeadsWithNumber(negation.Operand),
        PlusMinus both => LeadsWithNumber(both.Operand),
        Product { Factors: [var first, ..] } => LeadsWithNumber(first),
        Sum { Terms: [var first, ..] } => LeadsWithNumber(first),
        Fraction fraction => LeadsWithNumber(fraction.Numerator),
        Power power => LeadsWithNumber(power.Base),
        _ => true,
    };

    // The letters with their powers, as in "m s^-2"; null where others are among them, or none.
    private static string? UnitOf(Monomial monomial)
    {
        var letters = monomial.Factors.Where(IsVariable).ToList();
        return letters.Count > 0 && letters.All(f => Letters.Contains(f.Atom.Key) && f.Exponent.IsInteger)
            ? string.Join(' ', letters.Select(f => f.Exponent.IsOne ? f.Atom.Key.ToLowerInvariant() : $"{f.Atom.Key.ToLowerInvariant()}^{f.Exponent}")) : null;
    }

    private static bool IsVariable(Factor factor) => factor.Atom.Kind is not (AtomKind.Prime or AtomKind.Constant or AtomKind.Imaginary);

    private static bool HasVariables(Quotient value) => Mentions(value.Numerator) || Mentions(value.Denominator);

    private static bool Mentions(Polynomial polynomial) => polynomial.Terms.Any(t => t.Monomial.Factors.Any(f => f.Atom.Kind == AtomKind.Variable));
}
