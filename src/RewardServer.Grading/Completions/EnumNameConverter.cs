using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace RewardServer.Grading.Completions;

/// <summary>
/// Writes an enum's values by their names, "first-failure", and reads nothing else: the serializer's own converter takes other spellings, and
/// lists of names as one value.
/// </summary>
public sealed class EnumNameConverter : JsonConverterFactory
{
    /// <summary>The names of an enum's values, in their order.</summary>
    public static IReadOnlyList<string> NamesOf(Type type) => [.. Enum.GetNames(type).Select(JsonNamingPolicy.KebabCaseLower.ConvertName)];

    /// <inheritdoc/>
    public override bool CanConvert(Type typeToConvert) => typeToConvert.IsEnum;

    /// <inheritdoc/>
    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(Converter<>).MakeGenericType(typeToConvert))!;

    private sealed class Converter<T> : JsonConverter<T>
        where T : struct, Enum
    {
        private readonly FrozenDictionary<string, T> values =
            NamesOf(typeof(T)).Zip(Enum.GetNames<T>().Select(Enum.Parse<T>)).ToFrozenDictionary(pair => pair.First, pair => pair.Second);

        private readonly FrozenDictionary<T, string> names;

        public Converter() => names = values.DistinctBy(pair => pair.Value).ToFrozenDictionary(pair => pair.Value, pair => pair.Key);

        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String && values.TryGetValue(reader.GetString()!, out var value)
                ? value
                : throw new JsonException($"must be one of: {string.Join(", ", NamesOf(typeof(T)))}");

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(names[value]);

        public override T ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Read(ref reader, typeToConvert, options);

        public override void WriteAsPropertyName(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WritePropertyName(names[value]);
    }
}
