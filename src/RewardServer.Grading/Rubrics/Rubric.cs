using System.Collections.Immutable;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Graders;
using RewardServer.Grading.Rubrics.Transforms;

namespace RewardServer.Grading.Rubrics;

/// <summary>
/// A rubric ready to grade: its graders made, its options checked. Grading has two steps: each item by itself, as many at once as there
/// is room for; then each group, once all its items are through the first.
/// </summary>
/// <param name="Definition">As it was written.</param>
/// <param name="Components">Its graders with their weights, in the order of the definition.</param>
/// <param name="Transforms">What it gives beside the rewards of a group, in the order of the definition.</param>
public sealed record Rubric(
    RubricDefinition Definition, ImmutableArray<RubricComponent> Components, ImmutableArray<RubricTransform> Transforms)
{
    /// <summary>Whether an item's result depends on the others of its group.</summary>
    public bool NeedsGroups { get; } = !Transforms.IsEmpty || Components.Any(component => component.Grader is IGroupGrader);

    /// <summary>Whether some grader mostly waits for another machine.</summary>
    public bool WaitsElsewhere { get; } = Components.Any(component => component.Grader.WaitsElsewhere);

    /// <summary>The first step: what the graders that look at items alone find of one.</summary>
    /// <param name="item">The item.</param>
    /// <param name="onFault">Told of every exception of a grader, that is of every bug of ours; the component is then failed.</param>
    /// <param name="cancellation">Ends the grading.</param>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async Task<ItemVerdicts> GradeAsync(Item item, Action<Item, Exception> onFault, CancellationToken cancellation)
    {
        if (item.CompletionText is null)
        {
            return new(item, Verdicts.None) { Unjudged = Verdict.Skipped("the completion holds no message of the assistant") };
        }

        var verdicts = Verdicts.None;
        foreach (var component in Components)
        {
            if (component.Grader is IGrader grader)
            {
                verdicts = verdicts.With(component.Name, await GradeAsync(grader, item, verdicts, onFault, cancellation).ConfigureAwait(false));
            }
        }

        return new(item, verdicts);
    }

    /// <summary>The second step: what the graders that look at groups find, and the rewards.</summary>
    /// <param name="group">The items of a group; for a rubric that needs no groups, any items.</param>
    /// <param name="onFault">Told of every exception of a grader, that is of every bug of ours; the component is then failed.</param>
    /// <returns>What each item earned, in the same order.</returns>
    public ImmutableArray<GradedItem> Combine(IReadOnlyList<ItemVerdicts> group, Action<Item, Exception> onFault)
    {
        var judged = group.Where(item => item.Unjudged is null).ToImmutableArray();
        foreach (var component in judged.IsEmpty ? [] : Components)
        {
            if (component.Grader is IGroupGrader grader)
            {
                judged = Together(grader, component.Name, judged, onFault);
            }
        }

        var next = 0;
        var all = group.Select(item => item.Unjudged is null ? judged[next++] : item).ToArray();
        var graded = all.Select(item => Combining.Combine(this, item)).ToArray();
        return Transforms.IsEmpty ? [.. graded] : GroupTransforms.Add(Transforms, all, graded);
    }

    /// <summary>What stands for an item that could not be read: skipped, with the same components as every other.</summary>
    /// <param name="id">What to call it.</param>
    /// <param name="reason">Why it could not be read.</param>
    public GradedItem Unread(string id, string reason) => Combining.Unread(this, id, Verdict.Skipped(reason));

    private static async ValueTask<Verdict> GradeAsync(
        IGrader grader, Item item, Verdicts earlier, Action<Item, Exception> onFault, CancellationToken cancellation)
    {
        try
        {
            return await grader.GradeAsync(item, earlier, cancellation).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellation.IsCancellationRequested)
        {
            // A bug of ours, of any type, in one grader: the component is failed and told to the log, and the other items are graded.
            return Fault(item, exception, onFault);
        }
    }

    private static ImmutableArray<ItemVerdicts> Together(
        IGroupGrader grader, string name, ImmutableArray<ItemVerdicts> group, Action<Item, Exception> onFault)
    {
        ImmutableArray<Verdict> verdicts;
        try
        {
            verdicts = grader.Grade([.. group.Select(item => new GroupMember(item.Item, item.Verdicts))]);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // As above, for all of the group.
            var fault = Fault(group[0].Item, exception, onFault);
            verdicts = [.. group.Select(_ => fault)];
        }

        return [.. group.Select((item, i) => item with { Verdicts = item.Verdicts.With(name, verdicts[i]) })];
    }

    private static Verdict Fault(Item item, Exception exception, Action<Item, Exception> onFault)
    {
        onFault(item, exception);
        return Verdict.Failed($"a fault of the server: {exception.GetType().Name}: {exception.Message}");
    }
}

/// <summary>What the components of a rubric found of one item so far.</summary>
/// <param name="Item">The item.</param>
/// <param name="Verdicts">What they found.</param>
public sealed record ItemVerdicts(Item Item, Verdicts Verdicts)
{
    /// <summary>Why no component looked at it; null where they did.</summary>
    public Verdict? Unjudged { get; init; }
}

/// <summary>One transform of a rubric that is ready.</summary>
/// <param name="Name">Its name in results.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Transform">What gives its values.</param>
public sealed record RubricTransform(string Name, TransformKind Kind, IGroupTransform Transform);
