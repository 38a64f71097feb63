using System.Buffers;
using System.Text.Json;

namespace RewardServer.Jobs.Results;

/// <summary>Where a file of results can go on, that was broken off at any byte.</summary>
/// <param name="Length">Bytes of it that stay: whole rows, whose neighbours in their groups are there too.</param>
/// <param name="Row">The number of the last row that stays; 0 for none.</param>
/// <param name="Lines">How many results stay.</param>
public sealed record ResumePoint(long Length, long Row, long Lines)
{
    /// <summary>
    /// Finds it. The last row's results may not all be there, nor those of its group: all of them are cut off, to be graded again.
    /// </summary>
    /// <param name="file">The results.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="InvalidDataException">A line that is not the last is no result: the file is something else.</exception>
    public static async Task<ResumePoint> FindAsync(Stream file, CancellationToken cancellation)
    {
        var (point, open) = (new ResumePoint(0, 0, 0), new ResumePoint(0, 0, 0));
        (long Row, string? Group) last = (0, null);
        await foreach (var (end, line) in LinesAsync(file, cancellation).ConfigureAwait(false))
        {
            var (row, group) = RowOf(line, open.Lines + 1);
            if (row != last.Row && (group is null || group != last.Group))
            {
                point = open;
            }

            last = (row, group);
            open = new(end, row, open.Lines + 1);
        }

        return point;
    }

    private static (long Row, string? Group) RowOf(ReadOnlyMemory<byte> line, long number)
    {
        try
        {
            var reader = new Utf8JsonReader(line.Span);
            var result = JsonElement.ParseValue(ref reader);
            return (result.GetProperty("row").GetInt64(), result.TryGetProperty("group", out var group) ? group.GetString() : null);
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException($"line {number} is no result: {exception.Message}", exception);
        }
    }

    // Whole lines with where they end; what comes after the last end of line is none.
    private static async IAsyncEnumerable<(long End, ReadOnlyMemory<byte> Line)> LinesAsync(
        Stream file, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        var reader = System.IO.Pipelines.PipeReader.Create(file, new(bufferSize: 1 << 16, leaveOpen: true));
        long at = 0;
        while (true)
        {
            var read = await reader.ReadAsync(cancellation).ConfigureAwait(false);
            var left = read.Buffer;
            while (left.PositionOf((byte)'\n') is { } end)
            {
                var line = left.Slice(0, end).ToArray();
                at += line.Length + 1;
                yield return (at, line);
                left = left.Slice(left.GetPosition(1, end));
            }

            if (read.IsCompleted)
            {
                yield break;
            }

            reader.AdvanceTo(left.Start, left.End);
        }
    }
}
