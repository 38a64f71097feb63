using System.Text.Json;
using RewardServer.Grading.Completions;

namespace RewardServer.Compatibility;

/// <summary>Reads texts out of JSON as models write them: half a character in one must not refuse the call.</summary>
internal static class LenientText
{
    private static readonly JsonSerializerOptions Options = Create();

    /// <summary>The text, in which what is no whole character is U+FFFD; null where the element is no text.</summary>
    public static string? Of(JsonElement element) => element.ValueKind == JsonValueKind.String ? element.Deserialize<string>(Options) : null;

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions { Converters = { new LenientTextConverter() } };
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
