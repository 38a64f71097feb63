using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace RewardServer.Grading.Completions.Puzzles;

/// <summary>Reads and writes formulas. What an operator takes is asked later, by the puzzle that it stands in.</summary>
internal sealed class FormulaConverter : JsonConverter<Formula>
{
    /// <inheritdoc/>
    public override Formula Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Read(ref reader, 0);

    private static Formula Read(ref Utf8JsonReader reader, int depth) => reader.TokenType switch
    {
        JsonTokenType.String => Formula.Of(LenientTextConverter.ReadText(ref reader)),
        JsonTokenType.Number when reader.TryGetInt32(out var number) => Formula.Of(number.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        JsonTokenType.StartObject when depth < Formula.Deepest => ReadOperator(ref reader, depth),
        JsonTokenType.StartObject => throw new JsonException($"is nested deeper than {Formula.Deepest}"),
        _ => throw new JsonException("must be a name, or an object with one member: the operator"),
    };

    private static Formula ReadOperator(ref Utf8JsonReader reader, int depth)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.PropertyName)
        {
            throw new JsonException("must have one member: the operator");
        }

        var name = LenientTextConverter.ReadText(ref reader);
        reader.Read();
        var parts = ImmutableArray.CreateBuilder<Formula>();
        if (reader.TokenType == JsonTokenType.StartArray)
        {
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                parts.Add(Read(ref reader, depth + 1));
            }
        }
        else
        {
            parts.Add(Read(ref reader, depth + 1));
        }

        reader.Read();
        return reader.TokenType == JsonTokenType.EndObject
            ? new(name, parts.ToImmutable())
            : throw new JsonException("must have one member: the operator");
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, Formula value, JsonSerializerOptions options)
    {
        if (value.IsName)
        {
            writer.WriteStringValue(value.Operator);
            return;
        }

        writer.WriteStartObject();
        writer.WriteStartArray(value.Operator);
        foreach (var part in value.Parts)
        {
            Write(writer, part, options);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
