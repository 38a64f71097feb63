using System.Collections.Immutable;
using System.Text.Json;

namespace RewardServer.Sandboxing.Interpreters;

/// <summary>What a cell's process says of it. The cell can make it say anything, and so nothing of it is relied on but its length.</summary>
/// <param name="IsError">Whether it ended in an exception.</param>
/// <param name="Displays">What it displayed.</param>
/// <param name="Error">The exception of a notebook's cell.</param>
internal sealed record CellWords(bool IsError, ImmutableArray<JsonElement> Displays, CellError? Error)
{
    /// <summary>Reads them; null where they cannot be read, or cannot be written again.</summary>
    public static CellWords? TryRead(ReadOnlyMemory<byte> answer)
    {
        try
        {
            var root = JsonElement.Parse(answer.Span);
            // Strings that are no text, such as half a surrogate pair, come to light only when they are written.
            _ = JsonSerializer.SerializeToUtf8Bytes(root);
            return root.ValueKind == JsonValueKind.Object
                ? new(
                    !(root.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.False),
                    [.. Items(root, "displays").Where(one => one.ValueKind == JsonValueKind.Object)],
                    Items(root, "errors").Where(one => one.ValueKind == JsonValueKind.Object).Select(ErrorOf).FirstOrDefault())
                : null;
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException or ArgumentException)
        {
            return null;
        }
    }

    private static CellError ErrorOf(JsonElement error) => new(
        Text(error, "ename"),
        Text(error, "evalue"),
        [.. Items(error, "traceback").Where(line => line.ValueKind == JsonValueKind.String).Select(line => line.GetString()!)]);

    private static JsonElement.ArrayEnumerator Items(JsonElement of, string name) =>
        of.TryGetProperty(name, out var items) && items.ValueKind == JsonValueKind.Array ? items.EnumerateArray() : default;

    private static string Text(JsonElement of, string name) =>
        of.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString()! : "";
}
