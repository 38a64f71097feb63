using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Runtime.CompilerServices;
using System.Text.Json;
using RewardServer.Grading.Graders.Efficiency;
using RewardServer.Grading.Rubrics;
using RewardServer.Jobs.Results;
using RewardServer.Jobs.Rows;
using RewardServer.Jobs.Running;

namespace RewardServer.Jobs.Replaying;

/// <summary>
/// Grades again what results say was graded, and tells what comes out otherwise. Both sides are read row by row; only what is under way is in memory.
/// </summary>
/// <param name="grading">Grades.</param>
/// <param name="rubric">What it grades by.</param>
/// <param name="samples">Makes samples of rows.</param>
public sealed class ResultReplay(IGrading grading, Rubric rubric, SampleReader samples)
{
    private readonly ResultComparison comparison = new(
        rubric.Components.Where(IsMeasured).Select(component => component.Name).ToFrozenSet(StringComparer.Ordinal),
        rubric.Components.Any(component => IsMeasured(component) && component.Decides));

    /// <summary>Runs to the end of both.</summary>
    /// <param name="recorded">The results.</param>
    /// <param name="rows">What they were made of.</param>
    /// <param name="changed">Told of each change, one at a time; those that one side has not may come before earlier rows.</param>
    /// <param name="progress">Told what it has come to, as rows are done.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="InvalidDataException">One side cannot be read on, or the results are out of order.</exception>
    public async Task<ReplayTally> RunAsync(
        IAsyncEnumerable<Recorded> recorded, IAsyncEnumerable<Row> rows, Func<ReplayChange, CancellationToken, Task> changed, Action<ReplayTally> progress, CancellationToken cancellation)
    {
        using var log = new ChangeLog(changed);
        // What is graded now, as the results have it: no more than the pipeline has under way.
        var expected = new ConcurrentQueue<Recorded>();
        await new GradingPipeline(grading, samples).RunAsync(
            RecordedRowsAsync(recorded, rows, expected, log, cancellation),
            async (lines, token) =>
            {
                foreach (var line in lines)
                {
                    await CompareAsync(line, expected, log, token).ConfigureAwait(false);
                }

                progress(log.Tally);
            },
            cancellation).ConfigureAwait(false);
        while (expected.TryDequeue(out var left))
        {
            await NotInInputAsync(left, log, cancellation).ConfigureAwait(false);
        }

        return log.Tally;
    }

    // The rows that both sides have; what the results have of them goes into the queue before they are handed on.
    private async IAsyncEnumerable<Row> RecordedRowsAsync(
        IAsyncEnumerable<Recorded> recorded, IAsyncEnumerable<Row> rows, ConcurrentQueue<Recorded> expected, ChangeLog log, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var results = recorded.GetAsyncEnumerator(cancellation);
        var more = await results.MoveNextAsync().ConfigureAwait(false);
        await foreach (var row in rows.WithCancellation(cancellation).ConfigureAwait(false))
        {
            for (; more && results.Current.Row < row.Number; more = await results.MoveNextAsync().ConfigureAwait(false))
            {
                await NotInInputAsync(results.Current, log, cancellation).ConfigureAwait(false);
            }

            var known = more && results.Current.Row == row.Number;
            for (; more && results.Current.Row == row.Number; more = await results.MoveNextAsync().ConfigureAwait(false))
            {
                expected.Enqueue(results.Current);
            }

            // Of a group all are graded, since each may count for the others.
            if (known || grading.NeedsGroups)
            {
                yield return row;
            }
            else
            {
                await log.AddAsync(new(row.Number, 0, null, ChangeKind.NotInResults), cancellation).ConfigureAwait(false);
            }
        }

        for (; more; more = await results.MoveNextAsync().ConfigureAwait(false))
        {
            await NotInInputAsync(results.Current, log, cancellation).ConfigureAwait(false);
        }
    }

    private async Task CompareAsync(ResultLine line, ConcurrentQueue<Recorded> expected, ChangeLog log, CancellationToken cancellation)
    {
        Recorded? was;
        while (expected.TryPeek(out was) && (was.Row, was.Sample).CompareTo((line.Row, line.Sample)) < 0)
        {
            expected.TryDequeue(out _);
            await NotInInputAsync(was, log, cancellation).ConfigureAwait(false);
        }

        var reader = new Utf8JsonReader(line.Json.Span);
        var now = JsonElement.ParseValue(ref reader);
        if (was is null || (was.Row, was.Sample) != (line.Row, line.Sample))
        {
            await log.AddAsync(new(line.Row, line.Sample, now.GetProperty("id").GetString(), ChangeKind.NotInResults) { Now = comparison.Read(now) }, cancellation).ConfigureAwait(false);
            return;
        }

        expected.TryDequeue(out _);
        log.Count(was.Identity);
        if (comparison.Of(line.Row, line.Sample, was.Result, now) is { } change)
        {
            await log.AddAsync(change, cancellation).ConfigureAwait(false);
        }
    }

    private Task NotInInputAsync(Recorded recorded, ChangeLog log, CancellationToken cancellation) => log.AddAsync(
        new(recorded.Row, recorded.Sample, recorded.Result.TryGetProperty("id", out var id) ? id.ToString() : null, ChangeKind.NotInInput) { Was = comparison.Read(recorded.Result) }, cancellation);

    private static bool IsMeasured(RubricComponent component) => component.Kind.Name == EfficiencyGrader.Kind.Name;
}
