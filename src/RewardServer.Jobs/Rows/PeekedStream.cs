namespace RewardServer.Jobs.Rows;

/// <summary>A stream whose next bytes can be looked at before they are read.</summary>
/// <param name="inner">The stream, which stays open.</param>
internal sealed class PeekedStream(Stream inner) : ForwardStream
{
    private byte[] ahead = [];
    private int start;

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

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        start == ahead.Length ? inner.ReadAsync(buffer, cancellationToken) : new(Read(buffer.Span));
}
