using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace RewardServer.Compatibility;

/// <summary>
/// Writes every real number with a point or an exponent: 2.0, not 2. Python reads 2 as an int, of which a trainer makes a tensor of integers, and
/// that has neither mean nor deviation.
/// </summary>
internal sealed class FloatConverter : JsonConverter<double>
{
    /// <inheritdoc/>
    public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.Number ? reader.GetDouble()
        : reader.TokenType == JsonTokenType.String && double.TryParse(reader.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number
        : throw new JsonException("must be a number");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options)
    {
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        writer.WriteRawValue(double.IsFinite(value) ? text.AsSpan().ContainsAny('.', 'E') ? text : $"{text}.0" : throw new JsonException($"{text} is no number in JSON"));
    }
}
