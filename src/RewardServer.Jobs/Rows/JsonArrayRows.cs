using System.Runtime.CompilerServices;
using System.Text.Json;

namespace RewardServer.Jobs.Rows;

/// <summary>The objects of one JSON array, each numbered by its place from 1.</summary>
internal static class JsonArrayRows
{
    public static async IAsyncEnumerable<Row> ReadAsync(Stream stream, int largestRow, [EnumeratorCancellation] CancellationToken cancellation)
    {
        long number = 0;
        await using var elements = JsonSerializer.DeserializeAsyncEnumerable<JsonElement>(stream, cancellationToken: cancellation).GetAsyncEnumerator(cancellation);
        while (true)
        {
            number++;
            Row row;
            try
            {
                if (!await elements.MoveNextAsync().ConfigureAwait(false))
                {
                    yield break;
                }

                row = elements.Current.ValueKind == JsonValueKind.Object
                    ? new Row(number, elements.Current) is { Bytes: var bytes } whole && bytes > largestRow ? Row.Unreadable(number, $"has {bytes} bytes, more than the {largestRow} of a row") : whole
                    : Row.Unreadable(number, $"is no JSON object, but {elements.Current.ValueKind}");
            }
            catch (JsonException exception)
            {
                // Where the next element begins cannot be told from here on.
                throw new InvalidDataException($"row {number}: the array is no JSON from here on: {exception.Message}", exception);
            }

            yield return row;
        }
    }
}
