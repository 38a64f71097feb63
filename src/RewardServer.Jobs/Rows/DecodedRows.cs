using System.Runtime.CompilerServices;
using System.Text;

namespace RewardServer.Jobs.Rows;

/// <summary>Finds out how a stream is packed and written by its first bytes, and reads it so.</summary>
internal static class DecodedRows
{
    private static ReadOnlySpan<byte> GzipMark => [0x1F, 0x8B];

    public static async IAsyncEnumerable<Row> ReadAsync(
        Stream stream, RowFormat? format, int largestRow, IReadOnlyCollection<string> completions, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var packed = new PeekedStream(stream);
        var isPacked = (await packed.PeekAsync(GzipMark.Length, cancellation).ConfigureAwait(false)).Span.SequenceEqual(GzipMark);
        await using var unpacked = isPacked ? new GzipRows(packed) : (Stream)packed;
        var decoded = await DecodedAsync(unpacked, cancellation).ConfigureAwait(false);
        var rows = (format ?? await FormatOfAsync(decoded, cancellation).ConfigureAwait(false)) switch
        {
            RowFormat.Jsonl => JsonLines.ReadAsync(decoded, largestRow, cancellation),
            RowFormat.Json => JsonArrayRows.ReadAsync(decoded, largestRow, cancellation),
            _ => CsvRows.ReadAsync(decoded, largestRow, completions, cancellation),
        };
        await foreach (var row in rows.ConfigureAwait(false))
        {
            yield return row;
        }
    }

    // Without a mark it is UTF-8: what is not is found a row at a time.
    private static async Task<PeekedStream> DecodedAsync(Stream stream, CancellationToken cancellation)
    {
        var peeked = new PeekedStream(stream);
        await OtherForms.RefuseAsync(peeked, cancellation).ConfigureAwait(false);
        var mark = await peeked.PeekAsync(3, cancellation).ConfigureAwait(false);
        if (mark.Span.StartsWith("\uFEFF"u8))
        {
            peeked.Skip(3);
            return peeked;
        }

        return mark.Span is [0xFF, 0xFE, ..] ? Transcoded(Encoding.Unicode)
            : mark.Span is [0xFE, 0xFF, ..] ? Transcoded(Encoding.BigEndianUnicode)
            : peeked;

        PeekedStream Transcoded(Encoding from)
        {
            peeked.Skip(2);
            return new(Encoding.CreateTranscodingStream(peeked, from, Encoding.UTF8, leaveOpen: true));
        }
    }

    private static async Task<RowFormat> FormatOfAsync(PeekedStream stream, CancellationToken cancellation)
    {
        const int Enough = 4096;
        // No more than is needed: who sends one row and waits for its result may send none before.
        for (var count = 1; ; count *= 2)
        {
            var beginning = await stream.PeekAsync(count, cancellation).ConfigureAwait(false);
            if (FormatOf(beginning.Span.TrimStart(" \t\r\n"u8)) is { } format)
            {
                return format;
            }

            if (beginning.Length < count || count >= Enough)
            {
                return RowFormat.Jsonl;
            }
        }
    }

    private static RowFormat? FormatOf(ReadOnlySpan<byte> first) =>
        first.IsEmpty ? null : first[0] == (byte)'{' ? RowFormat.Jsonl : first[0] == (byte)'[' ? RowFormat.Json : RowFormat.Csv;
}
