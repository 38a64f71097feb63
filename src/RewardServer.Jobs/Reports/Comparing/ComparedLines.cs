using System.Text;
using RewardServer.Jobs.Reports.Building;

namespace RewardServer.Jobs.Reports.Comparing;

/// <summary>The lines of one run, in parts by what they are matched by.</summary>
/// <param name="byRow">Whether that is their row, or their name.</param>
/// <param name="options">How much is held in memory.</param>
internal sealed class ComparedLines(bool byRow, ReportOptions options) : IDisposable
{
    private readonly PartitionedBuffer parts = new(options.MemoryBytes, options.Folder);
    private readonly MemoryStream scratch = new();

    /// <summary>How many lines there are.</summary>
    public long Count { get; private set; }

    /// <summary>How many of them name their row.</summary>
    public long WithRow { get; private set; }

    public void Add(ComparedLine line)
    {
        Count++;
        WithRow += line.Row is null ? 0 : 1;
        scratch.SetLength(0);
        using (var writer = new BinaryWriter(scratch, Encoding.UTF8, leaveOpen: true))
        {
            line.Write(writer);
        }

        var (name, sample) = line.Key(byRow);
        parts.Append(PartitionedBuffer.PartOf(TextHash.Of(name, (ulong)sample)), scratch.GetBuffer().AsSpan(0, (int)scratch.Length));
    }

    /// <summary>The lines of a part, in the order in which they came.</summary>
    public IEnumerable<ComparedLine> Of(int part) => ComparedLine.ReadAll(parts.Read(part));

    /// <summary>The same lines, matched by their rows.</summary>
    public ComparedLines ByRow()
    {
        var lines = new ComparedLines(true, options);
        try
        {
            for (var part = 0; part < PartitionedBuffer.Parts; part++)
            {
                foreach (var line in Of(part))
                {
                    lines.Add(line);
                }
            }

            return lines;
        }
        catch
        {
            lines.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        parts.Dispose();
        scratch.Dispose();
    }
}
