using RewardServer.Training.Tensors;
using static TorchSharp.torch;

namespace RewardServer.Training.Algorithms;

/// <summary>
/// The critic's loss, ½ max((V − G)², (clip(V, V_old − ε, V_old + ε) − G)²) for each token, with G = A + V_old what was found to come: a value does
/// not gain by going farther from what it was than ε in a step (PPO, Schulman et al. 2017, arXiv:1707.06347, equation 9, clipped as in its authors'
/// program: Huang et al. 2022, "The 37 implementation details of proximal policy optimization", detail 9).
/// </summary>
public static class ClippedValue
{
    /// <summary>The loss of each token.</summary>
    /// <param name="values">V of each token: [N], with gradients.</param>
    /// <param name="old">V_old, before the step: [N].</param>
    /// <param name="returns">G: [N].</param>
    /// <param name="range">ε; above 0.</param>
    public static TokenLosses Of(Tensor values, Tensor old, Tensor returns, double range)
    {
        using var scope = NewDisposeScope();
        var free = (values - returns).Squared();
        var bounded = (old.Plus((values - old).Clamped(-range, range)) - returns).Squared();
        var clipped = (bounded > free).to_type(values.dtype);
        return new(maximum(free, bounded).Over(2).MoveToOuterDisposeScope(), clipped.MoveToOuterDisposeScope());
    }

    /// <summary>
    /// Explained variance: 1 − Var(G − V) / Var(G). 1 where values say all that comes, 0 where they say no more than the mean, below where less.
    /// </summary>
    /// <param name="values">V of each token.</param>
    /// <param name="returns">G of each token; as many.</param>
    /// <returns>Null where all returns are equal: there is nothing to explain.</returns>
    public static double? Explained(IReadOnlyList<double> values, IReadOnlyList<double> returns)
    {
        var all = Variance(returns);
        return all == 0 ? null : 1 - Variance([.. returns.Zip(values, (found, expected) => found - expected)]) / all;
    }

    private static double Variance(IReadOnlyList<double> numbers)
    {
        if (!DynamicSampling.HasSpread(numbers))
        {
            return 0;
        }

        var mean = numbers.Average();
        return numbers.Average(number => (number - mean) * (number - mean));
    }
}
