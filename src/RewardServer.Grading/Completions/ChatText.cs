using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace RewardServer.Grading.Completions;

/// <summary>A text, or the messages of a chat: on the wire a JSON string, or an array of <see cref="ChatMessage"/>.</summary>
[JsonConverter(typeof(Converter))]
public sealed record ChatText
{
    private ChatText(string? text, ImmutableArray<ChatMessage> messages) => (Text, Messages) = (text, messages);

    /// <summary>The plain text; null where it is a chat.</summary>
    public string? Text { get; }

    /// <summary>The chat's messages; empty where it is a plain text.</summary>
    public ImmutableArray<ChatMessage> Messages { get; }

    /// <summary>A plain text.</summary>
    public static implicit operator ChatText(string text) => FromText(text);

    /// <summary>A plain text.</summary>
    public static ChatText FromText(string text) => new(text, []);

    /// <summary>A chat.</summary>
    public static ChatText FromMessages(IEnumerable<ChatMessage> messages) => new(null, [.. messages]);

    /// <summary>The plain text, or the content of the last message with that role; null where there is none.</summary>
    public string? LastOf(string role) =>
        Text ?? (Messages.LastOrDefault(message => message.Role == role) is { } last ? last.Content ?? "" : null);

    /// <summary>The plain text, or the content of the last message of all; null for an empty chat.</summary>
    public string? End => Text ?? Messages.LastOrDefault()?.Content;

    private sealed class Converter : JsonConverter<ChatText>
    {
        public override ChatText Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType switch
            {
                JsonTokenType.String => FromText(LenientTextConverter.ReadText(ref reader)),
                JsonTokenType.StartArray => FromMessages(ReadMessages(ref reader, options)),
                _ => throw new JsonException("must be a string or an array of messages {role, content}"),
            };

        // A nested deserialisation tells paths from its own root; ours continues the member's path in its message.
        private static ChatMessage[] ReadMessages(ref Utf8JsonReader reader, JsonSerializerOptions options)
        {
            try
            {
                var messages = JsonSerializer.Deserialize<ChatMessage[]>(ref reader, options)!;
                var missing = Array.FindIndex(messages, message => message is null);
                return missing < 0 ? messages : throw new JsonException($"[{missing}] must not be null");
            }
            catch (JsonException exception)
            {
                var fault = JsonFault.From(exception);
                throw new JsonException($"{fault.Path} {fault.Message}".Trim());
            }
        }

        public override void Write(Utf8JsonWriter writer, ChatText value, JsonSerializerOptions options)
        {
            if (value.Text is { } text)
            {
                writer.WriteStringValue(text);
            }
            else
            {
                JsonSerializer.Serialize(writer, value.Messages, options);
            }
        }
    }
}
