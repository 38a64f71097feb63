using RewardServer.Training.Algorithms;
using RewardServer.Training.Optimization;
using RewardServer.Training.Policies;
using RewardServer.Training.Tensors;
using static TorchSharp.torch;

namespace RewardServer.Training.Runs;

/// <summary>A better and a worse completion of one prompt.</summary>
/// <param name="Better">The one with the higher reward.</param>
/// <param name="Worse">The one with the lower.</param>
internal sealed record PreferencePair(TokenSequence Better, TokenSequence Worse)
{
    /// <summary>The tokens of both.</summary>
    public int Length => Better.Tokens.Length + Worse.Tokens.Length;
}

/// <summary>Makes pairs of graded completions, and learns from them.</summary>
internal static class PreferencePairs
{
    /// <summary>Of each group whose rewards differ, the best and the worst: the first of those with the highest reward and with the lowest.</summary>
    public static PreferencePair[] Of(IEnumerable<Group> groups) =>
    [
        .. from grp in groups
           where DynamicSampling.HasSpread(grp.Rewards)
           let rewarded = grp.Members.Where(member => member.Reward.Value is not null).ToArray()
           select new PreferencePair(rewarded.MaxBy(member => member.Reward.Value)!.Sequence, rewarded.MinBy(member => member.Reward.Value)!.Sequence),
    ];

    /// <summary>The gradient of the mean loss of some pairs, a few of them at a time.</summary>
    /// <param name="policies">Who learns.</param>
    /// <param name="pairs">The pairs; at least one.</param>
    /// <param name="budget">Tokens of a pass; both of a pair are in one pass of the gradient.</param>
    /// <param name="loss">The loss of each pair by the one who computes it, given the better and the worse of each in turn.</param>
    public static Preferred Backward(Replicas policies, PreferencePair[] pairs, int budget, Func<Policy, TokenSequence[], PairLosses> loss)
    {
        var dealt = ReplicaPasses.Deal([.. pairs.Select(pair => pair.Length)], policies.Count);
        var seen = policies.Each((policy, replica, ended) =>
        {
            double sum = 0, right = 0, margin = 0;
            foreach (var some in Parted([.. dealt[replica].Select(i => pairs[i])], budget))
            {
                ended.ThrowIfCancellationRequested();
                using var scope = NewDisposeScope();
                var losses = loss(policy, [.. some.SelectMany(pair => new[] { pair.Better, pair.Worse })]);
                var share = losses.Values.sum().Over(pairs.Length);
                policy.Backward(share);
                sum += share.item<float>();
                right += losses.Margins.IsAbove(0).sum().item<long>();
                margin += losses.Margins.sum().item<float>();
            }

            return new Preferred(sum, right, margin);
        });
        policies.Reduce();
        return new(seen.Sum(one => one.Loss), seen.Sum(one => one.Accuracy) / pairs.Length, seen.Sum(one => one.Margin) / pairs.Length);
    }

    private static IEnumerable<PreferencePair[]> Parted(PreferencePair[] pairs, int budget)
    {
        var (some, tokens) = (new List<PreferencePair>(), 0);
        foreach (var pair in pairs)
        {
            if (some.Count > 0 && tokens + pair.Length > budget)
            {
                yield return [.. some];
                (some, tokens) = ([], 0);
            }

            some.Add(pair);
            tokens += pair.Length;
        }

        if (some.Count > 0)
        {
            yield return [.. some];
        }
    }
}

/// <summary>What was seen of pairs.</summary>
/// <param name="Loss">The mean loss.</param>
/// <param name="Accuracy">The share that is told right.</param>
/// <param name="Margin">By how much the better is rewarded more, in the mean.</param>
internal sealed record Preferred(double Loss, double Accuracy, double Margin);
