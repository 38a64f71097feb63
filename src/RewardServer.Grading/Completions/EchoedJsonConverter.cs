using System.Text.Json;
using System.Text.Json.Serialization;

namespace RewardServer.Grading.Completions;

/// <summary>Keeps a caller's JSON as it was written, half characters and all, and writes it back the same.</summary>
public sealed class EchoedJsonConverter : JsonConverter<JsonElement>
{
    /// <inheritdoc/>
    public override JsonElement Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        JsonElement.ParseValue(ref reader);

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, JsonElement value, JsonSerializerOptions options) =>
        // Writing it value by value would decode its strings, and throw at half a character.
        writer.WriteRawValue(value.GetRawText(), skipInputValidation: true);
}
