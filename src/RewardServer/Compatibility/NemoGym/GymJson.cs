using System.Text.Json;
using RewardServer.Grading.Completions;

namespace RewardServer.Compatibility.NemoGym;

/// <summary>Reads texts of models out of rows, where half a character becomes U+FFFD and never an exception.</summary>
internal static class GymJson
{
    private static readonly JsonSerializerOptions Options = Create();

    /// <summary>The text; null where the value is none.</summary>
    public static string? Of(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.Deserialize<string>(Options) : null;

    /// <summary>The text of a member; null where there is none, or it is no text.</summary>
    /// <param name="owner">The object; of any other kind it has no members.</param>
    /// <param name="member">The member's name.</param>
    public static string? Of(JsonElement owner, string member) =>
        owner.ValueKind == JsonValueKind.Object && owner.TryGetProperty(member, out var value) ? Of(value) : null;

    /// <summary>The elements of a member; none where there is none, or it is no array.</summary>
    /// <param name="owner">The object; of any other kind it has no members.</param>
    /// <param name="member">The member's name.</param>
    public static IEnumerable<JsonElement> ElementsOf(JsonElement owner, string member) =>
        owner.ValueKind == JsonValueKind.Object && owner.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.Array
            ? value.EnumerateArray()
            : [];

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions();
        options.Converters.Add(new LenientTextConverter());
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
