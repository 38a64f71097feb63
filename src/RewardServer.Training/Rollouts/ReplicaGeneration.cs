using RewardServer.Training.Policies;

namespace RewardServer.Training.Rollouts;

/// <summary>Completions of prompts by a policy and its copies.</summary>
public static class ReplicaGeneration
{
    /// <summary>
    /// Writes a completion of each prompt, as <see cref="Generation"/> does. With copies the prompts are dealt out, and every sequence draws from numbers of its
    /// own: completions do not depend on how many devices write, but are others than those that a policy without copies draws.
    /// </summary>
    /// <inheritdoc cref="Generation.Generate(Policy, IReadOnlySet{int}, IReadOnlyList{int[]}, SamplingOptions, CancellationToken)"/>
    public static Rollout[] Generate(
        this Replicas policies, IReadOnlySet<int> ends, IReadOnlyList<int[]> prompts, SamplingOptions options, CancellationToken cancellation = default)
    {
        if (policies.Count == 1)
        {
            return Generation.Generate(policies.Policy, ends, prompts, options, cancellation);
        }

        // Those of like length go to one device, where they stand in one batch.
        int[] ordered = [.. Enumerable.Range(0, prompts.Count).OrderBy(i => prompts[i].Length)];
        var rollouts = new Rollout[prompts.Count];
        policies.Each(
            (policy, replica, ended) =>
            {
                var own = ordered[(prompts.Count * replica / policies.Count)..(prompts.Count * (replica + 1) / policies.Count)];
                var written = Generation.Generate(policy, ends, [.. own.Select(i => prompts[i])], options with { Numbers = own }, ended);
                for (var i = 0; i < own.Length; i++)
                {
                    rollouts[own[i]] = written[i];
                }

                return own.Length;
            },
            cancellation);
        return rollouts;
    }
}
