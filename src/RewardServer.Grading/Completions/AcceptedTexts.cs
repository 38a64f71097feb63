using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace RewardServer.Grading.Completions;

/// <summary>A text, or several of which any will do: on the wire a JSON string, or an array of strings.</summary>
/// <param name="Texts">The texts; at least one.</param>
[JsonConverter(typeof(Converter))]
public sealed record AcceptedTexts(ImmutableArray<string> Texts)
{
    private const int Most = 1000;

    /// <summary>One text.</summary>
    public static implicit operator AcceptedTexts(string text) => FromText(text);

    /// <summary>One text.</summary>
    public static AcceptedTexts FromText(string text) => new([text]);

    private sealed class Converter : JsonConverter<AcceptedTexts>
    {
        public override AcceptedTexts Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType == JsonTokenType.String)
            {
                return FromText(LenientTextConverter.ReadText(ref reader));
            }

            var texts = ImmutableArray.CreateBuilder<string>();
            var isArray = reader.TokenType == JsonTokenType.StartArray;
            while (isArray && reader.Read() && reader.TokenType == JsonTokenType.String && texts.Count < Most)
            {
                texts.Add(LenientTextConverter.ReadText(ref reader));
            }

            return isArray && reader.TokenType == JsonTokenType.EndArray && texts.Count > 0
                ? new(texts.ToImmutable())
                : throw new JsonException($"must be a string, or an array of 1 to {Most} strings");
        }

        public override void Write(Utf8JsonWriter writer, AcceptedTexts value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(writer, value.Texts, options);
    }
}
