using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Unicode;
using CsvHelper;

namespace RewardServer.Jobs.Rows;

/// <summary>Comma-separated values: every field a text under its column's name.</summary>
internal static class CsvRows
{
    public static async IAsyncEnumerable<Row> ReadAsync(Stream stream, int largestRow, [EnumeratorCancellation] CancellationToken cancellation)
    {
        // Fields hold semicolons and bars of their own: the separator is not to be guessed from them.
        var options = CsvReaderOptions.Default with { Separator = ',', MaxRecordSize = largestRow, BufferSize = Math.Min(1 << 16, largestRow), TrackLineNumbers = true };
        await using var csv = CsvReader.Create(stream, options, leaveOpen: true);
        while (true)
        {
            Row row;
            try
            {
                if (!await csv.ReadAsync(cancellation).ConfigureAwait(false))
                {
                    yield break;
                }

                row = RowOf(csv);
            }
            catch (CsvFormatException exception)
            {
                // Where the next row begins cannot be told from here on.
                throw new InvalidDataException($"row {csv.RowNumber + 1}: {exception.Message}", exception);
            }

            yield return row;
        }
    }

    private static Row RowOf(CsvReader csv)
    {
        var (number, header) = (csv.LineNumber, csv.Headers);
        if (csv.FieldCount != header.Count)
        {
            return Row.Unreadable(number, $"has {csv.FieldCount} fields, and the header {header.Count}");
        }

        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < header.Count; i++)
        {
            if (!Utf8.IsValid(csv.GetRawSpan(i)))
            {
                return Row.Unreadable(number, $"has what is not UTF-8 in '{header[i]}'");
            }

            if (!fields.TryAdd(header[i], csv.GetString(i)))
            {
                return Row.Unreadable(number, $"has the column '{header[i]}' twice");
            }
        }

        return new(number, JsonSerializer.SerializeToElement(fields));
    }
}
