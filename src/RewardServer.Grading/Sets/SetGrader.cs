using RewardServer.Grading.Completions;
using RewardServer.Grading.Rubrics;

namespace RewardServer.Grading.Sets;

/// <summary>Grades many items at once over the cores.</summary>
/// <param name="slots">Programs that run at once in the sandbox.</param>
/// <param name="onFault">Told of every exception, that is of every bug of ours, with the item it struck.</param>
public sealed class SetGrader(int slots, Action<Item, Exception> onFault)
{
    // What a judge of a fast engine takes at once; a judge's own settings bound it further.
    private const int LeastWhereOthersWork = 256;

    private readonly int parallelism = Environment.ProcessorCount + Math.Max(slots, Environment.ProcessorCount);

    /// <summary>
    /// How many items of a rubric are graded at once: one a core, and enough to keep every slot of the sandbox busy; more where its graders
    /// wait for other machines.
    /// </summary>
    public int ParallelismOf(Rubric rubric) => rubric.WaitsElsewhere ? Math.Max(parallelism, LeastWhereOthersWork) : parallelism;

    /// <summary>Grades items in parallel, those of one group together.</summary>
    /// <returns>What each earned, in the order of the items.</returns>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async Task<GradedItem[]> GradeAsync(Rubric rubric, IReadOnlyList<Item> items, CancellationToken cancellation)
    {
        var found = new ItemVerdicts[items.Count];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = ParallelismOf(rubric), CancellationToken = cancellation };
        await Parallel.ForAsync(0, items.Count, parallel, async (index, token) =>
            found[index] = await rubric.GradeAsync(items[index], onFault, token).ConfigureAwait(false)).ConfigureAwait(false);
        return Combine(rubric, found);
    }

    /// <summary>Grades one item, as a group of its own. An exception is a fault of ours, never a score: the item is failed.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async Task<GradedItem> GradeAsync(Rubric rubric, Item item, CancellationToken cancellation) =>
        rubric.Combine([await rubric.GradeAsync(item, onFault, cancellation).ConfigureAwait(false)], onFault)[0];

    private GradedItem[] Combine(Rubric rubric, ItemVerdicts[] found)
    {
        if (!rubric.NeedsGroups)
        {
            return [.. rubric.Combine(found, onFault)];
        }

        var graded = new GradedItem[found.Length];
        foreach (var group in Enumerable.Range(0, found.Length).GroupBy(i => GroupKey.Of(found[i].Item)))
        {
            var places = group.ToArray();
            var results = rubric.Combine([.. places.Select(i => found[i])], onFault);
            for (var i = 0; i < places.Length; i++)
            {
                graded[places[i]] = results[i];
            }
        }

        return graded;
    }
}
