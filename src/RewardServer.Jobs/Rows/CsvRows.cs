using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Unicode;
using CsvHelper;

namespace RewardServer.Jobs.Rows;

/// <summary>
/// Comma-separated values: every field a text under its column's name, numbered by the line it begins in. An empty field is none, and null; but a completion
/// may be empty.
/// </summary>
internal static class CsvRows
{
    // Fields hold semicolons and bars of their own: the separator is not to be guessed from them.
    private static readonly CsvReaderOptions Options = CsvReaderOptions.Default with { Separator = ',', HasHeader = false };

    public static async IAsyncEnumerable<Row> ReadAsync(
        Stream stream, int largestRow, IReadOnlyCollection<string> completions, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var ends = new CsvEnds();
        string[]? header = null;
        long next = 1;
        await foreach (var record in Records.ReadAsync(stream, ends, largestRow, cancellation).ConfigureAwait(false))
        {
            var line = next;
            next = ends.Lines + 1;
            if (record.Length == 0)
            {
                continue;
            }

            if (!record.IsWhole && ends.IsQuoted)
            {
                // What of it is one row cannot be told: a stray quote takes all rows after it.
                throw new InvalidDataException($"row {line}: a quote that opens there is never closed: the file is cut off, or the quote is a stray one");
            }

            var error = record.Oversize(largestRow);
            if (header is not null)
            {
                yield return error is null ? RowOf(record.Memory, header, line, completions) : Row.Unreadable(line, error);
            }
            else if (error is null)
            {
                header = HeaderOf(record.Memory);
            }
            else
            {
                throw new InvalidDataException($"row {line}: the header {error}");
            }
        }
    }

    private static string[] HeaderOf(ReadOnlyMemory<byte> record)
    {
        using var csv = CsvReader.Create(record, Options);
        return csv.Read() ? [.. Enumerable.Range(0, csv.FieldCount).Select(i => csv.GetString(i))] : [];
    }

    private static Row RowOf(ReadOnlyMemory<byte> record, string[] header, long number, IReadOnlyCollection<string> completions)
    {
        using var csv = CsvReader.Create(record, Options);
        if (!csv.Read() || csv.FieldCount != header.Length)
        {
            return Row.Unreadable(number, $"has {csv.FieldCount} fields, and the header {header.Length}");
        }

        var fields = new Dictionary<string, string?>(StringComparer.Ordinal);
        for (var i = 0; i < header.Length; i++)
        {
            if (!Utf8.IsValid(csv.GetRawSpan(i)))
            {
                return Row.Unreadable(number, $"has what is not UTF-8 in '{header[i]}'");
            }

            var text = csv.GetString(i);
            if (!fields.TryAdd(header[i], text.Length > 0 || completions.Contains(header[i]) ? text : null))
            {
                return Row.Unreadable(number, $"has the column '{header[i]}' twice");
            }
        }

        return new(number, JsonSerializer.SerializeToElement(fields));
    }
}
