namespace RewardServer.Symbolics.Equivalence;

/// <summary>How strict a comparison is. The defaults are exact, and lenient only where the gold makes plain what is meant.</summary>
public sealed record MathOptions
{
    /// <summary>The defaults.</summary>
    public static MathOptions Default { get; } = new();

    /// <summary>
    /// A number equals the gold where it differs from it by at most this share of the gold's absolute value;
    /// 0 (the default) asks for the exact value. At most 0.5.
    /// </summary>
    public double RelativeTolerance { get; init; }

    /// <summary>A number equals the gold where it differs from it by at most this; 0 (the default) asks for the exact value.</summary>
    public double AbsoluteTolerance { get; init; }

    /// <summary>Whether the elements of bare lists must come in the gold's order.</summary>
    public bool OrderedLists { get; init; }

    /// <summary>Whether a unit that the gold has must be given, and one that it has not must not.</summary>
    public bool StrictUnits { get; init; }

    /// <summary>
    /// Whether the prediction must be a value in its final form: an integral, a sum, arithmetic on numbers or whatever is still
    /// to be carried out, such as the problem restated, does not count.
    /// </summary>
    public bool FinalValue { get; init; }

    /// <summary>Each member that is out of its range, with what is wrong with it.</summary>
    public IEnumerable<(string Member, string Error)> Errors()
    {
        if (!(RelativeTolerance is >= 0 and <= 0.5))
        {
            yield return ("relativeTolerance", FormattableString.Invariant($"must be from 0 to 0.5, but is {RelativeTolerance}"));
        }

        if (!(AbsoluteTolerance >= 0 && double.IsFinite(AbsoluteTolerance)))
        {
            yield return ("absoluteTolerance", FormattableString.Invariant($"must not be negative, but is {AbsoluteTolerance}"));
        }
    }
}
