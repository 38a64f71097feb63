using RewardServer.Grading.Extraction;
using RewardServer.Grading.Graders.Code.Scoring;

namespace RewardServer.Grading.Graders.Code;

/// <summary>How programs are looked for and scored.</summary>
public sealed record CodeOptions
{
    /// <summary>How a program is found in a response.</summary>
    public ExtractionRules Extraction { get; init; } = ExtractionRules.Default;

    /// <summary>How the tests of a program become its score.</summary>
    public TestScoring Tests { get; init; } = TestScoring.All;

    /// <summary>Whether the tests after one that earned nothing, within its group, are not run.</summary>
    public bool StopAtFirstFailure { get; init; }
}
