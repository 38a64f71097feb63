using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using RewardServer.Jobs.Sets;

namespace RewardServer.Jobs.Reports.Building;

/// <summary>
/// Members of JSON objects that may be missing, or of another kind. Half a character, escaped, is valid JSON and no text: in a value it is read as U+FFFD, and a member that has one for its name is passed over.
/// </summary>
internal static class LineMembers
{
    public static string? Text(this JsonElement json, string member) => json.Member(member) is { ValueKind: JsonValueKind.String } value ? JsonTexts.Of(value) : null;

    public static double? Number(this JsonElement json, string member) =>
        json.Member(member) is { ValueKind: JsonValueKind.Number } value && value.TryGetDouble(out var number) && double.IsFinite(number) ? number : null;

    public static long? Whole(this JsonElement json, string member) =>
        json.Member(member) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt64(out var number) ? number : null;

    public static JsonElement Member(this JsonElement json, string member)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            return default;
        }

        try
        {
            return json.TryGetProperty(member, out var value) ? value : default;
        }
        catch (InvalidOperationException)
        {
            // Another member's name is no text. The one that is looked for is written without escapes.
            var name = Encoding.UTF8.GetBytes(member);
            return json.EnumerateObject().LastOrDefault(other => JsonMarshal.GetRawUtf8PropertyName(other).SequenceEqual(name)).Value;
        }
    }

    /// <summary>The name of a member; null where it is no text.</summary>
    public static string? NameOf(JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
