using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Threading.Tasks.Dataflow;
using RewardServer.Jobs.Rows;
using RewardServer.Jobs.Running;
using RewardServer.Jobs.Sets;

namespace RewardServer.Jobs.Checking;

/// <summary>
/// Checks a set before it is trusted, as environment libraries do: every gold, graded as a completion, must be right, and as an answer to another
/// row's task wrong. In the order of the rows and in bounded memory, however many there are.
/// </summary>
/// <param name="grading">Grades by <see cref="Rubric"/>.</param>
/// <param name="shape">The data set; null to tell each row's by its columns.</param>
/// <param name="map">Which column of the rows stands for a column of the set, by the set's name of it.</param>
/// <param name="whyNot">Why programs of a language cannot be run here, by its name; null where they can. Rows of such a language are not tried, and are no failures.</param>
public sealed class SetCheck(IGrading grading, ISetShape? shape = null, ImmutableDictionary<string, string>? map = null, Func<string, string?>? whyNot = null)
{
    private const int Window = 256;
    private const long WindowBytes = 64L << 20;

    private readonly RowCheck check = new(grading, whyNot);

    /// <summary>The rubric that a check grades by: accuracy alone, whatever the prompt ends with.</summary>
    public static JsonElement Rubric { get; } = JsonElement.Parse("""{"tags":{"openedInPrompt":"never"},"components":[{"grader":"accuracy"}]}""");

    /// <summary>Runs to the end of the rows.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="through">Told of each row that is through, one at a time: what is told of it, and what the check has come to.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>What it came to.</returns>
    /// <exception cref="InvalidDataException">The rows cannot be read on; what came before was told, but for the last, which wait for their neighbours.</exception>
    public async Task<CheckTally> RunAsync(IAsyncEnumerable<Row> rows, Func<ImmutableArray<CheckFinding>, CheckTally, Task> through, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var backlog = new Backlog(WindowBytes);
        var tally = CheckTally.Start;
        var checking = new TransformBlock<NeighbouredRow, (NeighbouredRow Row, CheckedRow Check)>(
            async row => (row, await check.CheckAsync(row, stop.Token).ConfigureAwait(false)),
            new() { MaxDegreeOfParallelism = grading.Parallelism, BoundedCapacity = Window, EnsureOrdered = true, CancellationToken = stop.Token });
        var told = new ActionBlock<(NeighbouredRow Row, CheckedRow Check)>(
            async checkedRow =>
            {
                tally = tally.With(checkedRow.Check.Findings, checkedRow.Check.Alone);
                await through(checkedRow.Check.Findings, tally).ConfigureAwait(false);
                backlog.Leave(checkedRow.Row.Row.Bytes);
            },
            new() { BoundedCapacity = Window, CancellationToken = stop.Token });
        checking.LinkTo(told, new() { PropagateCompletion = true });
        var reading = ReadAsync(rows, checking, backlog, stop.Token);
        try
        {
            await told.Completion.ConfigureAwait(false);
        }
        finally
        {
            // Where telling broke off, reading ends too; what it then throws is not the cause.
            await stop.CancelAsync().ConfigureAwait(false);
            await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await reading.ConfigureAwait(false);
        return tally;
    }

    private async Task ReadAsync(
        IAsyncEnumerable<Row> rows, TransformBlock<NeighbouredRow, (NeighbouredRow, CheckedRow)> checking, Backlog backlog, CancellationToken cancellation)
    {
        try
        {
            await foreach (var row in Neighbours.OfAsync(GoldsAsync(rows, cancellation), cancellation).ConfigureAwait(false))
            {
                await backlog.EnterAsync(row.Row.Bytes, cancellation).ConfigureAwait(false);
                await checking.SendAsync(row, cancellation).ConfigureAwait(false);
            }
        }
        finally
        {
            // What was read is checked and told, also where reading broke off.
            checking.Complete();
        }
    }

    private async IAsyncEnumerable<GoldRow> GoldsAsync(IAsyncEnumerable<Row> rows, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var row in rows.WithCancellation(cancellation).ConfigureAwait(false))
        {
            yield return GoldRow.Of(row, shape, map);
        }
    }
}
