using System.Text.Json;
using System.Text.Unicode;

namespace RewardServer.Training.Tokens;

/// <summary>JSON of files that come from anywhere: what can be read of it later is known to be text.</summary>
internal static class StrictJson
{
    private static ReadOnlySpan<byte> Mark => [0xEF, 0xBB, 0xBF];

    /// <summary>Reads JSON.</summary>
    /// <param name="utf8">With or without a byte order mark.</param>
    /// <param name="what">What it is, for messages.</param>
    /// <exception cref="InvalidDataException">It is no JSON, an object has two members of one name, or a string is no well-formed text.</exception>
    public static JsonDocument Parse(ReadOnlyMemory<byte> utf8, string what)
    {
        var text = utf8.Span.StartsWith(Mark) ? utf8[Mark.Length..] : utf8;
        try
        {
            CheckText(text.Span);
            return JsonDocument.Parse(text, new() { AllowDuplicateProperties = false });
        }
        // The reader's word for a string that is no text is InvalidOperationException, at the time it is asked for.
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw new InvalidDataException($"{what} is no JSON: {exception.Message}", exception);
        }
    }

    private static void CheckText(ReadOnlySpan<byte> utf8)
    {
        if (!Utf8.IsValid(utf8))
        {
            throw new JsonException("not all of it is UTF-8");
        }

        var reader = new Utf8JsonReader(utf8);
        while (reader.Read())
        {
            // An escape may be half a surrogate pair.
            if (reader.ValueIsEscaped)
            {
                reader.GetString();
            }
        }
    }
}
