using System.Runtime.CompilerServices;
using System.Text;
using RewardServer.Jobs.Rows;

namespace RewardServer.Jobs.Store;

/// <summary>
/// Reads the rows of an upload and bounds what it comes to: the bytes that are sent, those that are unpacked, blank lines and rows that are too large among them, and what its rows
/// take in the store, where one that cannot be read takes its error.
/// </summary>
public static class UploadRows
{
    // What a row takes in the store besides its bytes, so that their number is bounded too.
    private const int Beside = 64;

    private static ReadOnlySpan<byte> GzipMark => [0x1F, 0x8B];

    /// <summary>Reads them.</summary>
    /// <param name="stream">The upload, which stays open.</param>
    /// <param name="format">How it is written; null to find out from its beginning.</param>
    /// <param name="most">How many bytes it may come to.</param>
    /// <param name="largestRow">The most bytes of a row; one that is larger is told as unreadable.</param>
    /// <param name="onPacked">Told, before a row is read, whether the upload is packed: its length then says nothing of its rows.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="UploadTooLargeException">It comes to more.</exception>
    /// <exception cref="InvalidDataException">It is broken, so that no further row can be found.</exception>
    public static async IAsyncEnumerable<Row> ReadAsync(
        Stream stream, RowFormat? format, long most, int largestRow, Func<bool, Task> onPacked, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var packed = new PeekedStream(new LimitedStream(stream, most));
        var isPacked = (await packed.PeekAsync(GzipMark.Length, cancellation).ConfigureAwait(false)).Span.SequenceEqual(GzipMark);
        await onPacked(isPacked).ConfigureAwait(false);
        await using var unpacked = isPacked ? new GzipRows(packed) : (Stream)packed;
        var rows = new PeekedStream(new LimitedStream(unpacked, most));
        // What comes of a second unpacking would be bounded by nothing.
        if (isPacked && (await rows.PeekAsync(GzipMark.Length, cancellation).ConfigureAwait(false)).Span.SequenceEqual(GzipMark))
        {
            throw new InvalidDataException("the rows are packed by gzip twice; pack them once");
        }

        long taken = 0;
        await foreach (var row in RowReader.ReadAsync(rows, format, largestRow, cancellation).ConfigureAwait(false))
        {
            taken += Beside + (row.Error is { } error ? Encoding.UTF8.GetByteCount(error) : row.Bytes);
            yield return taken <= most ? row : throw new UploadTooLargeException(most);
        }
    }
}

/// <summary>An upload comes to more than the server takes.</summary>
/// <param name="most">How many bytes it takes.</param>
public sealed class UploadTooLargeException(long most) : Exception($"the upload comes to more than {most} bytes")
{
    /// <summary>How many bytes the server takes.</summary>
    public long Most => most;
}
