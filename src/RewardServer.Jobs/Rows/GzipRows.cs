using System.IO.Compression;

namespace RewardServer.Jobs.Rows;

/// <summary>
/// Unpacks gzip, and tells where the file is cut off or broken. That a file ends before its data does, <see cref="GZipStream"/> tells where
/// <c>System.IO.Compression.UseStrictValidation</c> is set, as it is for every program of this repository: it is read once in a process.
/// </summary>
/// <param name="packed">The file, which stays open.</param>
internal sealed class GzipRows(Stream packed) : ForwardStream
{
    private readonly GZipStream unpacked = new(packed, CompressionMode.Decompress, leaveOpen: true);

    public override int Read(Span<byte> buffer)
    {
        try
        {
            return unpacked.Read(buffer);
        }
        catch (InvalidDataException exception)
        {
            throw Broken(exception);
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            return await unpacked.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        catch (InvalidDataException exception)
        {
            throw Broken(exception);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            unpacked.Dispose();
        }

        base.Dispose(disposing);
    }

    private static InvalidDataException Broken(InvalidDataException exception) => new("the gzip file is cut off or broken", exception);
}
