using System.Text.Json;
using RewardServer.Grading.Completions;

namespace RewardServer.Compatibility;

/// <summary>
/// Reads what a model was asked or wrote as trainers send it: a text, a message, or messages, whose contents may be
/// lists of parts, as those of models that see pictures are. Of parts, the texts count.
/// </summary>
internal static class ChatReading
{
    /// <summary>Reads one.</summary>
    /// <returns>The text or chat; or what is wrong, with the path below the element ("" for the element itself).</returns>
    public static (ChatText? Text, (string Path, string Message)? Error) Read(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => (ChatText.FromText(LenientText.Of(element)!), null),
        JsonValueKind.Object => One(element),
        JsonValueKind.Array => Chat(element),
        _ => (null, ("", "must be a text, or messages {role, content}")),
    };

    private static (ChatText? Text, (string Path, string Message)? Error) One(JsonElement element)
    {
        var (message, error) = Message(element, "");
        return message is null ? (null, error) : (ChatText.FromMessages([message]), null);
    }

    private static (ChatText? Text, (string Path, string Message)? Error) Chat(JsonElement array)
    {
        var messages = new List<ChatMessage>();
        foreach (var (i, element) in array.EnumerateArray().Index())
        {
            var (message, error) = Message(element, $"[{i}]");
            if (message is null)
            {
                return (null, error);
            }

            messages.Add(message);
        }

        return (ChatText.FromMessages(messages), null);
    }

    private static (ChatMessage? Message, (string Path, string Message)? Error) Message(JsonElement element, string path)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            return (null, (path, "must be a message {role, content}"));
        }

        if (!element.TryGetProperty("role", out var role) || LenientText.Of(role) is not { } name)
        {
            return (null, ($"{path}.role".TrimStart('.'), "must be a text"));
        }

        var content = element.TryGetProperty("content", out var given) ? Content(given) : "";
        return content is null ? (null, ($"{path}.content".TrimStart('.'), "must be a text, or an array of parts")) : (new(name, content), null);
    }

    // Null, as in a turn that only calls a tool, counts as empty.
    private static string? Content(JsonElement content) => content.ValueKind switch
    {
        JsonValueKind.String => LenientText.Of(content),
        JsonValueKind.Null => "",
        JsonValueKind.Array => string.Concat(content.EnumerateArray().Select(Part)),
        _ => null,
    };

    private static string Part(JsonElement part) =>
        LenientText.Of(part)
        ?? (part.ValueKind == JsonValueKind.Object && part.TryGetProperty("text", out var text) ? LenientText.Of(text) : null)
        ?? "";
}
