using System.Text.Json;
using System.Text.Unicode;

namespace RewardServer.Jobs.Rows;

/// <summary>Reads a row that is one JSON object.</summary>
internal static class JsonRow
{
    /// <summary>The row of a record.</summary>
    public static Row Of(in Record record, long number, int largestRow) =>
        record.Oversize(largestRow) is { } oversize ? Row.Unreadable(number, oversize) : Of(record.Memory.Span, number, record.IsWhole);

    private static Row Of(ReadOnlySpan<byte> json, long number, bool isWhole)
    {
        if (!Utf8.IsValid(json))
        {
            return Row.Unreadable(number, "is not UTF-8");
        }

        try
        {
            var fields = JsonElement.Parse(json);
            return fields.ValueKind == JsonValueKind.Object ? new(number, fields)
                : Row.Unreadable(number, $"is no JSON object, but {fields.ValueKind}");
        }
        catch (JsonException exception)
        {
            // A writer that was killed leaves such a line.
            return Row.Unreadable(number, isWhole ? $"is no JSON: {exception.Message}" : $"is cut off, or no JSON: {exception.Message}");
        }
    }
}
