using System.Runtime.InteropServices;
using System.Text.Json;
using RewardServer.Grading.Completions;

namespace RewardServer.Jobs.Sets;

/// <summary>Reads texts and chats out of JSON. Half a character, where a model was cut off, becomes U+FFFD as it does in a request.</summary>
internal static class JsonTexts
{
    /// <summary>The text of a JSON string.</summary>
    public static string Of(JsonElement value)
    {
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            var reader = new Utf8JsonReader(JsonMarshal.GetRawUtf8Value(value));
            reader.Read();
            return LenientTextConverter.ReadText(ref reader);
        }
    }

    /// <summary>A text or the messages of a chat; null where it is neither.</summary>
    /// <exception cref="RowException">A message holds what cannot be read.</exception>
    public static ChatText? ChatOrNull(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.String)
        {
            return Of(value);
        }

        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() == 0 || !value.EnumerateArray().All(IsMessage))
        {
            return null;
        }

        return ChatText.FromMessages(value.EnumerateArray().Select(message => new ChatMessage(Of(message.GetProperty("role")), ContentOf(message))));
    }

    /// <summary>The text of a message; null where it has none.</summary>
    /// <exception cref="RowException">Its content is something else.</exception>
    public static string? ContentOf(JsonElement message)
    {
        if (!message.TryGetProperty("content", out var content))
        {
            return null;
        }

        var reader = new Utf8JsonReader(JsonMarshal.GetRawUtf8Value(content));
        reader.Read();
        try
        {
            return MessageContentConverter.ReadContent(ref reader);
        }
        catch (JsonException exception)
        {
            throw new RowException($"has a message whose 'content' cannot be read: it {exception.Message}");
        }
    }

    private static bool IsMessage(JsonElement value) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty("role", out var role) && role.ValueKind == JsonValueKind.String;
}
