using System.Buffers.Binary;
using System.Text;

namespace RewardServer.Sandboxing.Engines.Docker;

/// <summary>
/// The standard streams of a container as one: what is written is its input, what is read is its output without the
/// heads by which the engine tells output from error (u8 stream, 3 zeros, u32 length, big-endian). What it says on its
/// error stream is told at the end: an agent that serves says nothing there.
/// </summary>
/// <param name="streams">The engine's connection.</param>
/// <param name="owner">Disposed with it.</param>
internal sealed class AttachedStream(Stream streams, IDisposable owner) : Stream
{
    private const int HeadLength = 8, MostWords = 1000;
    private const byte Output = 1;

    private static readonly TimeSpan WriteGrace = TimeSpan.FromSeconds(10);

    private readonly StringBuilder words = new();
    private readonly byte[] head = new byte[HeadLength];
    private long left;

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    /// <exception cref="IOException">The connection broke, or is at its end and the container had said why.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (buffer.Length > 0)
        {
            if (left == 0)
            {
                var got = await streams.ReadAtLeastAsync(head, HeadLength, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
                if (got < HeadLength)
                {
                    return words.Length == 0 ? 0 : throw new IOException("The container said: " + words.ToString().Trim());
                }

                left = BinaryPrimitives.ReadUInt32BigEndian(head.AsSpan(4));
                continue;
            }

            var read = await streams.ReadAsync(buffer[..(int)Math.Min(left, buffer.Length)], cancellationToken).ConfigureAwait(false);
            left = read == 0 ? throw new IOException("The engine broke off within a container's output.") : left - read;
            if (head[0] == Output)
            {
                return read;
            }

            words.Append(Encoding.UTF8.GetString(buffer.Span[..Math.Min(read, Math.Max(0, MostWords - words.Length))]));
        }

        return 0;
    }

    /// <inheritdoc/>
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        streams.WriteAsync(buffer, cancellationToken);

    /// <summary>Writes while the caller waits, but not for long.</summary>
    /// <exception cref="IOException">The connection broke, or took nothing for 10 s.</exception>
    public override void Write(byte[] buffer, int offset, int count)
    {
        using var clock = new CancellationTokenSource(WriteGrace);
        try
        {
            streams.WriteAsync(buffer.AsMemory(offset, count), clock.Token).AsTask().GetAwaiter().GetResult();
        }
        catch (OperationCanceledException late)
        {
            throw new IOException("The engine takes nothing.", late);
        }
    }

    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            streams.Dispose();
            owner.Dispose();
        }

        base.Dispose(disposing);
    }
}
