using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace RewardServer.Grading.Completions;

/// <summary>Choices with their labels: on the wire an object, {"A": "text", …}, or an array of texts, whose labels are A, B, C, ….</summary>
/// <param name="Choices">The choices in their order; at least one.</param>
[JsonConverter(typeof(Converter))]
public sealed record LabelledChoices(ImmutableArray<KeyValuePair<string, string>> Choices)
{
    private const int Most = 100, MostLettered = 26;

    private sealed class Converter : JsonConverter<LabelledChoices>
    {
        private const string Shape = "must be an object of texts by their labels, or an array of at most 26 texts";

        public override LabelledChoices Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var choices = ImmutableArray.CreateBuilder<KeyValuePair<string, string>>();
            var isObject = reader.TokenType == JsonTokenType.StartObject;
            var (end, most) = isObject ? (JsonTokenType.EndObject, Most) : (JsonTokenType.EndArray, MostLettered);
            if (!isObject && reader.TokenType != JsonTokenType.StartArray)
            {
                throw new JsonException(Shape);
            }

            while (reader.Read() && reader.TokenType != end)
            {
                var label = isObject ? LenientTextConverter.ReadText(ref reader) : ((char)('A' + choices.Count)).ToString();
                _ = isObject && reader.Read();
                choices.Add(reader.TokenType == JsonTokenType.String && choices.Count < most ? new(label, LenientTextConverter.ReadText(ref reader)) : throw new JsonException(Shape));
            }

            return choices.Count > 0 ? new(choices.ToImmutable()) : throw new JsonException("must hold at least one choice");
        }

        public override void Write(Utf8JsonWriter writer, LabelledChoices value, JsonSerializerOptions options)
        {
            writer.WriteStartObject();
            foreach (var (label, text) in value.Choices)
            {
                writer.WriteString(label, text);
            }

            writer.WriteEndObject();
        }
    }
}
