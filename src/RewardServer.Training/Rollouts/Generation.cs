using RewardServer.Training.Policies;
using static TorchSharp.torch;

namespace RewardServer.Training.Rollouts;

/// <summary>Completions of prompts by a policy, many at once.</summary>
public static class Generation
{
    /// <summary>Writes a completion of each prompt.</summary>
    /// <param name="policy">Who writes.</param>
    /// <param name="ends">The tokens that end a completion.</param>
    /// <param name="prompts">The tokens of each prompt, at least one.</param>
    /// <param name="options">How tokens are drawn.</param>
    /// <param name="cancellation">Ends the generating.</param>
    /// <returns>A completion for each prompt, in the same order.</returns>
    /// <exception cref="ArgumentException">A prompt is empty; or the options number other than as many sequences.</exception>
    /// <exception cref="PromptLengthException">A prompt with its completion is longer than the policy can read.</exception>
    /// <exception cref="NotFiniteException">The policy gives what is no number.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public static Rollout[] Generate(
        Policy policy, IReadOnlySet<int> ends, IReadOnlyList<int[]> prompts, SamplingOptions options, CancellationToken cancellation = default)
    {
        Check(policy, prompts, options);
        if (policy.SequencesAtOnce is { } most)
        {
            options = options with { MaxSequences = most, Numbers = options.Numbers ?? [.. Enumerable.Range(0, prompts.Count)] };
        }

        var rollouts = new Rollout[prompts.Count];
        using var mode = inference_mode();
        using var sampler = new TokenSampler(options, policy.Device);
        // Those of like length together: the shorter of a batch is empty at its beginning.
        foreach (var batch in Enumerable.Range(0, prompts.Count).OrderBy(i => prompts[i].Length).Chunk(options.MaxSequences))
        {
            var written = new Batch(policy, ends, [.. batch.Select(i => prompts[i])], options, batch).Run(sampler, cancellation);
            for (var i = 0; i < batch.Length; i++)
            {
                rollouts[batch[i]] = written[i];
            }
        }

        return rollouts;
    }

    private static void Check(Policy policy, IReadOnlyList<int[]> prompts, SamplingOptions options)
    {
        if (options.Numbers is { } numbers && numbers.Count != prompts.Count)
        {
            throw new ArgumentException($"there are {prompts.Count} prompts, and {numbers.Count} numbers of sequences", nameof(options));
        }

        foreach (var prompt in prompts)
        {
            if (prompt.Length == 0)
            {
                throw new ArgumentException("a prompt has no tokens", nameof(prompts));
            }

            if (prompt.Length + options.MaxTokens > policy.Shape.MaxPositions)
            {
                throw new PromptLengthException(
                    $"a prompt of {prompt.Length} tokens with a completion of up to {options.MaxTokens} is longer than the {policy.Shape.MaxPositions} that the policy can read");
            }
        }
    }

    /// <summary>Sequences that are written together.</summary>
    private sealed class Batch(Policy policy, IReadOnlySet<int> ends, int[][] prompts, SamplingOptions options, int[] among)
    {
        // Copying what is left pays once so many have finished.
        private const int LeastLeaving = 8;

        private readonly int maxTokens = options.MaxTokens;
        private readonly List<int>[] tokens = [.. prompts.Select(_ => new List<int>(options.MaxTokens))];
        private readonly List<float>[] logProbabilities = [.. prompts.Select(_ => new List<float>(options.MaxTokens))];
        private readonly bool[] finished = new bool[prompts.Length];

        // Which sequence stands at each place of the cache.
        private int[] places = [.. Enumerable.Range(0, prompts.Length)];

        public Rollout[] Run(TokenSampler sampler, CancellationToken cancellation)
        {
            using var cache = new KeyValueCache(policy, [.. prompts.Select(prompt => prompt.Length)], prompts.Max(prompt => prompt.Length) + maxTokens);
            using var whole = NewDisposeScope();
            var next = Beginnings();
            for (var step = 0; step < maxTokens; step++)
            {
                cancellation.ThrowIfCancellationRequested();
                using var scope = NewDisposeScope();
                var hidden = policy.Hidden(next, cache);
                var (drawn, probabilities) = sampler.Draw(policy.Logits(hidden.select(1, -1)), Own(step));
                if (!Take(drawn, probabilities))
                {
                    break;
                }

                next.Dispose();
                next = Staying(drawn, cache).unsqueeze(1).MoveToOuterDisposeScope();
            }

            return [.. prompts.Select((prompt, i) => new Rollout(prompt, [.. tokens[i]], [.. logProbabilities[i]], !finished[i]))];
        }

        private double[]? Own(int token) =>
            options.Numbers is { } numbers ? OwnDraws.Of(options.Seed, places.Select(place => numbers[among[place]]), token) : null;

        private Tensor Beginnings()
        {
            var longest = prompts.Max(prompt => prompt.Length);
            var filled = new long[prompts.Length * longest];
            for (var i = 0; i < prompts.Length; i++)
            {
                var start = (i + 1) * longest - prompts[i].Length;
                for (var j = 0; j < prompts[i].Length; j++)
                {
                    filled[start + j] = prompts[i][j];
                }
            }

            return tensor(filled, [prompts.Length, longest], device: policy.Device);
        }

        // Writes down what was drawn: the one time a step that the host waits for the device. Whether any sequence goes on.
        private bool Take(Tensor drawn, Tensor probabilities)
        {
            // Tokens are below 2^24, so fp32 holds them exactly, and one copy brings both.
            using var both = stack([drawn.to(ScalarType.Float32), probabilities]).cpu();
            var values = both.data<float>();
            for (var place = 0; place < places.Length; place++)
            {
                var sequence = places[place];
                if (!finished[sequence])
                {
                    var token = (int)values[place];
                    if (!float.IsFinite(values[places.Length + place]))
                    {
                        throw NotFiniteException.Found(policy, "generating", "the probability of a token");
                    }

                    tokens[sequence].Add(token);
                    logProbabilities[sequence].Add(values[places.Length + place]);
                    finished[sequence] = ends.Contains(token);
                }
            }

            return !Array.TrueForAll(places, sequence => finished[sequence]);
        }

        // Finished sequences leave once they are enough; those from the end take their places.
        private Tensor Staying(Tensor drawn, KeyValueCache cache)
        {
            var staying = places.Count(sequence => !finished[sequence]);
            if (places.Length - staying < Math.Max(LeastLeaving, places.Length / 8))
            {
                return drawn;
            }

            var moved = new long[staying];
            var last = places.Length - 1;
            for (var place = 0; place < staying; place++)
            {
                moved[place] = place;
                if (finished[places[place]])
                {
                    while (finished[places[last]])
                    {
                        last--;
                    }

                    moved[place] = last--;
                }
            }

            places = [.. moved.Select(place => places[place])];
            cache.Keep(moved);
            return drawn.index_select(0, tensor(moved, device: policy.Device));
        }
    }
}
