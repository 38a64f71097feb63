namespace RewardServer.Grading.Graders.Format;

/// <summary>Options of the grader "format": none of its own, for the tags are the rubric's.</summary>
public sealed record FormatOptions;
