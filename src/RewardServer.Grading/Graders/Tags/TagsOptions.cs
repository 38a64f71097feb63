namespace RewardServer.Grading.Graders.Tags;

/// <summary>Options of the grader "tags".</summary>
public sealed record TagsOptions
{
    /// <summary>
    /// Whether a tag counts only where line breaks set it apart as in open-r1: after the tag that opens the thinking, before the one that
    /// closes the answer, on both sides of the others.
    /// </summary>
    public bool OwnLines { get; init; }
}
