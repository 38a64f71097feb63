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
/// A GPU beside the processors: the same policy must give the same logits, log-probabilities, gradients, steps and greedy tokens; then how fast it is
/// at the shapes of Qwen2.5-0.5B and 1.5B with random weights. With a checkpoint and the logits that transformers gave of it, those are compared, too.
/// </summary>
internal static class GpuBenchmark
{
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

    public static void Run(string[] arguments)
    {
        if (arguments is not [var libtorch, .. var rest])
        {
            Console.Error.WriteLine("gpu LIBTORCH [parity] [speed] [CHECKPOINT]: the lib folder of an installed PyTorch");
            return;
        }

        LibTorch.Load(libtorch, cuda: true);
        Console.WriteLine($"libtorch of {libtorch}, {cuda.device_count()} GPU(s)");
        if (rest is [] || rest.Contains("parity"))
        {
            Parity();
        }

        foreach (var checkpoint in rest.Where(Directory.Exists))
        {
            Transformers(checkpoint);
        }

        if (rest.Contains("speed"))
        {
            Speed("Qwen2.5-0.5B", Half, [64, 256, 1024]);
            Speed("Qwen2.5-1.5B", Larger, [64, 256, 1024]);
        }
    }

    private static void Parity()
    {
        using var here = new Policy(Small, CPU);
        using var there = new Policy(Small, CUDA);
        here.Initialise(1);
        there.Initialise(1);
        var random = new Random(1);
        TokenSequence[] sequences = [.. Enumerable.Range(0, 32).Select(i => new TokenSequence([.. Enumerable.Range(0, 40 + i).Select(_ => random.Next(512))], 5))];
        using (no_grad())
        {
            using var scope = NewDisposeScope();
            var batch = TokenBatch.Pack(sequences, 4096).First();
            var (one, targets) = batch.Ask(here);
            var (other, otherTargets) = batch.Ask(there);
            Difference("logits", one, other);
            Difference("log-probabilities", TokenBatch.LogProbabilities(one, targets), TokenBatch.LogProbabilities(other, otherTargets));
        }

        using var hereOptimizer = new AdamW(here.Parameters);
        using var thereOptimizer = new AdamW(there.Parameters);
        for (var step = 1; step <= 10; step++)
        {
            using var scope = NewDisposeScope();
            Backward(here, sequences);
            Backward(there, sequences);
            if (step == 1)
            {
                Difference("gradients", here.Parameters.Gradients, there.Parameters.Gradients);
            }

            hereOptimizer.Step(1e-3, 0.01, 1);
            thereOptimizer.Step(1e-3, 0.01, 1);
        }

        Difference("parameters after ten steps", here.Parameters.Masters, there.Parameters.Masters);
        int[][] prompts = [.. sequences.Select(sequence => sequence.Tokens[..(4 + (sequence.Tokens.Length % 5))])];
        var options = new SamplingOptions { MaxTokens = 64, Seed = 1, Temperature = 0 };
        var same = Generation.Generate(here, ImmutableHashSet<int>.Empty, prompts, options).Zip(Generation.Generate(there, ImmutableHashSet<int>.Empty, prompts, options)).Sum(pair => pair.First.Tokens.Zip(pair.Second.Tokens).TakeWhile(tokens => tokens.First == tokens.Second).Count());
        Console.WriteLine($"  greedy tokens: {same} of {64 * prompts.Length} alike");
        using var narrow = new Policy(Small, CUDA, ScalarType.BFloat16);
        narrow.Initialise(1);
        using var wide = new Policy(Small, CUDA);
        wide.Initialise(1);
        using var last = NewDisposeScope();
        using var _ = no_grad();
        var asked = TokenBatch.Pack(sequences, 4096).First();
        Difference("log-probabilities in bf16", TokenBatch.LogProbabilities(asked.Ask(wide).Logits, asked.Ask(wide).Targets), TokenBatch.LogProbabilities(asked.Ask(narrow).Logits, asked.Ask(narrow).Targets));
    }

    private static void Backward(Policy policy, TokenSequence[] sequences)
    {
        foreach (var batch in TokenBatch.Pack(sequences, 4096))
        {
            using var scope = NewDisposeScope();
            var (logits, targets) = batch.Ask(policy);
            (TokenBatch.LogProbabilities(logits, targets).sum() / -1000).backward();
            policy.Parameters.Gather();
        }
    }

    private static void Transformers(string checkpoint)
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
            Difference($"logits of transformers, {device}", expected, logits);
        }
    }

    private static void Difference(string what, Tensor one, Tensor other)
    {
        using var scope = NewDisposeScope();
        var difference = (one.cpu() - other.cpu()).abs();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {what}: largest difference {difference.max().item<float>():E2}, mean {difference.mean().item<float>():E2}, of values up to {one.abs().max().item<float>():G4}"));
    }

    private static void Speed(string name, PolicyShape shape, int[] batches)
    {
        using var policy = new Policy(shape, CUDA, ScalarType.BFloat16);
        policy.Initialise(1);
        Console.WriteLine($"{name}: {shape.Parameters:N0} parameters, bf16");
        foreach (var batch in batches)
        {
            int[][] prompts = [.. Enumerable.Range(0, batch).Select(i => Enumerable.Range(0, 128).Select(j => (i * 131 + j * 7) % 150_000).ToArray())];
            var options = new SamplingOptions { MaxTokens = 128, Seed = 1 };
            // As a run on a GPU does it.
            policy.SequencesAtOnce = batch;
            Generation.Generate(policy, ImmutableHashSet<int>.Empty, prompts[..Math.Min(batch, 16)], options with { MaxTokens = 4 });
            var started = Stopwatch.GetTimestamp();
            var tokens = Generation.Generate(policy, ImmutableHashSet<int>.Empty, prompts, options).Sum(rollout => rollout.Tokens.Length);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  generated, {batch} at once: {tokens / Stopwatch.GetElapsedTime(started).TotalSeconds:F0} tokens/s"));
        }

        Train(policy, "");
        policy.GradientCheckpointing = true;
        Train(policy, ", gradient checkpointing");
    }

    private static void Train(Policy policy, string how)
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
            foreach (var batch in TokenBatch.Pack(texts, 4 * length))
            {
                using var scope = NewDisposeScope();
                policy.Backward(batch.LogProbabilitiesOf(policy).sum() / (-sequences * length));
            }

            optimizer.Step(1e-5, 0.01, 1);
            rates.Add(sequences * length / Stopwatch.GetElapsedTime(started).TotalSeconds);
        }

        var rate = rates.Skip(1).Order().ElementAt(1);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  trained, {sequences} of {length} tokens a step, 4 a pass{how}: {rate:F0} tokens/s, {6e-12 * policy.Shape.Parameters * rate:F0} TFLOP/s"));
    }
}
