namespace RewardServer.Jobs.Rows;

/// <summary>A stream whose next bytes can be looked at before they are read.</summary>
/// <param name="inner">The stream, which stays open.</param>
internal sealed class PeekedStream(Stream inner) : Stream
{
    private byte[] ahead = [];
    private int start;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>The next bytes; fewer where the stream ends before.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> PeekAsync(int count, CancellationToken cancellation)
    {
        if (ahead.Length - start < count)
        {
            var more = new byte[count];
            var kept = ahead.AsSpan(start);
            kept.CopyTo(more);
            var length = kept.Length + await inner.ReadAtLeastAsync(more.AsMemory(kept.Length), count - kept.Length, throwOnEndOfStream: false, cancellation).ConfigureAwait(false);
            (ahead, start) = (more[..length], 0);
        }

        return ahead.AsMemory(start, Math.Min(count, ahead.Length - start));
    }

    /// <summary>Leaves out bytes that were looked at.</summary>
    public void Skip(int count) => start += count;

    public override int Read(Span<byte> buffer)
    {
        if (start == ahead.Length)
        {
            return inner.Read(buffer);
        }

        var taken = Math.Min(buffer.Length, ahead.Length - start);
        ahead.AsSpan(start, taken).CopyTo(buffer);
        start += taken;
        return taken;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        start == ahead.Length ? inner.ReadAsync(buffer, cancellationToken) : new(Read(buffer.Span));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
