namespace RewardServer.Grading.Graders.Judge.Asking;

/// <summary>What a judge made of a question: a value, or a fault.</summary>
/// <param name="Value">A score from 0 to 1, or a reward model's number, which has no bounds; null where there is a fault.</param>
/// <param name="Text">What the judge wrote, for people; null where it writes nothing.</param>
/// <param name="Fault">Why there is no value; null where there is one.</param>
internal sealed record JudgeReply(double? Value, string? Text, JudgeFault? Fault)
{
    /// <summary>A value.</summary>
    public static JudgeReply Of(double value, string? text = null) => new(value, text, null);

    /// <summary>A fault.</summary>
    public static JudgeReply Faulty(FaultKind kind, string message) => new(null, null, new(kind, message));

    /// <summary>An answer without a score that can be used.</summary>
    public static JudgeReply Unscored(string message) => Faulty(FaultKind.Unscored, message);
}
