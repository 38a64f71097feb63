namespace RewardServer.Grading.Completions;

/// <summary>Tests that earn their points together, as the subtasks of the International Olympiad in Informatics do.</summary>
/// <param name="Name">By which tests name it.</param>
/// <param name="Points">What it counts among the groups; above 0 and at most 1,000,000. It earns them times the least score of its tests.</param>
public sealed record TestGroup(string Name, double Points = 1);
