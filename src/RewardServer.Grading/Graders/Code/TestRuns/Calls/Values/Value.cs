using System.Collections.Immutable;

namespace RewardServer.Grading.Graders.Code.TestRuns.Calls.Values;

/// <summary>
/// A value that crosses between a program and this server. <see cref="ValueReader"/> has its form as JSON;
/// <see cref="ValueComparison"/> tells which are equal, for a record's own equality does not look into lists.
/// </summary>
public abstract record Value
{
    private protected Value()
    {
    }
}

/// <summary>None, null, or what a function without a result gives.</summary>
public sealed record NullValue : Value;

/// <summary>True or false.</summary>
/// <param name="IsTrue">Which of the two.</param>
public sealed record BoolValue(bool IsTrue) : Value;

/// <summary>A whole number of any size.</summary>
/// <param name="Digits">In decimal, with a minus sign where it is negative; no plus sign, no leading zeros, and no "-0".</param>
public sealed record IntValue(string Digits) : Value;

/// <summary>A floating-point number, infinities and "not a number" among them.</summary>
/// <param name="Number">The number.</param>
public sealed record FloatValue(double Number) : Value;

/// <summary>A complex number.</summary>
/// <param name="Real">Its real part.</param>
/// <param name="Imaginary">Its imaginary part.</param>
public sealed record ComplexValue(double Real, double Imaginary) : Value;

/// <summary>A text.</summary>
/// <param name="Text">UTF-16 in which surrogates may stand alone, as they may in most languages.</param>
public sealed record TextValue(string Text) : Value;

/// <summary>Bytes.</summary>
/// <param name="Bytes">The bytes.</param>
public sealed record BytesValue(ImmutableArray<byte> Bytes) : Value;

/// <summary>Values in a row, or a set of them.</summary>
/// <param name="Kind">Which of these.</param>
/// <param name="Items">The values; those of a set in no order that counts, and none twice.</param>
public sealed record SequenceValue(SequenceKind Kind, ImmutableArray<Value> Items) : Value
{
    /// <summary>Whether the order of its items means nothing.</summary>
    public bool IsSet => Kind is SequenceKind.Set or SequenceKind.FrozenSet;
}

/// <summary>Values by keys; their order does not count.</summary>
/// <param name="Entries">Each key with its value; no key stands twice.</param>
public sealed record DictValue(ImmutableArray<KeyValuePair<Value, Value>> Entries) : Value;

/// <summary>A value of another type that its text tells whole: a decimal number, a date.</summary>
/// <param name="Type">The type's name with its module: "decimal.Decimal".</param>
/// <param name="Text">Its text.</param>
public sealed record ObjectValue(string Type, string Text) : Value;

/// <summary>Which kind of sequence.</summary>
public enum SequenceKind
{
    /// <summary>A list or array.</summary>
    List,

    /// <summary>A tuple.</summary>
    Tuple,

    /// <summary>A set.</summary>
    Set,

    /// <summary>A set that cannot be changed.</summary>
    FrozenSet,
}
