using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using RewardServer.Grading.Completions;

namespace RewardServer.Http;

/// <summary>A program's input: in JSON a text, which is sent as UTF-8, or {"base64": "…"} for bytes that are no text.</summary>
/// <param name="Bytes">The bytes.</param>
[JsonConverter(typeof(InputTextConverter))]
public sealed record InputText(ReadOnlyMemory<byte> Bytes);

/// <summary>Reads an <see cref="InputText"/>.</summary>
public sealed class InputTextConverter : JsonConverter<InputText>
{
    /// <inheritdoc/>
    public override InputText Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            return new(Encoding.UTF8.GetBytes(LenientTextConverter.ReadText(ref reader)));
        }

        if (reader.TokenType == JsonTokenType.StartObject && reader.Read() && reader.TokenType == JsonTokenType.PropertyName
            && reader.ValueTextEquals("base64") && reader.Read() && reader.TokenType == JsonTokenType.String
            && reader.TryGetBytesFromBase64(out var bytes) && reader.Read() && reader.TokenType == JsonTokenType.EndObject)
        {
            return new(bytes);
        }

        throw new JsonException("must be a string, or an object with one member \"base64\"");
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, InputText value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteBase64String("base64", value.Bytes.Span);
        writer.WriteEndObject();
    }
}
