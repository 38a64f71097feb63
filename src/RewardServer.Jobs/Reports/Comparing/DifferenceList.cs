using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text.Json;
using RewardServer.Grading.Completions;
using RewardServer.Jobs.Reports.Building;

namespace RewardServer.Jobs.Reports.Comparing;

/// <summary>The lines that differ: the first of them, and all of them in the order of their rows for a file.</summary>
/// <param name="rows">The largest number of a row.</param>
/// <param name="keepAll">Whether all are kept.</param>
/// <param name="options">How much is held in memory.</param>
internal sealed class DifferenceList(long rows, bool keepAll, ReportOptions options) : IDisposable
{
    private const int MostToldOfKind = 50;
    private const int HeadBytes = 2 * sizeof(long) + sizeof(int);
    private static readonly string[] Kinds = ["lost", "gained", "outcome", "reward", "unmatched"];

    private readonly PriorityQueue<LineDifference, (long, long, string)>[] told =
        [.. Kinds.Select(_ => new PriorityQueue<LineDifference, (long, long, string)>(Comparer<(long, long, string)>.Create((one, other) => other.CompareTo(one))))];

    private readonly PartitionedBuffer all = new(options.MemoryBytes, options.Folder);

    /// <summary>The first of each kind, by row.</summary>
    public ImmutableArray<LineDifference> Told => [.. told.SelectMany(kind => kind.UnorderedItems.OrderBy(item => item.Priority).Select(item => item.Element))];

    public void Add(LineDifference difference)
    {
        var ofKind = told[Array.IndexOf(Kinds, difference.Kind)];
        ofKind.Enqueue(difference, (difference.Row ?? 0, difference.Sample, difference.Id));
        if (ofKind.Count > MostToldOfKind)
        {
            ofKind.Dequeue();
        }

        if (keepAll)
        {
            var json = JsonSerializer.SerializeToUtf8Bytes(difference, ItemJson.Options);
            var record = new byte[HeadBytes + json.Length];
            BinaryPrimitives.WriteInt64LittleEndian(record, difference.Row ?? 0);
            BinaryPrimitives.WriteInt64LittleEndian(record.AsSpan(sizeof(long)), difference.Sample);
            BinaryPrimitives.WriteInt32LittleEndian(record.AsSpan(2 * sizeof(long)), json.Length);
            json.CopyTo(record.AsSpan(HeadBytes));
            all.Append(PartOf(difference.Row ?? 0), record);
        }
    }

    /// <summary>Writes all that were kept, a line of JSON each.</summary>
    public void Write(Stream output)
    {
        for (var part = 0; part < PartitionedBuffer.Parts; part++)
        {
            foreach (var (_, _, json) in Records(all.Read(part)).OrderBy(record => record.Row).ThenBy(record => record.Sample))
            {
                output.Write(json.Span);
                output.Write("\n"u8);
            }
        }
    }

    public void Dispose() => all.Dispose();

    private int PartOf(long row) => (int)(Int128.Clamp(row, 0, rows) * PartitionedBuffer.Parts / ((Int128)rows + 1));

    private static IEnumerable<(long Row, long Sample, ReadOnlyMemory<byte> Json)> Records(byte[] bytes)
    {
        for (var at = 0; at < bytes.Length;)
        {
            var head = bytes.AsSpan(at, HeadBytes);
            var (row, sample, length) = (BinaryPrimitives.ReadInt64LittleEndian(head), BinaryPrimitives.ReadInt64LittleEndian(head[sizeof(long)..]), BinaryPrimitives.ReadInt32LittleEndian(head[(2 * sizeof(long))..]));
            yield return (row, sample, bytes.AsMemory(at + HeadBytes, length));
            at += HeadBytes + length;
        }
    }
}
