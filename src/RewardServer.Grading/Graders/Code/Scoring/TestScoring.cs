namespace RewardServer.Grading.Graders.Code.Scoring;

/// <summary>How a program's tests become its score.</summary>
public enum TestScoring
{
    /// <summary>1 where every test passed, else 0.</summary>
    All,

    /// <summary>The share of tests that passed, each by its weight; a test that a checker gives a part of its points counts with that.</summary>
    Fraction,

    /// <summary>The share of points that groups earned, each its points times the least score of its tests; a test without a group is one of its own.</summary>
    Groups,
}
