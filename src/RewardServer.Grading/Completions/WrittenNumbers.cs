using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace RewardServer.Grading.Completions;

/// <summary>
/// A number as it is written, or several: on the wire a JSON number or string, or an array of these. No digit is lost to a type of numbers.
/// </summary>
/// <param name="Texts">The numbers as they are written; at least one.</param>
[JsonConverter(typeof(Converter))]
public sealed record WrittenNumbers(ImmutableArray<string> Texts)
{
    /// <summary>One number.</summary>
    public static implicit operator WrittenNumbers(string text) => FromText(text);

    /// <summary>One number.</summary>
    public static WrittenNumbers FromText(string text) => new([text]);

    private sealed class Converter : JsonConverter<WrittenNumbers>
    {
        public override WrittenNumbers Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            new(OneOrSeveral.Read(ref reader, One, "a number or a string", "of these"));

        public override void Write(Utf8JsonWriter writer, WrittenNumbers value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(writer, value.Texts, options);

        private static string? One(ref Utf8JsonReader reader) => reader.TokenType switch
        {
            JsonTokenType.String => LenientTextConverter.ReadText(ref reader),
            JsonTokenType.Number => Encoding.ASCII.GetString(reader.HasValueSequence ? reader.ValueSequence.ToArray() : reader.ValueSpan),
            _ => null,
        };
    }
}
