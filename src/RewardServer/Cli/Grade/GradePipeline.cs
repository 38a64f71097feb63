using System.Collections.Immutable;
using System.Text.Json;
using System.Threading.Tasks.Dataflow;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Rubrics;
using RewardServer.Grading.Sets;

namespace RewardServer.Cli.Grade;

/// <summary>
/// Reads items, grades several at once, and writes them in their order; in bounded memory, however long the file. For a rubric that needs
/// groups, lines of one group that follow one another are graded together.
/// </summary>
internal sealed class GradePipeline(Rubric rubric, SetGrader grader)
{
    // Batches under way or waiting for an earlier one to be written.
    private const int Window = 256;

    /// <summary>Runs to the end of the input.</summary>
    /// <param name="files">Where lines come from and go to.</param>
    /// <param name="onGraded">Told of every graded item, one at a time.</param>
    /// <param name="cancellation">Ends the run; what was written stays.</param>
    /// <exception cref="Hosting.StartException">A group is larger than can be held.</exception>
    public async Task RunAsync(GradeFiles files, Action<GradedItem> onGraded, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var grade = new TransformBlock<ImmutableArray<GradeLine>, GradedItem[]>(
            lines => GradeAsync(lines, stop.Token),
            new() { MaxDegreeOfParallelism = grader.ParallelismOf(rubric), BoundedCapacity = Window, EnsureOrdered = true, CancellationToken = stop.Token });
        var write = new ActionBlock<GradedItem[]>(
            async batch =>
            {
                foreach (var graded in batch)
                {
                    await files.WriteLineAsync(JsonSerializer.Serialize(graded, ItemJson.Options), stop.Token);
                    onGraded(graded);
                }
            },
            new() { BoundedCapacity = Window, CancellationToken = stop.Token });
        grade.LinkTo(write, new() { PropagateCompletion = true });
        var read = ReadAsync(files, grade, stop.Token);
        try
        {
            await write.Completion;
        }
        finally
        {
            // Where writing broke off, reading ends too; what it then throws is not the cause.
            await stop.CancelAsync();
            await read.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await read;
        await files.FlushAsync(cancellation);
    }

    private async Task ReadAsync(GradeFiles files, TransformBlock<ImmutableArray<GradeLine>, GradedItem[]> batches, CancellationToken cancellation)
    {
        try
        {
            await foreach (var batch in GradeLine.BatchesAsync(files, rubric.NeedsGroups, cancellation))
            {
                await batches.SendAsync(batch, cancellation);
            }
        }
        finally
        {
            batches.Complete();
        }
    }

    private async Task<GradedItem[]> GradeAsync(ImmutableArray<GradeLine> lines, CancellationToken cancellation)
    {
        var graded = await grader.GradeAsync(rubric, [.. lines.Select(line => line.Item).OfType<Item>()], cancellation);
        var next = 0;
        return [.. lines.Select(line => line.Item is null ? rubric.Unread($"line {line.Number}", $"line {line.Number} is not an item: {line.Error}") : graded[next++])];
    }
}
