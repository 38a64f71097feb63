using System.Buffers;
using System.Text;
using System.Text.Json;

namespace RewardServer.Grading.Graders.Code.Generation.Parameters;

/// <summary>Writes drawn values as the arguments of a call test are written.</summary>
public static class DrawnJson
{
    /// <summary>A value as JSON.</summary>
    public static string Of(object? value)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(bytes))
        {
            Write(writer, value);
        }

        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter writer, object? value)
    {
        switch (value)
        {
            case null:
                writer.WriteNullValue();
                break;
            case bool flag:
                writer.WriteBooleanValue(flag);
                break;
            case long number:
                writer.WriteNumberValue(number);
                break;
            case double number:
                WriteFloat(writer, number);
                break;
            case string text:
                writer.WriteStringValue(text);
                break;
            case JsonElement element:
                element.WriteTo(writer);
                break;
            case object?[] items:
                WriteItems(writer, items);
                break;
            case Tagged { Tag: "$dict" } pairs when Array.TrueForAll(pairs.Items, pair => ((object?[])pair!)[0] is string name && !name.StartsWith('$')):
                WriteObject(writer, pairs);
                break;
            case Tagged tagged:
                writer.WriteStartObject();
                writer.WritePropertyName(tagged.Tag);
                WriteItems(writer, tagged.Items);
                writer.WriteEndObject();
                break;
            default:
                throw new NotSupportedException(value.GetType().Name);
        }
    }

    // 3 would be a whole number in the languages that tell them apart.
    private static void WriteFloat(Utf8JsonWriter writer, double number)
    {
        if (double.IsInteger(number) && Math.Abs(number) < 1e15)
        {
            writer.WriteRawValue(FormattableString.Invariant($"{number:F1}"));
        }
        else
        {
            writer.WriteNumberValue(number);
        }
    }

    private static void WriteItems(Utf8JsonWriter writer, object?[] items)
    {
        writer.WriteStartArray();
        foreach (var item in items)
        {
            Write(writer, item);
        }

        writer.WriteEndArray();
    }

    private static void WriteObject(Utf8JsonWriter writer, Tagged pairs)
    {
        writer.WriteStartObject();
        foreach (object?[] pair in pairs.Items.Cast<object?[]>())
        {
            writer.WritePropertyName((string)pair[0]!);
            Write(writer, pair[1]);
        }

        writer.WriteEndObject();
    }
}
