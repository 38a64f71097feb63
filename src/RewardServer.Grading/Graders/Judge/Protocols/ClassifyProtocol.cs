using System.Text.Json;
using RewardServer.Grading.Graders.Judge.Asking;

namespace RewardServer.Grading.Graders.Judge.Protocols;

/// <summary>A classifier, as vLLM serves it at <c>/classify</c>: the probability of a class, or what its label is worth, is the score.</summary>
/// <param name="settings">The judge's.</param>
internal sealed class ClassifyProtocol(JudgeSettings settings) : IJudgeProtocol
{
    private readonly ModelInput input = new(settings);

    /// <inheritdoc/>
    public byte[] Request(JudgeQuestion question, int sample, int tries) => input.Of(question);

    /// <inheritdoc/>
    public JudgeReply Read(JsonElement answer)
    {
        var data = answer.Member("data").First();
        return settings.LabelScores.Count > 0 ? OfLabel(ReplyText.Of(data.Member("label"))) : OfProbability(data.Member("probs"));
    }

    private JudgeReply OfLabel(string? label) =>
        label is null ? JudgeReply.Unscored("answers without a label")
            : settings.LabelScores.TryGetValue(label, out var score) ? JudgeReply.Of(score, Shown.Head(label, Shown.Answer))
            : JudgeReply.Unscored($"gives the label '{Shown.Head(label, 50)}', which its LabelScores do not hold");

    private JudgeReply OfProbability(JsonElement probabilities)
    {
        if (probabilities.ValueKind != JsonValueKind.Array)
        {
            return JudgeReply.Unscored("answers without probabilities");
        }

        var count = probabilities.GetArrayLength();
        var index = settings.ClassIndex < 0 ? count + settings.ClassIndex : settings.ClassIndex;
        return index < 0 || index >= count ? JudgeReply.Unscored($"has {count} classes, and none of ClassIndex {settings.ClassIndex}")
            : probabilities[index].Number() is { } probability and >= 0 and <= 1 ? JudgeReply.Of(probability)
            : JudgeReply.Unscored("gives something other than a probability");
    }
}
