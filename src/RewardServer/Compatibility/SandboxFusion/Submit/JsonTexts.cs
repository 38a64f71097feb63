using System.Runtime.InteropServices;
using System.Text.Json;
using RewardServer.Grading.Completions;

namespace RewardServer.Compatibility.SandboxFusion.Submit;

/// <summary>Texts of JSON that may hold half a character.</summary>
internal static class JsonTexts
{
    /// <summary>The text, with U+FFFD for what is no character.</summary>
    /// <param name="text">A JSON string.</param>
    public static string Of(JsonElement text)
    {
        var reader = new Utf8JsonReader(JsonMarshal.GetRawUtf8Value(text));
        reader.Read();
        return LenientTextConverter.ReadText(ref reader);
    }
}
