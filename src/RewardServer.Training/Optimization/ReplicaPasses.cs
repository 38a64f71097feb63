using RewardServer.Training.Policies;
using static TorchSharp.torch;

namespace RewardServer.Training.Optimization;

/// <summary>Passes over sequences that a policy and its copies share.</summary>
internal static class ReplicaPasses
{
    /// <summary>Passes of the gradient, which the policy has when all are done.</summary>
    /// <param name="policies">Who learns.</param>
    /// <param name="sequences">What is learned from.</param>
    /// <param name="budget">Tokens of a pass.</param>
    /// <param name="pass">Leaves the gradient of a batch with the one who computes it, gathered, and tells what was seen.</param>
    /// <returns>What was seen of each batch, in the order of the devices.</returns>
    public static IEnumerable<T> Backward<T>(this Replicas policies, IReadOnlyList<TokenSequence> sequences, int budget, Func<Policy, TokenBatch, T> pass)
    {
        var dealt = Deal([.. sequences.Select(one => one.Tokens.Length)], policies.Count);
        var seen = policies.Each((policy, replica, ended) =>
        {
            var own = new List<T>();
            foreach (var batch in TokenBatch.Pack(sequences, budget, dealt[replica]))
            {
                ended.ThrowIfCancellationRequested();
                using var scope = NewDisposeScope();
                own.Add(pass(policy, batch));
            }

            return own;
        });
        policies.Reduce();
        return seen.SelectMany(own => own);
    }

    /// <summary>One number for each token that is learned of each sequence, without gradients: <see cref="TokenBatch.Each"/>.</summary>
    public static float[][] Numbers(this Replicas policies, IReadOnlyList<TokenSequence> sequences, int budget, Func<Policy, TokenBatch, Tensor> pass)
    {
        var dealt = Deal([.. sequences.Select(one => one.Tokens.Length)], policies.Count);
        var numbers = new float[sequences.Count][];
        policies.Each((policy, replica, _) =>
        {
            var own = TokenBatch.Each([.. dealt[replica].Select(i => sequences[i])], budget, batch => pass(policy, batch));
            foreach (var (member, values) in dealt[replica].Zip(own))
            {
                numbers[member] = values;
            }

            return own.Length;
        });
        return numbers;
    }

    /// <summary>Deals things out so that all have about equally much: the largest first, each to who has least.</summary>
    /// <param name="sizes">How large each is.</param>
    /// <param name="parts">To how many they are dealt.</param>
    /// <returns>The places of those that each has, in ascending order.</returns>
    public static int[][] Deal(int[] sizes, int parts)
    {
        var dealt = Enumerable.Range(0, parts).Select(_ => new List<int>()).ToArray();
        var held = new long[parts];
        foreach (var i in Enumerable.Range(0, sizes.Length).OrderByDescending(i => sizes[i]))
        {
            var least = Array.IndexOf(held, held.Min());
            dealt[least].Add(i);
            held[least] += sizes[i];
        }

        return [.. dealt.Select(own => own.Order().ToArray())];
    }
}
