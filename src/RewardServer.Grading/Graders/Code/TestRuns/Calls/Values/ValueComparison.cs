using System.Globalization;
using System.Numerics;

namespace RewardServer.Grading.Graders.Code.TestRuns.Calls.Values;

/// <summary>Finds where a result is not what was expected. An instance is for one comparison.</summary>
/// <param name="rules">When values are equal.</param>
public sealed class ValueComparison(ComparisonRules rules)
{
    // Only what must be tried in many orders comes near it; it takes a second or two.
    private const int MostSteps = 20_000_000;

    private long steps;

    /// <summary>Whether the comparison was given up as too costly: nothing counts as equal then.</summary>
    public bool IsGivenUp => steps > MostSteps;

    /// <summary>Compares a result with what was expected.</summary>
    /// <returns>How they differ, in one sentence; null where they do not.</returns>
    public string? Difference(Value expected, Value result) =>
        Find(expected, result, rules.Unordered) is not { } mismatch ? null
            : IsGivenUp ? "the result is too costly to compare"
            : mismatch.Describe(expected, result);

    /// <summary>Whether two values are equal; their order counts.</summary>
    internal bool AreEqual(Value expected, Value result) => Find(expected, result) is null;

    /// <summary>Counts steps of work.</summary>
    /// <returns>False where there are too many of them.</returns>
    internal bool Spend(long more = 1) => (steps += more) <= MostSteps;

    /// <summary>The first difference; null where there is none.</summary>
    internal Mismatch? Find(Value expected, Value result, bool unordered = false) => (expected, result) switch
    {
        _ when !Spend() => new(expected, result),
        (SequenceValue wanted, SequenceValue got) when AreAlike(wanted, got) =>
            unordered || wanted.IsSet || got.IsSet ? FindUnordered(wanted, got) : FindInOrder(wanted, got),
        (DictValue wanted, DictValue got) => new DictComparison(rules, this).Find(wanted, got),
        _ => AreEqualScalars(expected, result) ? null : new(expected, result),
    };

    private bool AreAlike(SequenceValue wanted, SequenceValue got) =>
        wanted.Kind == got.Kind || rules.SetsAreLists || (rules.TuplesAreLists && !wanted.IsSet && !got.IsSet);

    private Mismatch? FindUnordered(SequenceValue wanted, SequenceValue got) =>
        new UnorderedComparison(rules, this).AreEqual(wanted.Items, got.Items) ? null : new(wanted, got);

    private Mismatch? FindInOrder(SequenceValue wanted, SequenceValue got)
    {
        for (var i = 0; i < wanted.Items.Length && i < got.Items.Length; i++)
        {
            if (Find(wanted.Items[i], got.Items[i]) is { } mismatch)
            {
                return mismatch.In($"[{i}]");
            }
        }

        return wanted.Items.Length == got.Items.Length ? null : new(wanted, got);
    }

    private bool AreEqualScalars(Value expected, Value result) => (expected, result) switch
    {
        (NullValue, NullValue) => true,
        (BoolValue wanted, BoolValue got) => wanted.IsTrue == got.IsTrue,
        (IntValue wanted, IntValue got) => wanted.Digits == got.Digits || IsNear(NumberOf(wanted), NumberOf(got)),
        (FloatValue wanted, FloatValue got) => AreEqual(wanted.Number, got.Number),
        (IntValue wanted, FloatValue got) => rules.NumbersByValue && (AreEqual(wanted, got) || IsNear(NumberOf(wanted), got.Number)),
        (FloatValue wanted, IntValue got) => rules.NumbersByValue && (AreEqual(got, wanted) || IsNear(wanted.Number, NumberOf(got))),
        (ComplexValue wanted, ComplexValue got) => AreEqual(wanted.Real, got.Real) && AreEqual(wanted.Imaginary, got.Imaginary),
        (TextValue wanted, TextValue got) => string.Equals(wanted.Text, got.Text, rules.IgnoreCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal),
        (BytesValue wanted, BytesValue got) => wanted.Bytes.AsSpan().SequenceEqual(got.Bytes.AsSpan()),
        (ObjectValue wanted, ObjectValue got) => wanted == got,
        _ => false,
    };

    // Equals has it that "not a number" is itself, and == that the two zeros are one.
    private bool AreEqual(double wanted, double got) => wanted.Equals(got) || wanted == got || IsNear(wanted, got);

    // A float has at most 309 digits before its point.
    private static bool AreEqual(IntValue whole, FloatValue number) =>
        whole.Digits.Length <= 310 && double.IsInteger(number.Number)
        && new BigInteger(number.Number).ToString(CultureInfo.InvariantCulture) == whole.Digits;

    private bool IsNear(double wanted, double got) =>
        rules.IsTolerant && double.IsFinite(wanted) && double.IsFinite(got)
        && Math.Abs(wanted - got) <= Math.Max(rules.AbsoluteTolerance, rules.RelativeTolerance * Math.Abs(wanted));

    private static double NumberOf(IntValue whole) => double.Parse(whole.Digits, CultureInfo.InvariantCulture);
}
