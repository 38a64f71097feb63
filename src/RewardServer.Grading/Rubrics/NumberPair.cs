using System.Text.Json;
using System.Text.Json.Serialization;

namespace RewardServer.Grading.Rubrics;

/// <summary>Two numbers, on the wire an array of two: <c>[-1, 1]</c>.</summary>
/// <param name="First">The first.</param>
/// <param name="Second">The second.</param>
[JsonConverter(typeof(Converter))]
public readonly record struct NumberPair(double First, double Second)
{
    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"[{First}, {Second}]");

    private sealed class Converter : JsonConverter<NumberPair>
    {
        private const string Shape = "must be an array of two numbers";

        public override NumberPair Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType != JsonTokenType.StartArray)
            {
                throw new JsonException(Shape);
            }

            var pair = new NumberPair(Number(ref reader), Number(ref reader));
            return reader.Read() && reader.TokenType == JsonTokenType.EndArray ? pair : throw new JsonException(Shape);
        }

        public override void Write(Utf8JsonWriter writer, NumberPair value, JsonSerializerOptions options)
        {
            writer.WriteStartArray();
            writer.WriteNumberValue(value.First);
            writer.WriteNumberValue(value.Second);
            writer.WriteEndArray();
        }

        private static double Number(ref Utf8JsonReader reader) =>
            reader.Read() && reader.TokenType == JsonTokenType.Number && reader.TryGetDouble(out var number) && double.IsFinite(number)
                ? number
                : throw new JsonException(Shape);
    }
}
