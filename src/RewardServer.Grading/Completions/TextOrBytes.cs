using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace RewardServer.Grading.Completions;

/// <summary>An input or the content of a file: in JSON a text, which stands for its UTF-8, or {"base64": "…"} for bytes that are no text.</summary>
/// <param name="Bytes">The bytes.</param>
[JsonConverter(typeof(Converter))]
public sealed record TextOrBytes(ReadOnlyMemory<byte> Bytes)
{
    /// <summary>A text's.</summary>
    public static implicit operator TextOrBytes(string text) => FromText(text);

    /// <summary>A text's.</summary>
    public static TextOrBytes FromText(string text) => new(Encoding.UTF8.GetBytes(text));

    private sealed class Converter : JsonConverter<TextOrBytes>
    {
        public override TextOrBytes Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType == JsonTokenType.String)
            {
                return FromText(LenientTextConverter.ReadText(ref reader));
            }

            if (reader.TokenType == JsonTokenType.StartObject && reader.Read() && reader.TokenType == JsonTokenType.PropertyName
                && reader.ValueTextEquals("base64") && reader.Read() && reader.TokenType == JsonTokenType.String
                && reader.TryGetBytesFromBase64(out var bytes) && reader.Read() && reader.TokenType == JsonTokenType.EndObject)
            {
                return new(bytes);
            }

            throw new JsonException("must be a string, or an object with one member \"base64\"");
        }

        public override void Write(Utf8JsonWriter writer, TextOrBytes value, JsonSerializerOptions options)
        {
            writer.WriteStartObject();
            writer.WriteBase64String("base64", value.Bytes.Span);
            writer.WriteEndObject();
        }
    }
}
