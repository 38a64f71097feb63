using System.Text.Json;
using System.Text.Json.Serialization;
using RewardServer.Grading.Completions;

namespace RewardServer.Http;

/// <summary>A rubric in a request: on the wire the name of one that the server has, or a whole one as an object.</summary>
/// <param name="Name">The name; null where it stands inline.</param>
/// <param name="Inline">The rubric; null where it is named.</param>
[JsonConverter(typeof(Converter))]
public sealed record RubricReference(string? Name, JsonElement? Inline)
{
    private sealed class Converter : JsonConverter<RubricReference>
    {
        public override RubricReference Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType switch
            {
                JsonTokenType.String => new(LenientTextConverter.ReadText(ref reader), null),
                JsonTokenType.StartObject => new(null, JsonElement.ParseValue(ref reader)),
                _ => throw new JsonException("must be the name of a rubric, or a rubric as an object"),
            };

        public override void Write(Utf8JsonWriter writer, RubricReference value, JsonSerializerOptions options)
        {
            if (value.Inline is { } inline)
            {
                inline.WriteTo(writer);
            }
            else
            {
                writer.WriteStringValue(value.Name);
            }
        }
    }
}
