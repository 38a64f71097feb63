using System.Globalization;
using System.Numerics;
using RewardServer.Symbolics.Evaluation;
using RewardServer.Symbolics.Expressions;

namespace RewardServer.Symbolics.Equivalence;

/// <summary>How far a number may be from the gold: the larger of an absolute bound and a share of the gold's absolute value, both inclusive.</summary>
internal readonly record struct Tolerance(Rational Absolute, Rational Relative)
{
    private const int Bits = 128;

    public bool IsExact => Absolute.IsZero && Relative.IsZero;

    public static Tolerance Of(MathOptions options) => options is { AbsoluteTolerance: 0, RelativeTolerance: 0 }
        ? default
        : new(Exactly(options.AbsoluteTolerance), Exactly(Math.Min(options.RelativeTolerance, 0.5)));

    public bool Allows(Rational gold, Rational prediction)
    {
        var distance = (gold - prediction).Abs();
        return distance <= Absolute || distance <= Relative * gold.Abs();
    }

    /// <summary>The same for numbers that are not rational, where the bounds of their values leave no doubt.</summary>
    public bool Allows(Formula gold, Formula prediction, Budget budget)
    {
        var real = new RealArithmetic(Bits, budget);
        var (expected, given) = (gold.Evaluate(SamplePoints.At(0), Bits, budget).Value, prediction.Evaluate(SamplePoints.At(0), Bits, budget).Value);
        if (!expected.IsReal || !given.IsReal || budget.Exhausted)
        {
            return false;
        }

        var distance = real.Subtract(expected.Real, given.Real).Abs();
        return IsAtMost(distance, real.Of(Absolute), real) || IsAtMost(distance, real.Multiply(real.Of(Relative), expected.Real.Abs()), real);
    }

    private static bool IsAtMost(Ball distance, Ball bound, RealArithmetic real) => real.Subtract(distance, bound).IsNegative;

    // The decimal that is meant, for 0.1 is one tenth and not the double beside it. What is no tolerance at all asks for the exact value.
    private static Rational Exactly(double value)
    {
        if (!double.IsFinite(value) || value <= 0)
        {
            return Rational.Zero;
        }

        var shortest = value.ToString("R", CultureInfo.InvariantCulture).Split('E');
        var digits = shortest[0].Replace(".", string.Empty, StringComparison.Ordinal);
        var places = shortest[0].Contains('.', StringComparison.Ordinal) ? shortest[0].Length - shortest[0].IndexOf('.', StringComparison.Ordinal) - 1 : 0;
        var exponent = (shortest.Length > 1 ? int.Parse(shortest[1], CultureInfo.InvariantCulture) : 0) - places;
        return (Rational)BigInteger.Parse(digits, CultureInfo.InvariantCulture) * ((Rational)10).Pow(exponent);
    }
}
