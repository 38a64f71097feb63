using RewardServer.Grading.Extraction;

namespace RewardServer.Grading.Graders.Reflection;

/// <summary>Options of the grader "reflection".</summary>
public sealed record ReflectionOptions
{
    /// <summary>The part of the completion that is looked at.</summary>
    public CompletionPart Part { get; init; } = CompletionPart.Thinking;
}
