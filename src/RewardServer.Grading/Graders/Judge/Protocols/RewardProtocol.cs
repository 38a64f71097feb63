using System.Text.Json;
using RewardServer.Grading.Graders.Judge.Asking;

namespace RewardServer.Grading.Graders.Judge.Protocols;

/// <summary>A reward model, as vLLM serves it at <c>/pooling</c>: one number without bounds, the higher the better.</summary>
/// <param name="settings">The judge's.</param>
internal sealed class RewardProtocol(JudgeSettings settings) : IJudgeProtocol
{
    private readonly ModelInput input = new(settings);
    private readonly ScorePath path = ScorePath.Parse(settings.ScorePath) ?? throw new ArgumentException("not a path", nameof(settings));

    /// <inheritdoc/>
    public byte[] Request(JudgeQuestion question, int sample, int tries) => input.Of(question);

    /// <inheritdoc/>
    public JudgeReply Read(JsonElement answer) =>
        path.Find(answer).Number() is { } reward ? JudgeReply.Of(reward) : JudgeReply.Unscored($"answers without a number at {settings.ScorePath}");
}
