using System.Collections.Immutable;

namespace RewardServer.Grading.Graders.Efficiency.Growth;

/// <summary>How a program's time grows with the size of its input.</summary>
/// <param name="Class">"1", "log n", "n", "n log n", "n^2", "n^3" or "2^n", which fits best; "not clear" where another fits as well, where none fits, or where too few sizes took long enough.</param>
/// <param name="Confidence">How likely that class is among all of them, from 0 to 1.</param>
/// <param name="Exponent">The exponent that fits best, of a power of the size; null where too few sizes took long enough.</param>
/// <param name="Low">The lower end of its interval of 95%.</param>
/// <param name="High">Its upper end.</param>
/// <param name="Sizes">The sizes that took long enough, and how long.</param>
public sealed record MeasuredGrowth(
    string Class, double Confidence, double? Exponent, double? Low, double? High, ImmutableArray<TimeOfSize> Sizes)
{
    /// <summary>Where too few sizes took long enough.</summary>
    internal static MeasuredGrowth Unknown(ImmutableArray<TimeOfSize> sizes) => new("not clear", 0, null, null, null, sizes);
}

/// <summary>How long a program took for a size.</summary>
/// <param name="Size">The size.</param>
/// <param name="Seconds">The CPU time, less the start of an empty program.</param>
public readonly record struct TimeOfSize(int Size, double Seconds);
