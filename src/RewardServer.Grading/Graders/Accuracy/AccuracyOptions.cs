using RewardServer.Grading.Graders.Code;

namespace RewardServer.Grading.Graders.Accuracy;

/// <summary>Options of the grader "accuracy".</summary>
public sealed record AccuracyOptions
{
    /// <summary>How the tests of a program become its score.</summary>
    public TestScoring Tests { get; init; } = TestScoring.All;
}
