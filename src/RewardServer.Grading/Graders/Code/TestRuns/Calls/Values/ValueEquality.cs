using System.Globalization;

namespace RewardServer.Grading.Graders.Code.TestRuns.Calls.Values;

/// <summary>
/// Tells equal values for sets and tables of them. Values that are equal have the same hash. Rules under which equality is
/// none in the strict sense (a is b and b is c, but a is not c) are for <see cref="ValueComparison"/> alone.
/// </summary>
/// <param name="rules">The rules.</param>
/// <param name="comparison">What compares by them.</param>
internal sealed class ValueEquality(ComparisonRules rules, ValueComparison comparison) : IEqualityComparer<Value>
{
    /// <summary>By type and value.</summary>
    public static ValueEquality Strict() => new(new(), new(new()));

    public bool Equals(Value? x, Value? y) => x is null || y is null ? x == y : comparison.AreEqual(x, y);

    public int GetHashCode(Value obj) => obj switch
    {
        IntValue it => rules.IsTolerant ? rules.NumbersByValue ? 1 : 6 : rules.NumbersByValue ? HashOf(double.Parse(it.Digits, CultureInfo.InvariantCulture)) : it.Digits.GetHashCode(StringComparison.Ordinal),
        FloatValue it => rules.IsTolerant ? 1 : HashOf(it.Number),
        ComplexValue it => rules.IsTolerant ? 2 : HashCode.Combine(HashOf(it.Real), HashOf(it.Imaginary)),
        TextValue it => it.Text.GetHashCode(rules.IgnoreCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal),
        BytesValue it => HashOf(it),
        SequenceValue it => HashOf(it),
        DictValue it => it.Entries.Aggregate(3, (sum, entry) => sum + HashCode.Combine(GetHashCode(entry.Key), GetHashCode(entry.Value))),
        _ => obj.GetHashCode(),
    };

    // Where sets are lists, a list can be equal to a set whatever its order is.
    private int HashOf(SequenceValue sequence)
    {
        if (sequence.IsSet || rules.SetsAreLists)
        {
            return sequence.Items.Aggregate(5, (sum, item) => sum + HashCode.Combine(GetHashCode(item)));
        }

        var hash = new HashCode();
        hash.Add(rules.TuplesAreLists ? SequenceKind.List : sequence.Kind);
        foreach (var item in sequence.Items)
        {
            hash.Add(GetHashCode(item));
        }

        return hash.ToHashCode();
    }

    private static int HashOf(BytesValue value)
    {
        var hash = new HashCode();
        hash.AddBytes(value.Bytes.AsSpan());
        return hash.ToHashCode();
    }

    // There are two zeros, and more than one "not a number". A double's own hash is the same everywhere: a program could
    // return thousands that share one.
    private static int HashOf(double number)
    {
        var bits = BitConverter.DoubleToInt64Bits(number + 0.0);
        return double.IsNaN(number) ? 4 : HashCode.Combine((int)bits, (int)(bits >> 32));
    }
}
