using System.Runtime.InteropServices;

namespace RewardServer.Jobs.Reports.Building;

/// <summary>What is kept of all lines, and given back problem by problem, in the order of their hashes.</summary>
internal sealed class LineStore(ReportOptions options) : IDisposable
{
    private readonly PartitionedBuffer lines = new(options.MemoryBytes, options.Folder);

    /// <exception cref="IOException">The temporary file cannot be written.</exception>
    public void Add(LineRecord line) =>
        lines.Append(PartitionedBuffer.PartOf(line.Problem), MemoryMarshal.AsBytes(new ReadOnlySpan<LineRecord>(in line)));

    /// <summary>Each problem's lines.</summary>
    /// <exception cref="InvalidDataException">There are too many of one part.</exception>
    public IEnumerable<ReadOnlyMemory<LineRecord>> Problems()
    {
        for (var part = 0; part < PartitionedBuffer.Parts; part++)
        {
            var records = MemoryMarshal.Cast<byte, LineRecord>(lines.Read(part)).ToArray();
            Array.Sort(records);
            for (var (start, end) = (0, 0); start < records.Length; start = end)
            {
                while (end < records.Length && records[end].Problem == records[start].Problem)
                {
                    end++;
                }

                yield return records.AsMemory(start..end);
            }
        }
    }

    public void Dispose() => lines.Dispose();
}
