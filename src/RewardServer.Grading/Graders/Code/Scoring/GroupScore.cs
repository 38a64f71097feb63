namespace RewardServer.Grading.Graders.Code.Scoring;

/// <summary>What a group of tests earned.</summary>
/// <param name="Name">The group's.</param>
/// <param name="Points">What it could earn.</param>
/// <param name="Score">The least score of its tests, from 0 to 1.</param>
public sealed record GroupScore(string Name, double Points, double Score);
