using RewardServer.Jobs.Rows;

namespace RewardServer.Jobs.Tests.Rows;

/// <summary>Gives a few bytes at a time.</summary>
internal sealed class Trickle(byte[] bytes) : ForwardStream
{
    private int at, turn;

    public override int Read(Span<byte> buffer)
    {
        var few = Math.Min(Math.Min(buffer.Length, bytes.Length - at), 1 + (turn++ % 7));
        bytes.AsSpan(at, few).CopyTo(buffer);
        at += few;
        return few;
    }
}
