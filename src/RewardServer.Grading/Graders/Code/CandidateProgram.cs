using RewardServer.Sandboxing.Runs;

namespace RewardServer.Grading.Graders.Code;

/// <summary>The candidate's program, ready to be tested.</summary>
/// <param name="Language">Its language.</param>
/// <param name="Source">Its text.</param>
/// <param name="Limits">What each test may use.</param>
public sealed record CandidateProgram(CodeLanguage Language, string Source, ResourceLimits Limits);
