using System.Collections.Immutable;

namespace RewardServer.Training.Recipes;

/// <summary>What learns from pairs of a better and a worse completion.</summary>
public enum PreferenceKind
{
    /// <summary>The policy itself: direct preference optimisation.</summary>
    Dpo,

    /// <summary>A reward model; the policy is left as it is.</summary>
    RewardModel,
}

/// <summary>Learning from pairs: those of files, or the best and the worst of each group by their rewards.</summary>
/// <param name="Kind">What learns.</param>
public sealed record PreferenceRecipe(PreferenceKind Kind)
{
    /// <summary>The files; empty where the policy writes what is compared.</summary>
    public ImmutableArray<string> Files { get; init; } = [];

    /// <summary>How many pairs each file <c>problems:KIND</c> gives; at least 1.</summary>
    public int Drawn { get; init; } = 1000;

    /// <summary>How dear it is for <see cref="PreferenceKind.Dpo"/> to go away from the policy before the first step; above 0, to 1000.</summary>
    public double Beta { get; init; } = 0.1;

    /// <summary>How much the scores of <see cref="PreferenceKind.RewardModel"/> are held around 0; from 0 to 1000.</summary>
    public double Centring { get; init; } = 0.01;
}

/// <summary>A reward model that rewards beside the rules of the rubric.</summary>
/// <param name="Path">Folder of its checkpoint.</param>
/// <param name="Weight">What its score counts; a finite number.</param>
/// <param name="Rules">What the rubric's reward counts beside it; a finite number. With 0 it counts nothing, and what is right is still told by the rubric.</param>
public sealed record RewardModelRecipe(string Path, double Weight = 1, double Rules = 0)
{
    /// <summary>The kinds of problems that it rewards; of others the rubric's reward counts alone. Empty for all.</summary>
    public ImmutableArray<string> Kinds { get; init; } = [];
}
