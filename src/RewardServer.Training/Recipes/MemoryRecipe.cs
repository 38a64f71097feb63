namespace RewardServer.Training.Recipes;

/// <summary>What is computed twice, or kept elsewhere, so that a run needs less memory of the device.</summary>
public sealed record MemoryRecipe
{
    /// <summary>Whether the backward pass computes each layer again in place of keeping what all of them computed (Chen et al. 2016, arXiv:1604.06174).</summary>
    public bool GradientCheckpointing { get; init; }

    /// <summary>Whether the optimizer's means and the fp32 masters are kept, and its steps taken, by the CPU (ZeRO-Offload, Ren et al. 2021, arXiv:2101.06840).</summary>
    public bool OptimizerOffload { get; init; }

    /// <summary>Most sequences that are generated at once, and fewer where memory has no room for as many; each draws numbers of its own, so that how many there are at once changes none. Null for what the device is used to.</summary>
    public int? Sequences { get; init; }
}
