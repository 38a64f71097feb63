namespace RewardServer.Grading.Graders.Code.Checkers;

/// <summary>What comparing an output with the expected one found.</summary>
/// <param name="Difference">The first difference, in one sentence; null where the two agree.</param>
/// <param name="Signal">Why the output is suspect; null where it is not.</param>
public sealed record Comparison(string? Difference, string? Signal = null)
{
    /// <summary>The two agree.</summary>
    public static Comparison Equal { get; } = new(null, null);

    /// <summary>Whether the two agree.</summary>
    public bool Agrees => Difference is null;
}
