using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;

namespace RewardServer.Grading.Completions;

/// <summary>Keeps a caller's JSON as it was written, half characters and all, and writes it back the same.</summary>
public sealed class EchoedJsonConverter : JsonConverter<JsonElement>
{
    /// <inheritdoc/>
    public override JsonElement Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        JsonElement.ParseValue(ref reader) is var value && Utf8.IsValid(JsonMarshal.GetRawUtf8Value(value))
            ? value
            : throw new JsonException("is not UTF-8");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, JsonElement value, JsonSerializerOptions options) =>
        // Writing it value by value would decode its strings, and throw at half a character.
        writer.WriteRawValue(JsonMarshal.GetRawUtf8Value(value), skipInputValidation: true);
}
