namespace RewardServer.Grading.Rubrics.Transforms;

/// <summary>Options of the transform "relative-length".</summary>
public sealed record RelativeLengthOptions
{
    /// <summary>How a length is compared with those of its group.</summary>
    public LengthMeasure Measure { get; init; } = LengthMeasure.Deviations;
}

/// <summary>How the transform "relative-length" compares lengths.</summary>
public enum LengthMeasure
{
    /// <summary>By how many standard deviations it lies above the mean; 0 where all are equal.</summary>
    Deviations,

    /// <summary>Its position between the shortest, 0, and the longest, 1; 0.5 where all are equal.</summary>
    Position,
}
