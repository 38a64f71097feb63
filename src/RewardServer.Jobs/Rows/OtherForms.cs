namespace RewardServer.Jobs.Rows;

/// <summary>Tells files that are not read by how they begin: taken as text they would be rows of nonsense.</summary>
internal static class OtherForms
{
    private static readonly (byte[] Mark, string What)[] All =
    [
        ("PK\x03\x04"u8.ToArray(), "packed as zip"),
        ("PK\x05\x06"u8.ToArray(), "packed as zip"),
        ("BZh"u8.ToArray(), "packed as bzip2"),
        ([0xFD, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0], "packed as xz"),
        ([0x28, 0xB5, 0x2F, 0xFD], "packed as zstd"),
        ([(byte)'7', (byte)'z', 0xBC, 0xAF, 0x27, 0x1C], "packed as 7z"),
        ("PAR1"u8.ToArray(), "a Parquet file"),
        ([0xFF, 0xFE, 0, 0], "written in UTF-32"),
        ([0, 0, 0xFE, 0xFF], "written in UTF-32"),
    ];

    /// <summary>Looks at the beginning.</summary>
    /// <exception cref="InvalidDataException">It is of a form that is not read.</exception>
    public static async ValueTask RefuseAsync(PeekedStream stream, CancellationToken cancellation)
    {
        foreach (var (mark, what) in All)
        {
            // No further than it fits: who sends one row and waits for its result may send none before.
            var length = 1;
            while ((await stream.PeekAsync(length, cancellation).ConfigureAwait(false)).Span.SequenceEqual(mark.AsSpan(0, length)))
            {
                if (length++ == mark.Length)
                {
                    throw new InvalidDataException($"the file is {what}, which is not read: rows are JSON lines, a JSON array or CSV, plain or gzip");
                }
            }
        }
    }
}
