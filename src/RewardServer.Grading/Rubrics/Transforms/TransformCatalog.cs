using System.Collections.Immutable;

namespace RewardServer.Grading.Rubrics.Transforms;

/// <summary>The transforms that rubrics can name.</summary>
public static class TransformCatalog
{
    /// <summary>Every transform, in the order of the table in docs/graders.md.</summary>
    public static ImmutableArray<TransformKind> All { get; } =
    [
        NormalisedAdvantage.Kind,
        MeanCentred.Kind,
        LeaveOneOut.Kind,
        CentredRank.Kind,
        PassAtK.Kind,
        RelativeLength.Kind,
        Diversity.Kind,
    ];

    /// <summary>The transform with that name; null where there is none.</summary>
    public static TransformKind? Find(string name) => All.FirstOrDefault(kind => kind.Name == name);
}
