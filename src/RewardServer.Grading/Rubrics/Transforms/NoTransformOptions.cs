namespace RewardServer.Grading.Rubrics.Transforms;

/// <summary>Of transforms without options.</summary>
public sealed record NoTransformOptions;
