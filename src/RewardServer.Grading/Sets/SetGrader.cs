using RewardServer.Grading.Completions;
using RewardServer.Grading.Rubrics;

namespace RewardServer.Grading.Sets;

/// <summary>Grades many items at once over the cores.</summary>
/// <param name="slots">Programs that run at once in the sandbox.</param>
/// <param name="onFault">Told of every exception, that is of every bug of ours, with the item it struck.</param>
public sealed class SetGrader(int slots, Action<Item, Exception> onFault)
{
    /// <summary>How many items are graded at once: one a core, and enough to keep every slot of the sandbox busy.</summary>
    public int Parallelism { get; } = Environment.ProcessorCount + Math.Max(slots, Environment.ProcessorCount);

    /// <summary>Grades items in parallel.</summary>
    /// <returns>What each earned, in the order of the items.</returns>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async Task<GradedItem[]> GradeAsync(Rubric rubric, IReadOnlyList<Item> items, CancellationToken cancellation)
    {
        var graded = new GradedItem[items.Count];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = cancellation };
        await Parallel.ForAsync(0, items.Count, parallel, async (index, token) =>
            graded[index] = await GradeAsync(rubric, items[index], token).ConfigureAwait(false)).ConfigureAwait(false);
        return graded;
    }

    /// <summary>Grades one item. An exception is a fault of ours, never a score: the item is failed.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async Task<GradedItem> GradeAsync(Rubric rubric, Item item, CancellationToken cancellation)
    {
        try
        {
            return await rubric.GradeAsync(item, cancellation).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellation.IsCancellationRequested)
        {
            onFault(item, exception);
            return GradedItem.Failed(item, $"a fault of the server: {exception.GetType().Name}: {exception.Message}");
        }
    }
}
