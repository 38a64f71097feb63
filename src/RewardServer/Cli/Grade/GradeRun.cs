using System.Runtime.CompilerServices;
using RewardServer.Jobs.Results;
using RewardServer.Jobs.Rows;
using RewardServer.Jobs.Running;

namespace RewardServer.Cli.Grade;

/// <summary>Grades rows, and writes, counts and reports what comes of them.</summary>
internal sealed class GradeRun(IGrading grading, SampleReader samples, ResultWriter results, RunReport report, GradeMeter meter)
{
    /// <summary>Runs to the end of the rows.</summary>
    /// <param name="rows">All rows; those that the output holds already are passed over.</param>
    /// <param name="cancellation">Ends the run; what was graded by then is written.</param>
    /// <exception cref="IOException">A file or the server broke off; what was graded by then is written, if it can be.</exception>
    public async Task RunAsync(IAsyncEnumerable<Row> rows, CancellationToken cancellation)
    {
        try
        {
            await new GradingPipeline(grading, samples).RunAsync(NewAsync(rows, cancellation), async (lines, _) => await KeepAsync(lines), cancellation);
        }
        catch (InvalidDataException exception)
        {
            // The file broke off, and no argument is wrong.
            await results.FlushAsync();
            throw new IOException($"--input: {exception.Message}", exception);
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
            await results.FlushAsync();
            throw;
        }

        await results.FlushAsync();
    }

    private async Task KeepAsync(IReadOnlyList<ResultLine> lines)
    {
        await results.WriteAsync(lines);
        report.Add(lines);
        meter.Set(report.Tally);
    }

    private async IAsyncEnumerable<Row> NewAsync(IAsyncEnumerable<Row> rows, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var row in rows.WithCancellation(cancellation))
        {
            if (row.Number > results.LastRow)
            {
                yield return row;
            }
        }
    }
}
