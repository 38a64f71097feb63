using System.Runtime.CompilerServices;

namespace RewardServer.Jobs.Rows;

/// <summary>JSON objects, one a line. Blank lines are counted and left out.</summary>
internal sealed class JsonLines : IRecordEnds
{
    public static async IAsyncEnumerable<Row> ReadAsync(Stream stream, int largestRow, [EnumeratorCancellation] CancellationToken cancellation)
    {
        long number = 0;
        await foreach (var line in Records.ReadAsync(stream, new JsonLines(), largestRow, cancellation).ConfigureAwait(false))
        {
            number++;
            if (!line.IsBlank)
            {
                yield return JsonRow.Of(line, number, largestRow);
            }
        }
    }

    public int Find(ReadOnlySpan<byte> bytes) => bytes.IndexOf((byte)'\n');
}
