using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using RewardServer.Training.Checkpoints;
using RewardServer.Training.Native;
using RewardServer.Training.Optimization;
using RewardServer.Training.Policies;
using RewardServer.Training.Rollouts;
using static TorchSharp.torch;

namespace RewardServer.Benchmarks;

/// <summary>
/// A GPU beside the processors: the same policy must give the same logits, log-probabilities, gradients, steps and greedy tokens, and with a checkpoint
/// those logits that transformers gave of it; or how fast it is at the shapes of Qwen2.5-0.5B and 1.5B with random weights. See gpu/run.
/// </summary>
internal static class GpuBenchmark
{
    // About ten times the differences that an H100 showed (docs/training.md), and nowhere more than GpuParityTests allow.
    private const double OfLogits = 2e-5;
    private const double OfLogProbabilities = 1e-5;
    private const double OfTransformers = 1e-4;
    private const double OfParameters = 4e-4;
    private const double OfNarrow = 0.1;

    // Of the largest gradient.
    private const double OfGradients = 2e-5;

    private static readonly PolicyShape Small = new()
    {
        VocabularySize = 512, HiddenSize = 256, Layers = 6, Heads = 8, KeyValueHeads = 2, HeadSize = 32, IntermediateSize = 704, MaxPositions = 512, AttentionBias = true,
    };

    private static readonly PolicyShape Half = new()
    {
        VocabularySize = 151_936, HiddenSize = 896, Layers = 24, Heads = 14, KeyValueHeads = 2, HeadSize = 64, IntermediateSize = 4864, MaxPositions = 4096, AttentionBias = true, RopeTheta = 1e6,
    };

    private static readonly PolicyShape Larger = new()
    {
        VocabularySize = 151_936, HiddenSize = 1536, Layers = 28, Heads = 12, KeyValueHeads = 2, HeadSize = 128, IntermediateSize = 8960, MaxPositions = 4096, AttentionBias = true, RopeTheta = 1e6,
    };

    private static readonly Dictionary<string, PolicyShape> Shapes = new() { ["Qwen2.5-0.5B"] = Half, ["Qwen2.5-1.5B"] = Larger };

    /// <returns>The exit code: 0 where every difference is within its tolerance.</returns>
    public static int Run(string[] arguments)
    {
        switch (arguments)
        {
            case [var libtorch, "parity", .. var checkpoints] when checkpoints.Length < 2 && checkpoints.All(Directory.Exists):
                Load(libtorch);
                var found = new Differences();
                Parity(found);
                foreach (var checkpoint in checkpoints)
                {
                    Transformers(checkpoint, found);
                }

                return found.AreWithin ? 0 : 1;
            case [var libtorch, "speed", var name, var what] when Shapes.TryGetValue(name, out var shape) && what is "generated" or "trained" or "checkpointed":
                Load(libtorch);
                Speed(name, shape, what);
                return 0;
            default:
                Console.Error.WriteLine($"""
                    gpu LIBTORCH parity [CHECKPOINT]: what compare.py made
                    gpu LIBTORCH speed SHAPE generated, trained or checkpointed: SHAPE is one of {string.Join(", ", Shapes.Keys)}
                    """);
                return 2;
        }
    }

    private static void Load(string libtorch)
    {
        LibTorch.Load(libtorch, cuda: true);
        Console.WriteLine($"libtorch of {libtorch}, {cuda.device_count()} GPU(s)");
    }

    private static void Parity(Differences found)
    {
        using var here = new Policy(Small, CPU);
        using var there = new Policy(Small, CUDA);
        here.Initialise(1);
        there.Initialise(1);
        var random = new Random(1);
        TokenSequence[] sequences = [.. Enumerable.Range(0, 32).Select(i => new TokenSequence([.. Enumerable.Range(0, 40 + i).Select(_ => random.Next(512))], 5))];
        var asked = TokenBatch.Pack(sequences, 4096).First();
        using (no_grad())
        {
            using var scope = NewDisposeScope();
            found.Of("logits", asked.Ask(here).Logits, asked.Ask(there).Logits, OfLogits);
            var wide = asked.LogProbabilitiesOf(there);
            found.Of("log-probabilities", asked.LogProbabilitiesOf(here), wide, OfLogProbabilities);
            using var narrow = new Policy(Small, CUDA, ScalarType.BFloat16);
            narrow.Initialise(1);
            found.Of("log-probabilities in bf16", wide, asked.LogProbabilitiesOf(narrow), OfNarrow);
        }

        Steps(here, there, sequences, found);
        int[][] prompts = [.. sequences.Select(sequence => sequence.Tokens[..(4 + (sequence.Tokens.Length % 5))])];
        Rollout[] Greedy(Policy policy) => Generation.Generate(policy, ImmutableHashSet<int>.Empty, prompts, new() { MaxTokens = 64, Seed = 1, Temperature = 0 });
        found.Alike("greedy tokens", [.. Greedy(here).SelectMany(one => one.Tokens)], [.. Greedy(there).SelectMany(one => one.Tokens)]);
    }

    private static void Steps(Policy here, Policy there, TokenSequence[] sequences, Differences found)
    {
        using var hereOptimizer = new AdamW(here.Parameters);
        using var thereOptimizer = new AdamW(there.Parameters);
        for (var step = 1; step <= 10; step++)
        {
            Backward(here, sequences, 1000, 4096);
            Backward(there, sequences, 1000, 4096);
            if (step == 1)
            {
                using var scope = NewDisposeScope();
                found.Of("gradients", here.Parameters.Gradients, there.Parameters.Gradients, OfGradients * here.Parameters.Gradients.abs().max().item<float>());
            }

            hereOptimizer.Step(1e-3, 0.01, 1);
            thereOptimizer.Step(1e-3, 0.01, 1);
        }

        found.Of("parameters after ten steps", here.Parameters.Masters, there.Parameters.Masters, OfParameters);
    }

