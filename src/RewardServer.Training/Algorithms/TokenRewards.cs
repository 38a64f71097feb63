namespace RewardServer.Training.Algorithms;

/// <summary>
/// The reward of each token: what its completion earned stands at the last, and each pays β (log π_old − log π_ref) for going away from the reference
/// policy (k1; Ziegler et al. 2019, arXiv:1909.08593, equation 2; a token at a time as in InstructGPT, Ouyang et al. 2022, arXiv:2203.02155, equation 2).
/// </summary>
public static class TokenRewards
{
    /// <summary>The reward of each token.</summary>
    /// <param name="reward">What the completion earned.</param>
    /// <param name="behaviour">Log-probability of each of its tokens under the policy that wrote it; at least one.</param>
    /// <param name="reference">The same under the reference policy; null where the divergence counts nothing.</param>
    /// <param name="coefficient">β; at least 0.</param>
    /// <exception cref="ArgumentException">There are no tokens, or not as many of the reference.</exception>
    public static double[] Of(double reward, IReadOnlyList<float> behaviour, IReadOnlyList<float>? reference = null, double coefficient = 0)
    {
        if (behaviour.Count == 0 || reference is not null && reference.Count != behaviour.Count)
        {
            throw new ArgumentException($"a completion has {behaviour.Count} tokens, and {reference?.Count} of the reference", nameof(reference));
        }

        var rewards = new double[behaviour.Count];
        for (var i = 0; reference is not null && i < rewards.Length; i++)
        {
            rewards[i] = -coefficient * ((double)behaviour[i] - reference[i]);
        }

        rewards[^1] += reward;
        return rewards;
    }

    /// <summary>What each token and those after it earn, G_t = r_t + γ G_{t+1} (Sutton and Barto 2018, equation 3.9).</summary>
    /// <param name="rewards">The reward of each token.</param>
    /// <param name="gamma">γ; from 0 to 1.</param>
    public static double[] ToGo(IReadOnlyList<double> rewards, double gamma = 1)
    {
        var (returns, after) = (new double[rewards.Count], 0.0);
        for (var i = rewards.Count - 1; i >= 0; i--)
        {
            after = returns[i] = rewards[i] + gamma * after;
        }

        return returns;
    }
}
