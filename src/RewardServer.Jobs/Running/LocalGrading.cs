using RewardServer.Grading.Completions;
using RewardServer.Grading.Graders;
using RewardServer.Grading.Rubrics;
using RewardServer.Grading.Sets;
using RewardServer.Jobs.Results;

namespace RewardServer.Jobs.Running;

/// <summary>Grades in this process. What a fault of ours fails is tried again, with its group, before it stands as failed.</summary>
/// <param name="rubric">The rubric.</param>
/// <param name="grader">Grades.</param>
/// <param name="time">The clock.</param>
public sealed class LocalGrading(Rubric rubric, SetGrader grader, TimeProvider time) : IGrading
{
    private static readonly TimeSpan[] Pauses = [TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(8)];

    /// <inheritdoc/>
    public RunIdentity Identity { get; } = RunIdentity.Of(rubric);

    /// <inheritdoc/>
    public bool NeedsGroups => rubric.NeedsGroups;

    /// <inheritdoc/>
    public int Parallelism => grader.ParallelismOf(rubric);

    /// <inheritdoc/>
    public int BatchSize => 1;

    /// <summary>Whether equal answers to equal tasks are each graded anew.</summary>
    public bool Anew { get; init; }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ResultLine>> GradeAsync(IReadOnlyList<Sample> samples, CancellationToken cancellation)
    {
        Item[] items = [.. samples.Select(sample => sample.Item).OfType<Item>().Select(item => Anew ? item with { Anew = true } : item)];
        var graded = await grader.GradeAsync(rubric, items, cancellation).ConfigureAwait(false);
        for (var i = 0; i < Pauses.Length && Array.Exists(graded, item => item.Outcome == Outcome.Failed); i++)
        {
            await Task.Delay(Pauses[i], time, cancellation).ConfigureAwait(false);
            graded = await grader.GradeAsync(rubric, items, cancellation).ConfigureAwait(false);
        }

        var next = 0;
        return [.. samples.Select(sample => ResultLine.Of(sample, sample.Item is null ? rubric.Unread(sample.Id, $"row {sample.Row} {sample.Error}") : graded[next++], Identity))];
    }
}
