namespace RewardServer.Grading.Graders.Chain;

/// <summary>Two neighbours of a chain with a sign between them that says that they are equal.</summary>
/// <param name="Left">What stands left of the sign.</param>
/// <param name="Right">What stands right of it.</param>
/// <param name="Approximate">Whether the sign is ≈.</param>
/// <param name="Start">Where it begins in the text.</param>
/// <param name="End">Where it has ended, with the rest of its formula.</param>
internal sealed record StatedEquality(string Left, string Right, bool Approximate, int Start, int End)
{
    private const int Reach = 100;

    /// <summary>Whether it stands in a formula of LaTeX.</summary>
    public bool IsFormula { get; init; }

    /// <summary>Whether its left side is the first thing in its formula, so that what stands before may belong to it.</summary>
    public bool OpensFormula { get; init; }

    /// <summary>The same for those that say the same.</summary>
    public string Key { get; } = string.Concat(Left.Where(IsInk)) + "=" + string.Concat(Right.Where(IsInk));

    /// <summary>Whether both sides are written alike, so that nothing is said.</summary>
    public bool IsEmpty => Left.Where(IsInk).SequenceEqual(Right.Where(IsInk));

    /// <summary>As much of the text before it as may say how it is meant.</summary>
    public ReadOnlySpan<char> Before(string text) => text.AsSpan(Math.Max(0, Start - Reach), Math.Min(Start, Reach));

    /// <summary>As much of the text after it as may say how it is meant.</summary>
    public ReadOnlySpan<char> After(string text) => text.AsSpan(End, Math.Min(Reach, text.Length - End));

    private static bool IsInk(char letter) => !char.IsWhiteSpace(letter);
}
