using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace RewardServer.Grading.Completions;

/// <summary>
/// Reads the content of a chat's message: a text, or an array of parts <c>{type, text}</c> as OpenAI's interfaces have it, whose texts are joined. Parts of another type, such
/// as pictures, are passed over.
/// </summary>
public sealed class MessageContentConverter : JsonConverter<string>
{
    // As the Chat Completions and the Responses interface call them.
    private static readonly string[] TextTypes = ["text", "input_text", "output_text"];

    /// <inheritdoc/>
    public override string Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        ReadContent(ref reader) ?? throw new JsonException("holds no part with a text");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);

    /// <summary>Reads the content that the reader stands on.</summary>
    /// <returns>Its text; null where it is null, or none of its parts is a text.</returns>
    /// <exception cref="JsonException">It is something else.</exception>
    public static string? ReadContent(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                return LenientTextConverter.ReadText(ref reader);
            case JsonTokenType.Null:
                return null;
            case JsonTokenType.StartArray:
                StringBuilder? text = null;
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    text = ReadPart(ref reader) is { } part ? (text ?? new()).Append(part) : text;
                }

                return text?.ToString();
            default:
                throw new JsonException("must be a text, or an array of parts {type, text}");
        }
    }

    private static string? ReadPart(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            return LenientTextConverter.ReadText(ref reader);
        }

        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("must be a text, or an array of parts {type, text}");
        }

        var (type, text) = ("text", (string?)null);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var (isType, isText) = (reader.ValueTextEquals("type"u8), reader.ValueTextEquals("text"u8));
            reader.Read();
            if (reader.TokenType == JsonTokenType.String && (isType || isText))
            {
                var value = LenientTextConverter.ReadText(ref reader);
                (type, text) = isType ? (value, text) : (type, value);
            }
            else
            {
                // The serializer hands a converter whole values.
                reader.TrySkip();
            }
        }

        return !TextTypes.Contains(type, StringComparer.Ordinal) ? null : text ?? throw new JsonException("holds a part of a text without its 'text'");
    }
}
