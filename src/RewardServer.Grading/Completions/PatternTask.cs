namespace RewardServer.Grading.Completions;

/// <summary>A question whose answer must match a regular expression.</summary>
/// <param name="Pattern">The expression, as .NET writes them, without what needs backtracking: back-references, lookarounds, atomic groups.</param>
/// <param name="Match">Whether the whole answer must match, or a part of it.</param>
/// <param name="IgnoreCase">Whether upper and lower case letters are the same.</param>
public sealed record PatternTask(string Pattern, PatternMatch Match = PatternMatch.Full, bool IgnoreCase = false) : GradingTask
{
    /// <summary>The most characters of an expression.</summary>
    public const int LongestPattern = 2_000;

    /// <inheritdoc/>
    public override IEnumerable<(string Member, string Error)> MemberErrors() => Pattern.Length > LongestPattern
        ? [("pattern", $"must have at most {LongestPattern} characters, but has {Pattern.Length}")]
        : [];
}

/// <summary>How much of an answer must match.</summary>
public enum PatternMatch
{
    /// <summary>The whole answer.</summary>
    Full,

    /// <summary>Some part of it.</summary>
    Search,
}
