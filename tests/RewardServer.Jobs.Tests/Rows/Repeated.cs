namespace RewardServer.Jobs.Tests.Rows;

/// <summary>A beginning, then many times the letter a, then an end.</summary>
internal sealed class Repeated(byte[] beginning, long count, byte[] end) : Stream
{
    private long at;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        var written = 0;
        while (written < buffer.Length && at < beginning.Length + count + end.Length)
        {
            if (at < beginning.Length)
            {
                buffer[written++] = beginning[at++];
            }
            else if (at < beginning.Length + count)
            {
                var many = (int)Math.Min(buffer.Length - written, beginning.Length + count - at);
                buffer.Slice(written, many).Fill((byte)'a');
                (written, at) = (written + many, at + many);
            }
            else
            {
                buffer[written++] = end[at++ - beginning.Length - count];
            }
        }

        return written;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
