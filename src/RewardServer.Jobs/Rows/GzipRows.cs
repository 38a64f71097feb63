using System.Buffers.Binary;
using System.IO.Compression;

namespace RewardServer.Jobs.Rows;

/// <summary>
/// Unpacks gzip and tells where the file was cut off, which <see cref="GZipStream"/> passes over: the length in its last four bytes (RFC 1952, 2.3.1) is then
/// not what came out. Of several files joined to one it is the last one's length alone, and a cut is not told.
/// </summary>
internal sealed class GzipRows : Stream
{
    private readonly Watch watch;
    private readonly GZipStream unpacked;
    private long length;

    public GzipRows(Stream packed)
    {
        watch = new(packed);
        unpacked = new(watch, CompressionMode.Decompress, leaveOpen: true);
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Count(unpacked.Read(buffer, offset, count), count);

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        Count(await unpacked.ReadAsync(buffer, cancellationToken).ConfigureAwait(false), buffer.Length);

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            unpacked.Dispose();
        }

        base.Dispose(disposing);
    }

    private int Count(int read, int asked)
    {
        length += read;
        return read > 0 || asked == 0 || watch.Ends(length) ? read : throw new InvalidDataException("the gzip file is cut off");
    }

    /// <summary>Sees what is unpacked.</summary>
    private sealed class Watch(Stream inner) : Stream
    {
        private const int MarkLength = 3;
        private readonly byte[] last = new byte[8];
        private bool isJoined;
        private long at;

        private static ReadOnlySpan<byte> Mark => [0x1F, 0x8B, 0x08];

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public bool Ends(long length) => isJoined || (at >= last.Length && BinaryPrimitives.ReadUInt32LittleEndian(last.AsSpan(4)) == (uint)length);

        public override int Read(byte[] buffer, int offset, int count)
        {
            var read = inner.Read(buffer, offset, count);
            See(buffer.AsSpan(offset, read));
            return read;
        }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = await inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
            See(buffer.Span[..read]);
            return read;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        private void See(ReadOnlySpan<byte> bytes)
        {
            // A mark may stand across two reads; the file's own, at its beginning, is none.
            Span<byte> seam = [.. last.AsSpan(last.Length - (MarkLength - 1)), .. bytes[..Math.Min(bytes.Length, MarkLength - 1)]];
            isJoined |= (at == 0 ? bytes[Math.Min(1, bytes.Length)..] : bytes).IndexOf(Mark) >= 0 || (at >= MarkLength && seam.IndexOf(Mark) >= 0);
            at += bytes.Length;
            if (bytes.Length >= last.Length)
            {
                bytes[^last.Length..].CopyTo(last);
            }
            else
            {
                last.AsSpan(bytes.Length).CopyTo(last);
                bytes.CopyTo(last.AsSpan(last.Length - bytes.Length));
            }
        }
    }
}
