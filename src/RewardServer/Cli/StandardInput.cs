using RewardServer.Jobs.Rows;

namespace RewardServer.Cli;

/// <summary>Standard input, of which a read that waits can be given up: the system has no way to end it, and Ctrl-C must not wait for a line.</summary>
internal sealed class StandardInput : ForwardStream
{
    private readonly Stream inner = Console.OpenStandardInput();

    public override int Read(Span<byte> buffer) => inner.Read(buffer);

    // Into memory of its own: one that was given up may still come.
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var own = new byte[Math.Min(buffer.Length, 1 << 16)];
        var read = await Task.Run(() => inner.Read(own), CancellationToken.None).WaitAsync(cancellationToken);
        own.AsSpan(0, read).CopyTo(buffer.Span);
        return read;
    }
}
