namespace RewardServer.Training.Recipes;

/// <summary>How rewards become a loss: a preset, and what differs from it. Null is the preset's own.</summary>
/// <param name="Name">The preset, such as <c>grpo</c> or <c>dapo</c>.</param>
public sealed record AlgorithmRecipe(string Name)
{
    /// <summary>How far below 1 a ratio is clipped; from 0 to 1.</summary>
    public double? ClipLow { get; init; }

    /// <summary>How far above 1 a ratio is clipped; not negative.</summary>
    public double? ClipHigh { get; init; }

    /// <summary>Weight of the divergence from the reference policy; 0 for no reference.</summary>
    public double? KlCoefficient { get; init; }

    /// <summary>Weight of the entropy that is rewarded; not negative.</summary>
    public double? EntropyCoefficient { get; init; }

    /// <summary>Whether groups without spread are drawn anew (DAPO's dynamic sampling).</summary>
    public bool? DynamicSampling { get; init; }

    /// <summary>Tokens before the limit within which length costs (DAPO's overlong shaping); 0 for none.</summary>
    public int? OverlongBuffer { get; init; }

    /// <summary>What a completion at the limit loses by it; not negative.</summary>
    public double? OverlongPenalty { get; init; }
}
