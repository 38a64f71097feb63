using System.Text.Json;
using System.Text.Json.Nodes;
using RewardServer.Grading.Graders.Judge.Showing;

namespace RewardServer.Grading.Graders.Judge.Protocols;

/// <summary>What classifiers and reward models are sent: the chat's messages, or a text. They follow no instructions, so that nothing is delimited.</summary>
/// <param name="settings">The judge's.</param>
internal sealed class ModelInput(JudgeSettings settings)
{
    private readonly JudgeTemplate template = JudgeTemplate.Plain(settings);

    /// <summary>The request's JSON.</summary>
    public byte[] Of(JudgeQuestion question)
    {
        var request = new JsonObject { ["model"] = settings.Model };
        if (settings.SendsMessages)
        {
            request["messages"] = new JsonArray(
                [.. question.PromptMessages.Select(message => Message(message.Role, message.Content ?? "")), Message("assistant", question.Response)]);
        }
        else
        {
            request["input"] = template.Fill(question);
        }

        return JsonSerializer.SerializeToUtf8Bytes(request);
    }

    private JsonObject Message(string role, string content) => new()
    {
        ["role"] = NeutralText.Of(role, settings.MaxCharacters, ""),
        ["content"] = NeutralText.Of(content, settings.MaxCharacters, ""),
    };
}
