using RewardServer.Grading.Extraction;

namespace RewardServer.Grading.Graders.Verification;

/// <summary>Options of the grader "verification".</summary>
public sealed record VerificationOptions
{
    /// <summary>The part of the completion that is looked at.</summary>
    public CompletionPart Part { get; init; } = CompletionPart.Thinking;
}
