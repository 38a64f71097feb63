namespace RewardServer.Jobs.Tests.Rows;

/// <summary>Gives a few bytes at a time.</summary>
internal sealed class Trickle(byte[] bytes) : Stream
{
    private int at, turn;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        var few = Math.Min(Math.Min(count, bytes.Length - at), 1 + (turn++ % 7));
        bytes.AsSpan(at, few).CopyTo(buffer.AsSpan(offset));
        at += few;
        return few;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
