namespace RewardServer.Sandboxing.Engines;

/// <summary>Collects one stream's bytes, of which the agent sends no more than are to be kept.</summary>
internal sealed class KeptOutput(long limit)
{
    private byte[] bytes = [];
    private int length;

    public ReadOnlyMemory<byte> Bytes => bytes.AsMemory(0, length);

    public void Append(ReadOnlySpan<byte> chunk)
    {
        if (length + (long)chunk.Length > limit)
        {
            throw new SlotBrokenException("The agent sent more output than was to be kept.");
        }

        if (bytes.Length < length + chunk.Length)
        {
            Array.Resize(ref bytes, (int)Math.Min(limit, Math.Max(2L * bytes.Length, length + chunk.Length)));
        }

        chunk.CopyTo(bytes.AsSpan(length));
        length += chunk.Length;
    }
}
