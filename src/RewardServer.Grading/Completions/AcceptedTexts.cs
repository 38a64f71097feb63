using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace RewardServer.Grading.Completions;

/// <summary>A text, or several of which any will do: on the wire a JSON string, or an array of strings.</summary>
/// <param name="Texts">The texts; at least one.</param>
[JsonConverter(typeof(Converter))]
public sealed record AcceptedTexts(ImmutableArray<string> Texts)
{
    /// <summary>One text.</summary>
    public static implicit operator AcceptedTexts(string text) => FromText(text);

    /// <summary>One text.</summary>
    public static AcceptedTexts FromText(string text) => new([text]);

    private sealed class Converter : JsonConverter<AcceptedTexts>
    {
        public override AcceptedTexts Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            new(OneOrSeveral.Read(ref reader, One, "a string", "strings"));

        public override void Write(Utf8JsonWriter writer, AcceptedTexts value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(writer, value.Texts, options);

        private static string? One(ref Utf8JsonReader reader) =>
            reader.TokenType == JsonTokenType.String ? LenientTextConverter.ReadText(ref reader) : null;
    }
}
