namespace RewardServer.Grading.Graders;

/// <summary>The lowest and the highest score that a grader gives, both included.</summary>
/// <param name="Low">The lowest; finite.</param>
/// <param name="High">The highest; finite, and not below the lowest.</param>
public readonly record struct ScoreRange(double Low, double High)
{
    /// <summary>From 0 to 1.</summary>
    public static ScoreRange Unit { get; } = new(0, 1);
}
