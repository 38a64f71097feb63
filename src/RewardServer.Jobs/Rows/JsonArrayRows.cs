using System.Runtime.CompilerServices;

namespace RewardServer.Jobs.Rows;

/// <summary>The objects of one JSON array, each numbered by its place from 1.</summary>
internal static class JsonArrayRows
{
    public static async IAsyncEnumerable<Row> ReadAsync(Stream stream, int largestRow, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var ends = new JsonArrayEnds();
        long number = 0;
        var isOpen = false;
        await foreach (var record in Records.ReadAsync(stream, ends, largestRow, cancellation).ConfigureAwait(false))
        {
            if (ends.HasOther || ends.Next == JsonArrayEnds.Place.Before)
            {
                throw new InvalidDataException(isOpen ? $"row {number}: something follows the end of the array" : "row 1: there is no JSON array");
            }

            if (!isOpen)
            {
                isOpen = true;
            }
            else if (record.IsWhole)
            {
                number++;
                if (number > 1 || ends.Next == JsonArrayEnds.Place.Inside || !record.IsBlank)
                {
                    yield return record.IsBlank ? Row.Unreadable(number, "is empty: nothing stands between two commas of the array") : JsonRow.Of(record, number, largestRow);
                }
            }
            else if (ends.Next == JsonArrayEnds.Place.Inside)
            {
                throw new InvalidDataException($"row {number + 1}: the array breaks off");
            }
        }
    }
}
