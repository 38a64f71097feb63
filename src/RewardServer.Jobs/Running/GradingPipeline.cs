using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Threading.Tasks.Dataflow;
using RewardServer.Jobs.Results;
using RewardServer.Jobs.Rows;

namespace RewardServer.Jobs.Running;

/// <summary>
/// Reads rows, grades several at once, and hands results on in the order of the rows, those of one row, and of one group where the rubric compares, never parted: whoever
/// keeps results knows from the last of them which rows are done. In bounded memory, however many rows there are.
/// </summary>
/// <param name="grading">Grades.</param>
/// <param name="samples">Makes samples of rows.</param>
public sealed class GradingPipeline(IGrading grading, SampleReader samples)
{
    /// <summary>The most samples of a group that follow one another: they are held in memory whole.</summary>
    public const int LargestGroup = 100_000;

    // Samples that are under way or wait for an earlier one to be written.
    private const int Window = 512;

    // Of the rows of one batch, where they need not be together.
    private const long LargestBatch = 4L << 20;

    /// <summary>The most bytes of rows that are under way or wait for an earlier one to be written, and of those of one group; one row alone may have more.</summary>
    public long WindowBytes { get; init; } = 256L << 20;

    /// <summary>Runs to the end of the rows.</summary>
    /// <param name="rows">The rows, in the order of their numbers.</param>
    /// <param name="write">Keeps results; called with whole rows, one call at a time.</param>
    /// <param name="cancellation">Ends the run; what was written stays.</param>
    /// <exception cref="IOException">A server that grades is gone; what was written stays.</exception>
    /// <exception cref="InvalidDataException">The rows cannot be read on, or a group is larger than can be held; what came before is written.</exception>
    public async Task RunAsync(IAsyncEnumerable<Row> rows, Func<IReadOnlyList<ResultLine>, CancellationToken, Task> write, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var backlog = new Backlog(WindowBytes);
        var window = Math.Max(Window / grading.BatchSize, 2 * grading.Parallelism);
        ExceptionDispatchInfo? fault = null;
        var grade = new TransformBlock<Batch, Graded>(
            batch => GradeAsync(batch, stop.Token),
            new() { MaxDegreeOfParallelism = grading.Parallelism, BoundedCapacity = window, EnsureOrdered = true, CancellationToken = stop.Token });
        var written = new ActionBlock<Graded>(
            async graded =>
            {
                fault ??= graded.Fault ?? await FaultOfAsync(() => write(graded.Results, stop.Token)).ConfigureAwait(false);
                if (fault is not null)
                {
                    await stop.CancelAsync().ConfigureAwait(false);
                }

                backlog.Leave(graded.Batch.Bytes);
            },
            new() { BoundedCapacity = window, CancellationToken = stop.Token });
        grade.LinkTo(written, new() { PropagateCompletion = true });
        var reading = ReadAsync(rows, grade, backlog, stop.Token);
        try
        {
            await written.Completion.ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (fault is not null)
        {
            fault.Throw();
        }
        finally
        {
            // Where writing broke off, reading ends too; what it then throws is not the cause.
            await stop.CancelAsync().ConfigureAwait(false);
            await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        fault?.Throw();
        await reading.ConfigureAwait(false);
    }

    // A block passes over what throws or was cancelled, and goes on with the next: rows would be missing. So a fault is handed on in its place, and ends the run there.
    private async Task<Graded> GradeAsync(Batch batch, CancellationToken cancellation)
    {
        IReadOnlyList<ResultLine> results = [];
        var fault = await FaultOfAsync(async () => results = await grading.GradeAsync(batch.Samples, cancellation).ConfigureAwait(false)).ConfigureAwait(false);
        return new(batch, results, fault);
    }

    private static async Task<ExceptionDispatchInfo?> FaultOfAsync(Func<Task> work)
    {
        try
        {
            await work().ConfigureAwait(false);
            return null;
        }
        catch (Exception exception)
        {
            // Of whatever type: it is thrown again when the rows before it are written.
            return ExceptionDispatchInfo.Capture(exception);
        }
    }

    private async Task ReadAsync(IAsyncEnumerable<Row> rows, TransformBlock<Batch, Graded> grade, Backlog backlog, CancellationToken cancellation)
    {
        try
        {
            await foreach (var batch in BatchesAsync(rows, cancellation).ConfigureAwait(false))
            {
                await backlog.EnterAsync(batch.Bytes, cancellation).ConfigureAwait(false);
                await grade.SendAsync(batch, cancellation).ConfigureAwait(false);
            }
        }
        finally
        {
            // What was read is graded and written, also where reading broke off.
            grade.Complete();
        }
    }

    private async IAsyncEnumerable<Batch> BatchesAsync(IAsyncEnumerable<Row> rows, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var batch = new List<Sample>();
        long bytes = 0;
        await foreach (var row in rows.WithCancellation(cancellation).ConfigureAwait(false))
        {
            var read = samples.Read(row);
            var hasRoom = batch.Count + read.Count <= grading.BatchSize && bytes + row.Bytes <= LargestBatch;
            if (batch.Count > 0 && !hasRoom && !(grading.NeedsGroups && batch[^1].IsTogetherWith(read[0])))
            {
                yield return new(batch, bytes);
                (batch, bytes) = ([], 0);
            }

            batch.AddRange(read);
            bytes += row.Bytes;
            if (batch.Count > LargestGroup + grading.BatchSize)
            {
                throw new InvalidDataException($"row {row.Number}: more than {LargestGroup} completions of one group follow one another");
            }

            if (bytes > WindowBytes && batch[0].Row != row.Number)
            {
                throw new InvalidDataException($"row {row.Number}: the rows of one group that follow one another have more than the {WindowBytes >> 20} MiB that are held in memory");
            }

            // Not with the next row: who sends one and waits for its result may send none before.
            if (!grading.NeedsGroups && batch.Count >= grading.BatchSize)
            {
                yield return new(batch, bytes);
                (batch, bytes) = ([], 0);
            }
        }

        if (batch.Count > 0)
        {
            yield return new(batch, bytes);
        }
    }

    private sealed record Batch(IReadOnlyList<Sample> Samples, long Bytes);

    private sealed record Graded(Batch Batch, IReadOnlyList<ResultLine> Results, ExceptionDispatchInfo? Fault);
}
