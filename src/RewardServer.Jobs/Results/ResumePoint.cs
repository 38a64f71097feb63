using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;
using RewardServer.Jobs.Sets;

namespace RewardServer.Jobs.Results;

/// <summary>Where a file of results can go on, that was broken off at any byte.</summary>
/// <param name="Length">Bytes of it that stay: whole rows, whose neighbours in their groups are there too where groups are graded together.</param>
/// <param name="Row">The number of the last row that stays; 0 for none.</param>
/// <param name="Lines">How many results stay.</param>
public sealed record ResumePoint(long Length, long Row, long Lines)
{
    /// <summary>Rows that stay and failed by a fault of ours, in their order: grading them anew may mend them.</summary>
    public ImmutableArray<RowRange> Failed { get; init; } = [];

    /// <summary>
    /// Finds it. The last row's results may not all be there, nor those of its group where the rubric compares: all of them are to be graded again.
    /// </summary>
    /// <param name="file">The results.</param>
    /// <param name="wholeGroups">Whether rows of one group that follow one another are graded together.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="InvalidDataException">A line that is not the last is no result, or rows are out of order: the file is something else.</exception>
    public static async Task<ResumePoint> FindAsync(Stream file, bool wholeGroups, CancellationToken cancellation)
    {
        var (point, open) = (new ResumePoint(0, 0, 0), new ResumePoint(0, 0, 0));
        var failed = ImmutableArray.CreateBuilder<RowRange>();
        // Of the group that is not known to be whole yet.
        var (first, openFailed) = (0L, new List<long>());
        (long Row, string? Group) last = (0, null);
        await foreach (var (end, line) in LinesAsync(file, cancellation).ConfigureAwait(false))
        {
            var (row, group, isFailed) = Read(line, open.Lines + 1);
            if (row < last.Row)
            {
                throw new InvalidDataException($"line {open.Lines + 1} is of row {row} and stands behind row {last.Row}: results of grade are in the order of their rows");
            }

            if (row != last.Row && (!wholeGroups || group is null || group != last.Group))
            {
                point = open;
                AddTo(failed, openFailed, wholeGroups ? first : null, last.Row);
                (first, openFailed) = (row, []);
            }

            if (isFailed && (openFailed.Count == 0 || openFailed[^1] != row))
            {
                openFailed.Add(row);
            }

            last = (row, group);
            open = new(end, row, open.Lines + 1);
        }

        return point with { Failed = failed.ToImmutable() };
    }

    private static void AddTo(ImmutableArray<RowRange>.Builder failed, List<long> rows, long? first, long last)
    {
        foreach (var range in rows.Count > 0 && first is { } start ? [new(start, last)] : rows.Select(row => new RowRange(row, row)))
        {
            if (failed.Count > 0 && failed[^1].Last == range.First - 1)
            {
                failed[^1] = failed[^1] with { Last = range.Last };
            }
            else
            {
                failed.Add(range);
            }
        }
    }

    private static (long Row, string? Group, bool IsFailed) Read(ReadOnlyMemory<byte> line, long number)
    {
        try
        {
            var reader = new Utf8JsonReader(line.Span);
            var result = JsonElement.ParseValue(ref reader);
            return (
                result.GetProperty("row").GetInt64(),
                result.TryGetProperty("group", out var group) && group.ValueKind == JsonValueKind.String ? JsonTexts.Of(group) : null,
                result.TryGetProperty("outcome", out var outcome) && outcome.ValueKind == JsonValueKind.String && outcome.ValueEquals("failed"));
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

/// <summary>Rows that follow one another.</summary>
/// <param name="First">The number of the first.</param>
/// <param name="Last">The number of the last.</param>
public sealed record RowRange(long First, long Last)
{
    /// <summary>Whether a row is one of them.</summary>
    public bool Holds(long row) => row >= First && row <= Last;
}
