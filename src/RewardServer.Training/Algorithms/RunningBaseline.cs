namespace RewardServer.Training.Algorithms;

/// <summary>
/// The mean reward of earlier steps, b ← m b + (1 − m) r̄: a baseline that does not look at the completions it is taken from, so that the gradient stays
/// unbiased (reinforcement comparison: Williams 1992, Machine Learning 8, section 4, after Sutton 1984).
/// </summary>
/// <param name="momentum">m: how slowly it forgets; from 0 to 1.</param>
public sealed class RunningBaseline(double momentum)
{
    /// <summary>The mean so far; null before the first step.</summary>
    public double? Mean { get; set; }

    /// <summary>What the rewards of a step are compared with: the mean so far, or in the first step their own.</summary>
    /// <param name="rewards">Those of the step; at least one.</param>
    public double Of(IReadOnlyCollection<double> rewards) => Mean ?? rewards.Average();

    /// <summary>Counts a step in.</summary>
    /// <param name="rewards">Those of the step; at least one.</param>
    public void Add(IReadOnlyCollection<double> rewards) => Mean = Mean is { } mean ? momentum * mean + (1 - momentum) * rewards.Average() : rewards.Average();
}
