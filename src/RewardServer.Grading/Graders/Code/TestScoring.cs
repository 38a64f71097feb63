namespace RewardServer.Grading.Graders.Code;

/// <summary>How a program's tests become its score.</summary>
public enum TestScoring
{
    /// <summary>1 where every test passed, else 0.</summary>
    All,

    /// <summary>The share of tests that passed.</summary>
    Fraction,
}
