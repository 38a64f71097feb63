using System.Numerics;
using RewardServer.Symbolics.Expressions;
using RewardServer.Symbolics.Rewriting;

namespace RewardServer.Symbolics.Equivalence;

/// <summary>
/// Compares finite unions of progressions and single numbers. Over a common multiple of all steps each progression is so many classes, and one class lies
/// in a union exactly where one member of it does.
/// </summary>
internal static class Progressions
{
    private const int MostClasses = 400;

    /// <summary>Whether both unions hold the same numbers; null where their steps have no common multiple, or a large one.</summary>
    public static bool? AreEqual(IReadOnlyList<Progression> a, IReadOnlyList<Progression> b, Budget budget)
    {
        var steps = a.Concat(b).Select(p => p.Step).OfType<Quotient>().ToList();
        var period = Rational.One;
        foreach (var step in steps)
        {
            // In units of the first step.
            if (Ratio(step, steps[0], budget) is not { } ratio || !budget.SpendOnNumber(ratio.Bits + period.Bits))
            {
                return null;
            }

            period = LeastCommonMultiple(period, ratio.Abs());
        }

        return steps.Count == 0 ? null : Includes(b, a, steps[0], period, budget) is { } first && Includes(a, b, steps[0], period, budget) is { } second ? first && second : null;
    }

    private static bool? Includes(IReadOnlyList<Progression> whole, IReadOnlyList<Progression> parts, Quotient unit, Rational period, Budget budget)
    {
        foreach (var part in parts)
        {
            var classes = part.Step is null ? Rational.One : period / Ratio(part.Step, unit, budget)!.Value.Abs();
            if (classes > MostClasses)
            {
                return null;
            }

            for (var (i, member) = (0, part.Start); i < classes; i++)
            {
                if (!budget.Spend(whole.Count) || !whole.Any(p => (p.Step is not null || part.Step is null) && p.IsLike(part, budget) && p.Contains(member, budget)))
                {
                    return false;
                }

                member = part.Step is null ? member : Quotient.Add(member, part.Step, budget);
            }
        }

        return true;
    }

    private static Rational? Ratio(Quotient step, Quotient unit, Budget budget) => Quotient.Multiply(step, unit.Invert(budget), budget) is { IsRational: true } ratio ? ratio.Value : null;

    private static Rational LeastCommonMultiple(Rational a, Rational b) => Rational.Create(
        a.Numerator / BigInteger.GreatestCommonDivisor(a.Numerator, b.Numerator) * b.Numerator, BigInteger.GreatestCommonDivisor(a.Denominator, b.Denominator));
}
