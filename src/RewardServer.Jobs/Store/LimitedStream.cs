using RewardServer.Jobs.Rows;

namespace RewardServer.Jobs.Store;

/// <summary>A stream of which no more than so many bytes can be read.</summary>
/// <param name="inner">The stream, which stays open.</param>
/// <param name="most">How many bytes.</param>
internal sealed class LimitedStream(Stream inner, long most) : ForwardStream
{
    private long read;

    /// <exception cref="UploadTooLargeException">There are more.</exception>
    public override int Read(Span<byte> buffer) => Counted(inner.Read(buffer));

    /// <exception cref="UploadTooLargeException">There are more.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        Counted(await inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false));

    private int Counted(int count)
    {
        read += count;
        return read <= most ? count : throw new UploadTooLargeException(most);
    }
}
