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

    /// <summary>Whether completions that were cut off at the limit are left out of the loss (DAPO's overlong filtering).</summary>
    public bool? MaskTruncated { get; init; }
}
