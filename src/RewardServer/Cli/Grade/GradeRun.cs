using System.Runtime.CompilerServices;
using RewardServer.Jobs.Results;
using RewardServer.Jobs.Rows;
using RewardServer.Jobs.Running;

namespace RewardServer.Cli.Grade;

/// <summary>Grades rows, and writes, counts and reports what comes of them.</summary>
internal sealed class GradeRun(IGrading grading, SampleReader samples, GradeOutput results, RunReport report, GradeMeter meter)
{
    /// <summary>Runs to the end of the rows.</summary>
    /// <param name="rows">All rows; those that the output holds already are passed over, but for those that failed.</param>
    /// <param name="cancellation">Ends the run; what was graded by then is written.</param>
    /// <exception cref="IOException">A file or the server broke off; what was graded by then is written, if it can be.</exception>
    /// <exception cref="Hosting.StartException">The output's results are of another input; what was graded by then is written.</exception>
    public async Task RunAsync(IAsyncEnumerable<Row> rows, CancellationToken cancellation)
    {
        var isWhole = false;
        try
        {
            await new GradingPipeline(grading, samples).RunAsync(NewAsync(rows, cancellation), async (lines, _) => await KeepAsync(lines), cancellation);
            isWhole = true;
        }
        catch (InvalidDataException exception)
        {
            // The file broke off, and no argument is wrong.
            throw new IOException($"--input: {exception.Message}", exception);
        }
        finally
        {
            // Whatever ended the run: what was graded is not lost.
            await results.EndAsync(isWhole);
        }
    }

    private async Task KeepAsync(IReadOnlyList<ResultLine> lines)
    {
        await results.WriteAsync(lines);
        report.Add(lines);
        meter.Set(report.Tally);
    }

    private async IAsyncEnumerable<Row> NewAsync(IAsyncEnumerable<Row> rows, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var kept = results.KeptAsync().GetAsyncEnumerator(cancellation);
        var more = await kept.MoveNextAsync();
        var failed = new RowsInOrder(results.Failed);
        await foreach (var row in rows.WithCancellation(cancellation))
        {
            if (!more)
            {
                yield return row;
                continue;
            }

            kept.Current.Check(row, samples.Read(row));
            more = await kept.MoveNextAsync();
            if (failed.Holds(row.Number))
            {
                yield return row;
            }
        }

        if (more)
        {
            throw KeptRow.Another($"the input ends before row {kept.Current.Number} of the results");
        }
    }
}