    private static void Backward(Policy policy, TokenSequence[] sequences, double over, int budget)
    {
        foreach (var batch in TokenBatch.Pack(sequences, budget))
        {
            using var scope = NewDisposeScope();
            policy.Backward(batch.LogProbabilitiesOf(policy).sum() / -over);
        }
    }

    private static void Transformers(string checkpoint, Differences found)
    {
        using var reference = SafeTensors.Open(Path.Combine(checkpoint, "reference.safetensors"));
        var tokens = File.ReadAllText(Path.Combine(checkpoint, "tokens.txt")).Split(' ').Select(token => long.Parse(token, CultureInfo.InvariantCulture)).ToArray();
        foreach (var device in new[] { CPU, CUDA })
        {
            using var policy = Checkpoint.Read(checkpoint, device);
            using var _ = no_grad();
            using var scope = NewDisposeScope();
            var logits = policy.Logits(policy.Hidden(tensor(tokens, [1, tokens.Length], device: device))).squeeze(0);
            var expected = zeros(logits.shape);
            reference.Read("logits", expected);
            found.Of($"logits of transformers, {device}", expected, logits, OfTransformers);
        }
    }

    private static void Speed(string name, PolicyShape shape, string what)
    {
        // Makes the context of the device, which is no part of what a policy takes.
        zeros(1, device: CUDA).Dispose();
        var free = CudaMemory.Free(0);
        using var policy = new Policy(shape, CUDA, ScalarType.BFloat16) { GradientCheckpointing = what == "checkpointed" };
        using (no_grad())
        {
            // Drawn there: a processor would take longer to draw so many numbers than a row takes.
            policy.Parameters.Masters.normal_(0, 0.02);
            policy.Parameters.Publish();
        }

        void Row(string row, double rate, double flops)
        {
            // What libtorch has once taken it keeps, so that this is the most.
            var memory = (free - CudaMemory.Free(0)) ?? double.NaN;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name} | {row} | ours | {rate:F0} tokens/s | {flops * shape.Parameters * rate / 1e12:F1} TFLOP/s | {memory / 1e9:F1} GB"));
        }

        if (what != "generated")
        {
            Row(what == "trained" ? "trained" : "trained, gradient checkpointing", Trained(policy), 6);
            return;
        }

        // The memory of a larger batch hides that of a smaller.
        foreach (var batch in new[] { 64, 256, 1024 })
        {
            Row($"generated, {batch} at once", Generated(policy, batch), 2);
        }
    }

    private static double Generated(Policy policy, int batch)
    {
        int[][] prompts = [.. Enumerable.Range(0, batch).Select(i => Enumerable.Range(0, 128).Select(j => (i * 131 + j * 7) % 150_000).ToArray())];
        var options = new SamplingOptions { MaxTokens = 128, Seed = 1 };
        // As a run on a GPU does it.
        policy.SequencesAtOnce = batch;
        Generation.Generate(policy, ImmutableHashSet<int>.Empty, prompts[..Math.Min(batch, 16)], options with { MaxTokens = 4 });
        var started = Stopwatch.GetTimestamp();
        var tokens = Generation.Generate(policy, ImmutableHashSet<int>.Empty, prompts, options).Sum(rollout => rollout.Tokens.Length);
        return tokens / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    // The median of three steps of the optimizer on 16 texts, 4 a pass; the first warms up.
    private static double Trained(Policy policy)
    {
        const int length = 1024;
        const int sequences = 16;
        using var optimizer = new AdamW(policy.Parameters);
        var random = new Random(1);
        TokenSequence[] texts = [.. Enumerable.Range(0, sequences).Select(_ => new TokenSequence([.. Enumerable.Range(0, length).Select(_ => random.Next(150_000))], 1))];
        var rates = new List<double>();
        for (var round = 0; round < 4; round++)
        {
            var started = Stopwatch.GetTimestamp();
            Backward(policy, texts, sequences * length, 4 * length);
            optimizer.Step(1e-5, 0.01, 1);
            cuda.synchronize();
            rates.Add(sequences * length / Stopwatch.GetElapsedTime(started).TotalSeconds);
        }

        return rates.Skip(1).Order().ElementAt(1);
    }

    /// <summary>Differences that are told, each with its tolerance.</summary>
    private sealed class Differences
    {
        public bool AreWithin { get; private set; } = true;

        public void Of(string what, Tensor one, Tensor other, double tolerance)
        {
            using var scope = NewDisposeScope();
            var difference = (one.cpu() - other.cpu()).abs();
            var largest = difference.max().item<float>();
            // What is no number is not within.
            Say(largest <= tolerance, string.Create(CultureInfo.InvariantCulture, $"{what}: largest difference {largest:0.0E-0} (tolerance {tolerance:0.0E-0}), mean {difference.mean().item<float>():0.0E-0}, of values up to {one.abs().max().item<float>():G4}"));
        }

        public void Alike(string what, int[] one, int[] other) =>
            Say(one.SequenceEqual(other), $"{what}: {one.Zip(other).Count(pair => pair.First == pair.Second)} of {one.Length} alike (tolerance: none differs)");

        private void Say(bool within, string text)
        {
            AreWithin &= within;
            Console.WriteLine($"  {text}{(within ? "" : ": FAILED")}");
        }
    }
}
