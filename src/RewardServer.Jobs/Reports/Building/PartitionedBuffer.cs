using System.Buffers;

namespace RewardServer.Jobs.Reports.Building;

/// <summary>
/// Bytes in parts, each of which is read whole: in memory up to a bound, beyond it in a temporary file that no other process sees. What goes into one part comes out in
/// its order. Not for several threads at once.
/// </summary>
/// <param name="memoryBytes">The most bytes that are held in memory before they go to the file.</param>
/// <param name="folder">Where the file is made.</param>
internal sealed class PartitionedBuffer(long memoryBytes, string folder) : IDisposable
{
    /// <summary>How many parts there are.</summary>
    public const int Parts = 256;

    private readonly ArrayBufferWriter<byte>[] held = [.. Enumerable.Range(0, Parts).Select(_ => new ArrayBufferWriter<byte>())];
    private readonly List<(long Offset, int Length)>[] blocks = [.. Enumerable.Range(0, Parts).Select(_ => new List<(long, int)>())];
    private FileStream? file;
    private long heldBytes, fileBytes;

    /// <summary>The part of a hash: parts in their order hold hashes in theirs.</summary>
    public static int PartOf(ulong hash) => (int)(hash >> 56);

    /// <summary>Adds bytes to the end of a part.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Append(int part, ReadOnlySpan<byte> record)
    {
        held[part].Write(record);
        heldBytes += record.Length;
        if (heldBytes > memoryBytes)
        {
            Spill();
        }
    }

    /// <summary>All bytes of a part.</summary>
    /// <exception cref="InvalidDataException">They are more than memory can hold in one piece.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public byte[] Read(int part)
    {
        var length = blocks[part].Sum(block => (long)block.Length) + held[part].WrittenCount;
        if (length > Array.MaxLength)
        {
            throw new InvalidDataException($"{length} bytes of one part of the results: one problem has too many completions, or there are too many lines, for a report");
        }

        var bytes = new byte[length];
        var at = 0;
        foreach (var (offset, size) in blocks[part])
        {
            if (RandomAccess.Read(file!.SafeFileHandle, bytes.AsSpan(at, size), offset) != size)
            {
                throw new IOException($"{file.Name}: the temporary file is shorter than what was written to it");
            }

            at += size;
        }

        held[part].WrittenSpan.CopyTo(bytes.AsSpan(at));
        return bytes;
    }

    /// <summary>Closes the file, which ends it.</summary>
    public void Dispose() => file?.Dispose();

    private void Spill()
    {
        file ??= Open();
        for (var part = 0; part < Parts; part++)
        {
            if (held[part].WrittenCount > 0)
            {
                RandomAccess.Write(file.SafeFileHandle, held[part].WrittenSpan, fileBytes);
                blocks[part].Add((fileBytes, held[part].WrittenCount));
                fileBytes += held[part].WrittenCount;
                held[part].ResetWrittenCount();
            }
        }

        heldBytes = 0;
    }

    private FileStream Open()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.Delete, BufferSize = 0, Options = FileOptions.DeleteOnClose };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        var opened = new FileStream(Path.Combine(folder, $"rewardserver-{Path.GetRandomFileName()}"), options);
        if (!OperatingSystem.IsWindows())
        {
            // Without its name it ends with this process, however that ends.
            File.Delete(opened.Name);
        }

        return opened;
    }
}
