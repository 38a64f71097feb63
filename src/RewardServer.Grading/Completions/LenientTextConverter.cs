using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace RewardServer.Grading.Completions;

/// <summary>
/// Reads a model's text from JSON where lone surrogates and bytes that are not UTF-8 become U+FFFD.
/// Models do emit half a character, and one such completion must not refuse the batch it stands in.
/// </summary>
public sealed class LenientTextConverter : JsonConverter<string>
{
    /// <inheritdoc/>
    public override string Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String ? ReadText(ref reader) : throw new JsonException("must be a string");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value);

    /// <summary>Reads the string that the reader stands on.</summary>
    public static string ReadText(ref Utf8JsonReader reader)
    {
        // Encoding.UTF8 replaces what is not UTF-8; the escapes are ASCII, so they survive it unchanged.
        var text = ReadWhole(ref reader);
        return reader.ValueIsEscaped ? ReplaceLoneSurrogates(new(text)) : text;
    }

    /// <summary>Reads the string, or the name of a member, that the reader stands on as it is, lone surrogates and all; it must be UTF-8.</summary>
    internal static string ReadWhole(ref Utf8JsonReader reader)
    {
        var raw = reader.HasValueSequence ? reader.ValueSequence.ToArray() : reader.ValueSpan;
        var text = Encoding.UTF8.GetString(raw);
        return reader.ValueIsEscaped ? Unescape(text).ToString() : text;
    }

    private static StringBuilder Unescape(string text)
    {
        var result = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\')
            {
                result.Append(text[i]);
                continue;
            }

            // The reader has checked that every escape is whole.
            var kind = text[++i];
            result.Append(kind == 'u' ? (char)ushort.Parse(text.AsSpan(i + 1, 4), NumberStyles.HexNumber, CultureInfo.InvariantCulture) : Single(kind));
            i += kind == 'u' ? 4 : 0;
        }

        return result;
    }

    private static char Single(char kind) => kind switch
    {
        'n' => '\n',
        't' => '\t',
        'r' => '\r',
        'b' => '\b',
        'f' => '\f',
        _ => kind,
    };

    private static string ReplaceLoneSurrogates(StringBuilder text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(text[i]))
            {
                text[i] = '\uFFFD';
            }
        }

        return text.ToString();
    }
}
