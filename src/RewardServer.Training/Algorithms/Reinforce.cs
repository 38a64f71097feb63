using static TorchSharp.torch;

namespace RewardServer.Training.Algorithms;

/// <summary>
/// REINFORCE: −A log π for each token (Williams 1992, Machine Learning 8, section 5, episodic REINFORCE). Right where the policy that is trained is the one that
/// wrote the tokens: one step a batch of rollouts.
/// </summary>
public static class Reinforce
{
    /// <summary>The loss of each token; nothing is clipped. Its value tells nothing but its gradient.</summary>
    /// <param name="terms">What is known of the tokens; who wrote them is not looked at.</param>
    public static TokenLosses Of(TokenTerms terms)
    {
        using var scope = NewDisposeScope();
        var values = -terms.Advantages * terms.LogProbabilities;
        return new(values.MoveToOuterDisposeScope(), zeros_like(values).MoveToOuterDisposeScope());
    }
}
