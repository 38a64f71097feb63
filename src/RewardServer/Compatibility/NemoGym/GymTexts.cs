using System.Text;
using System.Text.Json;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Extraction;

namespace RewardServer.Compatibility.NemoGym;

/// <summary>Makes prompts and completions of what OpenAI's Responses API calls input and output.</summary>
internal static class GymTexts
{
    /// <summary>What the model was asked: <c>instructions</c> and <c>input</c> of the parameters.</summary>
    /// <param name="parameters">The member <c>responses_create_params</c>.</param>
    public static ChatText PromptOf(JsonElement parameters)
    {
        if (GymJson.Of(parameters, "input") is { } plain)
        {
            return plain;
        }

        var messages = GymJson.ElementsOf(parameters, "input")
            .Where(item => GymJson.Of(item, "role") is not null)
            .Select(item => new ChatMessage(GymJson.Of(item, "role")!, ContentOf(item)));
        return ChatText.FromMessages(GymJson.Of(parameters, "instructions") is { } system ? messages.Prepend(new("system", system)) : messages);
    }

    /// <summary>
    /// What the model wrote: the texts of its messages and, between the tags of the rubric, the texts of reasoning items before them, in the
    /// order of the output. A server that parses the reasoning takes the tags away that rubrics look for; one that does not leaves them in the text.
    /// </summary>
    /// <param name="response">The member <c>response</c>.</param>
    /// <param name="tags">The rubric's tags.</param>
    /// <param name="opened">Whether the prompt opened the thinking, so that the completion must not.</param>
    public static string CompletionOf(JsonElement response, ThinkTags tags, bool opened)
    {
        var (text, thinking, messages) = (new StringBuilder(), false, 0);
        foreach (var item in GymJson.ElementsOf(response, "output"))
        {
            var kind = GymJson.Of(item, "type");
            if (kind == "reasoning")
            {
                if (ThoughtOf(item) is not { Length: > 0 } thought)
                {
                    continue;
                }

                text.Append(thinking || (opened && text.Length == 0) ? "" : tags.ThinkOpen).Append(thought);
                thinking = true;
                continue;
            }

            text.Append(thinking ? tags.ThinkClose : "");
            thinking = false;
            if (kind == "message" && (GymJson.Of(item, "role") ?? "assistant") == "assistant")
            {
                // Messages of several turns, with calls of tools between them, stand apart.
                text.Append(messages++ > 0 ? "\n\n" : "").Append(ContentOf(item));
            }
        }

        // Thinking at which the limit of length cut the model off was never closed.
        return text.Append(thinking && !WasCutOff(response) ? tags.ThinkClose : "").ToString();
    }

    /// <summary>Whether the limit of length cut the model off.</summary>
    /// <param name="response">The member <c>response</c>.</param>
    public static bool WasCutOff(JsonElement response) =>
        GymJson.Of(response, "status") == "incomplete"
        || (response.TryGetProperty("incomplete_details", out var details) && details.ValueKind == JsonValueKind.Object);

    private static string ThoughtOf(JsonElement reasoning)
    {
        var summary = Joined(GymJson.ElementsOf(reasoning, "summary"));
        return summary.Length > 0 ? summary : Joined(GymJson.ElementsOf(reasoning, "content"));
    }

    private static string ContentOf(JsonElement message) => GymJson.Of(message, "content") ?? Joined(GymJson.ElementsOf(message, "content"));

    // A refusal has no text, and counts as none.
    private static string Joined(IEnumerable<JsonElement> parts) => string.Concat(parts.Select(part => GymJson.Of(part, "text")));
}
