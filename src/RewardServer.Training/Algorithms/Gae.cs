namespace RewardServer.Training.Algorithms;

/// <summary>
/// Generalised advantage estimation: A_t = δ_t + γ λ A_{t+1} with δ_t = r_t + γ V_{t+1} − V_t (Schulman et al. 2016, arXiv:1506.02438, equations 12
/// and 16). A completion ends with its last token, the one that was cut off, too: nothing comes after it.
/// </summary>
public static class Gae
{
    /// <summary>The advantage of each token of a completion.</summary>
    /// <param name="rewards">The reward of each token.</param>
    /// <param name="values">What was expected before each token, of it and those after it; as many.</param>
    /// <param name="gamma">γ; from 0 to 1.</param>
    /// <param name="lambda">λ: 1 is all that came less what was expected, 0 looks one token ahead; from 0 to 1.</param>
    /// <exception cref="ArgumentException">There are not as many values as rewards.</exception>
    public static double[] Of(IReadOnlyList<double> rewards, IReadOnlyList<float> values, double gamma, double lambda)
    {
        if (rewards.Count != values.Count)
        {
            throw new ArgumentException($"there are {rewards.Count} rewards, but {values.Count} values", nameof(values));
        }

        var (advantages, after) = (new double[rewards.Count], 0.0);
        for (var i = rewards.Count - 1; i >= 0; i--)
        {
            var next = i + 1 < values.Count ? values[i + 1] : 0.0;
            after = advantages[i] = rewards[i] + gamma * next - values[i] + gamma * lambda * after;
        }

        return advantages;
    }
}
