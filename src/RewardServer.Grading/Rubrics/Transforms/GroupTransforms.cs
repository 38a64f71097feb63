using System.Collections.Immutable;

namespace RewardServer.Grading.Rubrics.Transforms;

/// <summary>Gives a group's items the values of a rubric's transforms.</summary>
internal static class GroupTransforms
{
    public static ImmutableArray<GradedItem> Add(
        ImmutableArray<RubricTransform> transforms, IReadOnlyList<ItemVerdicts> group, IReadOnlyList<GradedItem> graded)
    {
        var rewarded = Enumerable.Range(0, graded.Count).Where(i => graded[i].Reward is not null).ToArray();
        var members = rewarded.Select(i => new RewardedMember(group[i].Item, graded[i].Reward!.Value, group[i].Verdicts)).ToImmutableArray();
        var values = graded.Select(_ => new Dictionary<string, double?>(transforms.Length)).ToArray();
        foreach (var transform in transforms)
        {
            foreach (var item in values)
            {
                item[transform.Name] = null;
            }

            var given = members.IsEmpty ? [] : transform.Transform.Apply(members);
            for (var i = 0; i < given.Length; i++)
            {
                values[rewarded[i]][transform.Name] = given[i];
            }
        }

        return [.. graded.Select((item, i) => item with { Transforms = values[i] })];
    }
}
