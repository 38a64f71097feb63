using System.Text.Json;
using System.Threading.Tasks.Dataflow;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Graders;
using RewardServer.Grading.Rubrics;
using RewardServer.Grading.Sets;

namespace RewardServer.Cli.Grade;

/// <summary>Reads items, grades several at once, and writes them in their order; in bounded memory, however long the file.</summary>
internal sealed class GradePipeline(Rubric rubric, SetGrader grader)
{
    // Items under way or waiting for an earlier one to be written.
    private const int Window = 256;

    /// <summary>Runs to the end of the input.</summary>
    /// <param name="files">Where lines come from and go to.</param>
    /// <param name="onGraded">Told of every graded item, one at a time.</param>
    /// <param name="cancellation">Ends the run; what was written stays.</param>
    public async Task RunAsync(GradeFiles files, Action<GradedItem> onGraded, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var grade = new TransformBlock<(string Line, int Number), GradedItem>(
            row => GradeAsync(row.Line, row.Number, stop.Token),
            new() { MaxDegreeOfParallelism = grader.Parallelism, BoundedCapacity = Window, EnsureOrdered = true, CancellationToken = stop.Token });
        var write = new ActionBlock<GradedItem>(
            async graded =>
            {
                await files.WriteLineAsync(JsonSerializer.Serialize(graded, ItemJson.Options), stop.Token);
                onGraded(graded);
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

    private static async Task ReadAsync(GradeFiles files, TransformBlock<(string Line, int Number), GradedItem> rows, CancellationToken cancellation)
    {
        try
        {
            for (var number = 1; await files.ReadLineAsync(cancellation) is { } line; number++)
            {
                if (!string.IsNullOrWhiteSpace(line))
                {
                    await rows.SendAsync((line, number), cancellation);
                }
            }
        }
        finally
        {
            rows.Complete();
        }
    }

    private async Task<GradedItem> GradeAsync(string line, int number, CancellationToken cancellation)
    {
        var (item, error) = Parse(line);
        return item is null
            ? new($"line {number}", Outcome.Skipped, null, $"line {number} is not an item: {error}", [])
            : await grader.GradeAsync(rubric, item, cancellation);
    }

    private static (Item? Item, string? Error) Parse(string line)
    {
        try
        {
            var item = JsonSerializer.Deserialize<Item>(line, ItemJson.Options);
            var wrong = item?.Errors().FirstOrDefault();
            return item is null ? (null, "it is null")
                : wrong is { Member: not null } error ? (null, $"{error.Member} {error.Error}")
                : (item, null);
        }
        catch (Exception exception) when (JsonFault.From(exception) is { } fault)
        {
            return (null, $"{fault.Path} {fault.Message}".Trim());
        }
    }
}
