using System.Runtime.InteropServices;
using System.Text.Json;
using RewardServer.Grading.Completions;

namespace RewardServer.Grading.Graders.Judge.Asking;

/// <summary>Texts in a judge's answer, which may be any bytes.</summary>
internal static class ReplyText
{
    /// <summary>The text of a JSON string, whatever half characters stand in it; null of anything else.</summary>
    public static string? Of(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            return null;
        }

        var reader = new Utf8JsonReader(JsonMarshal.GetRawUtf8Value(value));
        reader.Read();
        return LenientTextConverter.ReadText(ref reader);
    }

    /// <summary>A member of an object; undefined where there is none.</summary>
    public static JsonElement Member(this JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out var member) ? member : default;

    /// <summary>The first element of an array; undefined where there is none.</summary>
    public static JsonElement First(this JsonElement value) =>
        value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > 0 ? value[0] : default;

    /// <summary>A finite number; null of anything else.</summary>
    public static double? Number(this JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && double.IsFinite(number) ? number : null;
}
