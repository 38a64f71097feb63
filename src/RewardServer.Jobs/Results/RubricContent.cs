using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Rubrics;

namespace RewardServer.Jobs.Results;

/// <summary>
/// What a rubric says, apart from how it is written: rubrics that grade the same by the same definition have the same hash, whether they stand in JSON or YAML, in whatever
/// order their members come, and whether a member that has its default is written out. Name, version and description are left out: they decide nothing.
/// </summary>
public static class RubricContent
{
    private const int HashDigits = 16;

    /// <summary>SHA-256 of it, the first 16 hexadecimal digits.</summary>
    public static string HashOf(Rubric rubric) => Convert.ToHexStringLower(SHA256.HashData(Bytes(rubric)))[..HashDigits];

    private static ReadOnlySpan<byte> Bytes(Rubric rubric)
    {
        var definition = rubric.Definition;
        // Components as they were compiled: with the names, weights and bounds that hold where the definition is silent.
        var content = JsonSerializer.SerializeToElement(
            new
            {
                definition.Tags,
                Components = rubric.Components.Zip(definition.Components, (ready, written) => new
                {
                    ready.Name,
                    Grader = ready.Kind.Name,
                    ready.Weight,
                    Options = OptionsOf(written.Options),
                    ready.Scale,
                    ready.Clip,
                    ready.Gates,
                    ready.PassAt,
                }),
                definition.Combine,
                Signals = definition.Signals is { Count: > 0 } priced ? priced : null,
                definition.Clip,
                Transforms = rubric.Transforms.Zip(definition.Transforms, (ready, written) => new { ready.Name, Transform = ready.Kind.Name, Options = OptionsOf(written.Options) }),
            },
            ItemJson.Options);
        var output = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(output))
        {
            Write(content, writer);
        }

        return output.WrittenSpan;
    }

    private static JsonElement OptionsOf(JsonElement? written) => written is { ValueKind: JsonValueKind.Object } options ? options : JsonElement.Parse("{}");

    // Members in the order of their names, numbers by their value.
    private static void Write(JsonElement value, Utf8JsonWriter writer)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var member in value.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal))
                {
                    writer.WritePropertyName(member.Name);
                    Write(member.Value, writer);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var element in value.EnumerateArray())
                {
                    Write(element, writer);
                }

                writer.WriteEndArray();
                break;
            case JsonValueKind.Number when value.TryGetDecimal(out _) && value.TryGetDouble(out var number):
                writer.WriteNumberValue(number);
                break;
            case JsonValueKind.String:
                writer.WriteStringValue(value.GetString());
                break;
            default:
                value.WriteTo(writer);
                break;
        }
    }
}
