namespace RewardServer.Grading.Graders.Accuracy;

/// <summary>What a judge said that was asked beside the rule, and decides nothing.</summary>
/// <param name="Judge">Which judge.</param>
/// <param name="Score">From 0 to 1; null where it gave none.</param>
/// <param name="Agrees">Whether it agrees with the rule; null where it gave no score.</param>
/// <param name="Fault">Why there is no score; null where there is one.</param>
public sealed record ShadowJudgement(string Judge, double? Score, bool? Agrees, string? Fault);
