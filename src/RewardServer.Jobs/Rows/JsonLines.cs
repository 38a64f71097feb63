using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Unicode;

namespace RewardServer.Jobs.Rows;

/// <summary>JSON objects, one a line. Blank lines are counted and left out.</summary>
internal static class JsonLines
{
    private const byte NewLine = (byte)'\n';

    public static async IAsyncEnumerable<Row> ReadAsync(PipeReader reader, int largestRow, [EnumeratorCancellation] CancellationToken cancellation)
    {
        long number = 1;
        long dropped = 0;
        while (true)
        {
            var read = await reader.ReadAsync(cancellation).ConfigureAwait(false);
            var left = read.Buffer;
            while (left.PositionOf(NewLine) is { } end)
            {
                var line = left.Slice(0, end);
                if (RowOf(line, number++, dropped, largestRow, whole: true) is { } row)
                {
                    yield return row;
                }

                dropped = 0;
                left = left.Slice(left.GetPosition(1, end));
            }

            // Of a row that is too large nothing is kept but its length.
            if (dropped > 0 || left.Length > largestRow)
            {
                dropped += left.Length;
                left = left.Slice(left.End);
            }

            if (read.IsCompleted)
            {
                if (RowOf(left, number, dropped, largestRow, whole: false) is { } last)
                {
                    yield return last;
                }

                yield break;
            }

            reader.AdvanceTo(left.Start, left.End);
        }
    }

    private static Row? RowOf(in ReadOnlySequence<byte> line, long number, long dropped, int largestRow, bool whole)
    {
        var length = dropped + line.Length;
        if (length > largestRow)
        {
            return Row.Unreadable(number, $"has {length} bytes, more than the {largestRow} of a row");
        }

        var bytes = line.IsSingleSegment ? line.FirstSpan : line.ToArray();
        return bytes.TrimEnd(" \t\r"u8).IsEmpty ? null : Parse(bytes, number, whole);
    }

    private static Row Parse(ReadOnlySpan<byte> line, long number, bool whole)
    {
        if (!Utf8.IsValid(line))
        {
            return Row.Unreadable(number, "is not UTF-8");
        }

        try
        {
            var fields = JsonElement.Parse(line);
            return fields.ValueKind == JsonValueKind.Object ? new(number, fields)
                : Row.Unreadable(number, $"is no JSON object, but {fields.ValueKind}");
        }
        catch (JsonException exception)
        {
            // A writer that was killed leaves such a line.
            return Row.Unreadable(number, whole ? $"is no JSON: {exception.Message}" : $"is cut off, or no JSON: {exception.Message}");
        }
    }
}
