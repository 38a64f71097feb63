using Microsoft.Win32.SafeHandles;
using RewardServer.Jobs.Rows;

namespace RewardServer.Cli.Grade;

/// <summary>The first bytes of an open file, read apart from where the file itself stands.</summary>
/// <param name="file">The file, which stays open.</param>
/// <param name="length">How many bytes.</param>
internal sealed class FileWindow(SafeFileHandle file, long length) : ForwardStream
{
    private long position;

    public override int Read(Span<byte> buffer)
    {
        var read = RandomAccess.Read(file, buffer[..(int)Math.Min(buffer.Length, length - position)], position);
        position += read;
        return read;
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await RandomAccess.ReadAsync(file, buffer[..(int)Math.Min(buffer.Length, length - position)], position, cancellationToken);
        position += read;
        return read;
    }
}
