using RewardServer.Jobs.Rows;

namespace RewardServer.Jobs.Tests.Rows;

/// <summary>A beginning, then many times the letter a, then an end.</summary>
internal sealed class Repeated(byte[] beginning, long count, byte[] end) : ForwardStream
{
    private long at;

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
}
