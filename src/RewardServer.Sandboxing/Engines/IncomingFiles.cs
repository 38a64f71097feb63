using System.Buffers.Binary;
using RewardServer.Sandboxing.Runs;

namespace RewardServer.Sandboxing.Engines;

/// <summary>Collects the files that a run was asked for, which come chunk by chunk, one after the other.</summary>
internal sealed class IncomingFiles(IReadOnlyList<string> paths)
{
    private const uint Executable = 1, TooLarge = 2;
    private const int HeadLength = 12;

    private readonly SortedDictionary<int, (KeptOutput Content, uint Flags)> files = [];
    private long bytes;

    /// <exception cref="SlotBrokenException">The frame is of another run, of a file that was not asked for, or there are too many bytes.</exception>
    public void Append(ReadOnlySpan<byte> frame, uint id)
    {
        if (frame.Length < HeadLength || BinaryPrimitives.ReadUInt32LittleEndian(frame) != id
            || BinaryPrimitives.ReadUInt32LittleEndian(frame[4..]) is var index && index >= paths.Count)
        {
            throw new SlotBrokenException("The agent sent a file that was not asked for.");
        }

        var chunk = frame[HeadLength..];
        bytes += chunk.Length;
        if (bytes > RunRequest.MaxOutputFileBytes)
        {
            throw new SlotBrokenException("The agent sent more of files than it was asked for.");
        }

        var at = (int)index;
        if (!files.TryGetValue(at, out var file))
        {
            files[at] = file = (new KeptOutput(RunRequest.MaxOutputFileBytes), BinaryPrimitives.ReadUInt32LittleEndian(frame[8..]));
        }

        file.Content.Append(chunk);
    }

    public IReadOnlyList<AgentFile> Collect() =>
    [
        .. files.Select(file => new AgentFile(
            paths[file.Key], file.Value.Content.Bytes, (file.Value.Flags & Executable) != 0, (file.Value.Flags & TooLarge) != 0)),
    ];
}
