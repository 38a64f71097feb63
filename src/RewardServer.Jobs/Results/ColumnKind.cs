using System.Runtime.InteropServices;
using System.Text.Json;
using RewardServer.Jobs.Sets;

namespace RewardServer.Jobs.Results;

/// <summary>Values of columns that tell kinds of rows apart, such as a level.</summary>
internal static class ColumnKind
{
    // Longer values tell rows apart, not kinds of them.
    private const int Longest = 64;

    /// <summary>The value as a text: a short text, a number, true or false; null where it is something else.</summary>
    public static string? Of(JsonElement value) => MayBe(value) && Text(value) is { Length: > 0 and <= Longest } kind ? kind : null;

    // By its bytes, before a text of any length is read: a character has at most six.
    private static bool MayBe(JsonElement value) =>
        value.ValueKind is JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False && JsonMarshal.GetRawUtf8Value(value).Length <= 2 + (6 * Longest);

    private static string Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? JsonTexts.Of(value) : value.GetRawText();
}
