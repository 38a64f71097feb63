using System.Buffers.Binary;
using System.Text.Json;
using System.Text.Json.Nodes;
using RewardServer.Grading.Graders.Judge.Asking;
using RewardServer.Grading.Graders.Judge.Showing;

namespace RewardServer.Grading.Graders.Judge.Protocols;

/// <summary>An OpenAI-compatible chat model, asked in one message, which every chat template takes, to end its answer with a score.</summary>
/// <param name="settings">The judge's.</param>
internal sealed class ChatProtocol(JudgeSettings settings) : IJudgeProtocol
{
    // A judge that thinks too long is given more room, up to this many doublings.
    private const int MostDoublings = 2;

    private readonly JudgeTemplate template = JudgeTemplate.Delimited(settings);
    private readonly ScoreReader scores = new(settings.Lowest, settings.Highest);

    /// <inheritdoc/>
    public byte[] Request(JudgeQuestion question, int sample, int tries)
    {
        var request = new JsonObject
        {
            ["model"] = settings.Model,
            ["messages"] = new JsonArray(new JsonObject { ["role"] = "user", ["content"] = template.Fill(question) }),
            ["temperature"] = settings.Temperature,
            ["max_tokens"] = (long)settings.MaxTokens << Math.Min(tries, MostDoublings),
        };
        if (settings.Temperature > 0)
        {
            // Chance that is the same for the same item, as far as the judge's server keeps to it. A new try has new luck.
            request["seed"] = Seed(question, sample + (tries * settings.Samples));
        }

        return JsonSerializer.SerializeToUtf8Bytes(request);
    }

    /// <inheritdoc/>
    public JudgeReply Read(JsonElement answer)
    {
        var choice = answer.Member("choices").First();
        if (choice.ValueKind != JsonValueKind.Object)
        {
            return JudgeReply.Unscored("answers without a choice");
        }

        var message = choice.Member("message");
        var ended = ReplyText.Of(choice.Member("finish_reason"));
        return ended == "length" ? JudgeReply.Unscored("does not come to its score within its MaxTokens, which may be too few")
            : ended == "content_filter" || ReplyText.Of(message.Member("refusal")) is { Length: > 0 } ? JudgeReply.Unscored("refuses to judge the text")
            : ReplyText.Of(message.Member("content")) is { } text ? scores.Read(text)
            : JudgeReply.Unscored("answers without a text");
    }

    private static int Seed(JudgeQuestion question, int sample) =>
        (int)(BinaryPrimitives.ReadUInt32BigEndian(Convert.FromHexString(question.Key().AsSpan(0, 8))) & int.MaxValue) ^ sample;
}
