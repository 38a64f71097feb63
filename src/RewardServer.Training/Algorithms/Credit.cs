namespace RewardServer.Training.Algorithms;

/// <summary>A completion with what it earned: an episode whose every token is an action.</summary>
/// <param name="Group">Which prompt it answers.</param>
/// <param name="Reward">What it earned.</param>
/// <param name="LogProbabilities">Of each of its tokens under the policy that wrote it; at least one.</param>
public sealed record Episode(int Group, double Reward, float[] LogProbabilities)
{
    /// <summary>The same under the reference policy; null where there is none.</summary>
    public float[]? Reference { get; init; }

    /// <summary>What the critic expected before each token; null where there is none.</summary>
    public float[]? Values { get; init; }
}

/// <summary>What the tokens of a step are credited with.</summary>
/// <param name="Advantages">Of each token of each completion.</param>
/// <param name="Returns">What a critic is to expect before each token; null where the algorithm has none.</param>
public sealed record TokenCredits(double[][] Advantages, double[][]? Returns = null);

/// <summary>Which token of a step is how much better than expected, as the algorithm has it.</summary>
public static class Credit
{
    /// <summary>The advantage of every token of a step.</summary>
    /// <param name="algorithm">How.</param>
    /// <param name="episodes">Every completion of the step that has a reward.</param>
    /// <param name="baseline">The baseline of <see cref="AdvantageKind.Running"/>; null for another.</param>
    /// <exception cref="ArgumentException">A reward is not finite or beyond 1e100, or what the algorithm needs is not there.</exception>
    public static TokenCredits Of(Algorithm algorithm, IReadOnlyList<Episode> episodes, double? baseline = null)
    {
        var pays = algorithm.KlCoefficient != 0 && algorithm.KlPlacement == KlPlacementKind.Reward;
        var rewards = episodes.Select(episode => TokenRewards.Of(
            episode.Reward,
            episode.LogProbabilities,
            !pays ? null : episode.Reference ?? throw new ArgumentException("there is no reference policy to pay for going away from", nameof(episodes)),
            algorithm.KlCoefficient)).ToArray();
        switch (algorithm.Advantage)
        {
            case AdvantageKind.Global:
                return new(GlobalNormalization.Of([.. rewards.Select(own => TokenRewards.ToGo(own, algorithm.Gamma))]));
            case AdvantageKind.Gae:
                var values = episodes.Select(episode => episode.Values ?? throw new ArgumentException("there is no critic", nameof(episodes))).ToArray();
                var advantages = rewards.Zip(values, (own, expected) => Gae.Of(own, expected, algorithm.Gamma, algorithm.Lambda)).ToArray();
                return new(GlobalNormalization.Of(advantages), [.. advantages.Zip(values, (own, expected) => own.Zip(expected, (one, value) => one + value).ToArray())]);
            default:
                // One advantage for all tokens of a completion.
                var whole = OfWhole(algorithm, [.. episodes.Select(episode => episode.Group)], [.. rewards.Select(own => own.Sum())], baseline);
                return new([.. rewards.Zip(whole, (own, advantage) => Enumerable.Repeat(advantage, own.Length).ToArray())]);
        }
    }

    private static double[] OfWhole(Algorithm algorithm, int[] groups, double[] rewards, double? baseline)
    {
        switch (algorithm.Advantage)
        {
            case AdvantageKind.Batch:
                return Advantages.DrGrpo(rewards);
            case AdvantageKind.Running:
                var expected = baseline ?? throw new ArgumentException("there is no running baseline", nameof(baseline));
                return [.. rewards.Select(reward => reward - expected)];
        }

        var advantages = new double[rewards.Length];
        foreach (var group in Enumerable.Range(0, rewards.Length).GroupBy(i => groups[i]))
        {
            int[] members = [.. group];
            var own = algorithm.AdvantagesOf([.. members.Select(i => rewards[i])]);
            for (var i = 0; i < members.Length; i++)
            {
                advantages[members[i]] = own[i];
            }
        }

        return advantages;
    }
}
