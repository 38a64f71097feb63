namespace RewardServer.Grading.Rubrics;

/// <summary>One thing that is wrong with a rubric.</summary>
/// <param name="Path">The member at fault, within the rubric: "components[1].options.tests".</param>
/// <param name="Message">What is wrong with it.</param>
public sealed record RubricError(string Path, string Message);
