namespace RewardServer.Grading.Graders.CodeRuns;

/// <summary>What a person needs to see why a program counts as one that runs or not.</summary>
/// <param name="Ran">On how many tests it ran to its end.</param>
/// <param name="Tests">On how many it was run.</param>
/// <param name="FirstEnded">The first test on which it did not, by its place among all; null where it always did.</param>
public sealed record CodeRunsDetails(int Ran, int Tests, int? FirstEnded);
