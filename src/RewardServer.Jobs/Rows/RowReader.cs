using RewardServer.Jobs.Sets;

namespace RewardServer.Jobs.Rows;

/// <summary>
/// Reads the rows of a file or stream one by one, in memory for the largest row: JSON lines, a JSON array or CSV, plain or gzip, in UTF-8 or, with a mark of
/// its byte order, UTF-16. A row that cannot be read is told as such, and reading goes on.
/// </summary>
public static class RowReader
{
    /// <summary>The most bytes of a row where nobody says another number.</summary>
    public const int LargestRow = 64 << 20;

    /// <summary>Reads rows.</summary>
    /// <param name="stream">The file; it is read from where it stands, and stays open.</param>
    /// <param name="format">How it is written; null to find out from its beginning.</param>
    /// <param name="largestRow">The most bytes of a row; one that is larger is told as unreadable.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="InvalidDataException">The file is broken, so that no further row can be found: such as gzip that was cut off.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static IAsyncEnumerable<Row> ReadAsync(Stream stream, RowFormat? format = null, int largestRow = LargestRow, CancellationToken cancellation = default) =>
        ReadAsync(stream, WrittenCompletions.Names, format, largestRow, cancellation);

    /// <summary>Reads rows whose completions stand in columns of other names than tools give them.</summary>
    /// <param name="stream">The file; it is read from where it stands, and stays open.</param>
    /// <param name="completions">Those columns, as <see cref="Running.SampleReader.CompletionColumns"/> tells them: in CSV an empty field of theirs is an empty text, and of any other none.</param>
    /// <param name="format">How it is written; null to find out from its beginning.</param>
    /// <param name="largestRow">The most bytes of a row; one that is larger is told as unreadable.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="InvalidDataException">The file is broken, so that no further row can be found: such as gzip that was cut off.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static IAsyncEnumerable<Row> ReadAsync(
        Stream stream, IReadOnlyCollection<string> completions, RowFormat? format = null, int largestRow = LargestRow, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(completions);
        ArgumentOutOfRangeException.ThrowIfLessThan(largestRow, 1);
        return DecodedRows.ReadAsync(stream, format, largestRow, completions, cancellation);
    }
}
