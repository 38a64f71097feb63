using RewardServer.Grading.Graders.Code.TestRuns;
using System.Collections.Immutable;

namespace RewardServer.Grading.Graders.Code;

/// <summary>What a person needs to see why a program was right or wrong.</summary>
/// <param name="Extracted">The program as it was run; null where none was found.</param>
/// <param name="Rule">Which rule found it: "fenced", "unclosed-fence", "whole-text".</param>
/// <param name="Passed">How many tests passed.</param>
/// <param name="Tests">Each test, in the task's order.</param>
public sealed record CodeDetails(string? Extracted, string? Rule, int Passed, ImmutableArray<TestReport> Tests);
