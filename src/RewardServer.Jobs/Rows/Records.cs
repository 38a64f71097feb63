using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace RewardServer.Jobs.Rows;

/// <summary>Splits a stream into records, in memory for the largest that is kept; each byte is looked at once.</summary>
internal static class Records
{
    private const int BufferSize = 1 << 16;

    /// <summary>The records; the last, without an end, may be empty.</summary>
    /// <param name="stream">The stream, which stays open.</param>
    /// <param name="ends">Finds their ends.</param>
    /// <param name="largest">The most bytes of a record; of one that is larger nothing is kept but its length.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async IAsyncEnumerable<Record> ReadAsync(Stream stream, IRecordEnds ends, int largest, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var reader = PipeReader.Create(stream, new(bufferSize: BufferSize, leaveOpen: true));
        try
        {
            long looked = 0;
            long dropped = 0;
            while (true)
            {
                var read = await reader.ReadAsync(cancellation).ConfigureAwait(false);
                var left = read.Buffer;
                while (EndOf(left, looked, ends) is >= 0 and var end)
                {
                    yield return new(left.Slice(0, end), dropped, IsWhole: true);
                    (looked, dropped) = (0, 0);
                    left = left.Slice(end + 1);
                }

                if (dropped > 0 || left.Length > largest)
                {
                    dropped += left.Length;
                    left = left.Slice(left.End);
                }

                if (read.IsCompleted)
                {
                    yield return new(left, dropped, IsWhole: false);
                    yield break;
                }

                looked = left.Length;
                reader.AdvanceTo(left.Start, left.End);
            }
        }
        finally
        {
            await reader.CompleteAsync().ConfigureAwait(false);
        }
    }

    private static long EndOf(in ReadOnlySequence<byte> bytes, long looked, IRecordEnds ends)
    {
        foreach (var segment in bytes.Slice(looked))
        {
            if (ends.Find(segment.Span) is >= 0 and var end)
            {
                return looked + end;
            }

            looked += segment.Length;
        }

        return -1;
    }
}
