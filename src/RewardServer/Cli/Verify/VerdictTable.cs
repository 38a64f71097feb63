using CsvHelper;
using RewardServer.Grading.Graders.Maths;
using RewardServer.Hosting;
using RewardServer.Symbolics.Equivalence;

namespace RewardServer.Cli.Verify;

/// <summary>A table of answers and golds, row by row in constant memory.</summary>
internal sealed class VerdictTable : IAsyncDisposable
{
    // Answers hold semicolons and bars of their own: the separator is not to be guessed from them.
    private static readonly CsvReaderOptions Format = CsvReaderOptions.Default with { Separator = ',' };

    private static readonly string[] Columns = ["answer", "gold"];

    private readonly CsvReader reader;
    private readonly CsvWriter? writer;

    private VerdictTable(CsvReader reader, CsvWriter? writer) => (this.reader, this.writer) = (reader, writer);

    /// <exception cref="StartException">A file cannot be opened, or a column is missing.</exception>
    public static async Task<VerdictTable> OpenAsync(string input, string? output)
    {
        var reader = CsvReader.Create(OpenFile.Read("--csv", input), Format);
        await reader.ReadHeaderAsync();
        var missing = Columns.Except(reader.Headers.ToArray()).ToArray();
        if (missing.Length > 0)
        {
            throw new StartException([.. missing.Select(column => $"--csv: '{input}' has no column '{column}'")]);
        }

        return new(reader, output is null ? null : CsvWriter.Create(OpenFile.Write("--output", output)));
    }

    /// <summary>Compares every row.</summary>
    /// <exception cref="StartException">The file is not CSV.</exception>
    public async Task<VerdictCounts> VerifyAsync(CancellationToken cancellation)
    {
        var counts = new VerdictCounts();
        try
        {
            await WriteAsync([.. reader.Headers, "equal", "stage", "reason"], cancellation);
            while (await reader.ReadAsync(cancellation))
            {
                counts.Need(reader.FieldCount, reader.Headers.Count);
                var verdict = TextPair.Verify(reader.GetString("gold"), reader.GetString("answer"), MathOptions.Default);
                counts.Add(verdict);
                await WriteAsync([.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetString), .. Words(verdict)], cancellation);
            }
        }
        catch (CsvFormatException exception)
        {
            throw new StartException([$"--csv: {exception.Message}"]);
        }

        return counts;
    }

    public async ValueTask DisposeAsync()
    {
        await reader.DisposeAsync();
        if (writer is not null)
        {
            await writer.DisposeAsync();
        }
    }

    private static string[] Words(MathVerdict verdict) =>
        [verdict.Equal switch { true => "true", false => "false", null => "" }, verdict.Stage.ToString().ToLowerInvariant(), verdict.Reason];

    private Task WriteAsync(string[] fields, CancellationToken cancellation) =>
        writer is null ? Task.CompletedTask : writer.WriteRecordAsync(fields, cancellation).AsTask();
}

/// <summary>How many rows came out how.</summary>
internal sealed class VerdictCounts
{
    public int Equal { get; private set; }

    public int Different { get; private set; }

    public int Skipped { get; private set; }

    /// <exception cref="StartException">The row has not as many fields as the header.</exception>
    public void Need(int fields, int columns)
    {
        if (fields != columns)
        {
            throw new StartException([$"--csv: row {Rows + 1} has {fields} fields, and the header {columns}"]);
        }
    }

    public int Rows => Equal + Different + Skipped;

    public void Add(MathVerdict verdict)
    {
        Equal += verdict.Equal == true ? 1 : 0;
        Different += verdict.Equal == false ? 1 : 0;
        Skipped += verdict.Equal is null ? 1 : 0;
    }
}
