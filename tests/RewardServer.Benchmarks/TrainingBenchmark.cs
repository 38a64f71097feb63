using System.Collections.Immutable;
using System.Diagnostics;
using RewardServer.Training.Native;
using RewardServer.Training.Optimization;
using RewardServer.Training.Policies;
using RewardServer.Training.Rollouts;
using static TorchSharp.torch;

namespace RewardServer.Benchmarks;

/// <summary>Tokens a second that small policies train on and generate, on the processors of this machine.</summary>
internal static class TrainingBenchmark
{
    private const int Rounds = 5;
    private const int Length = 128;

    private static readonly (string Name, PolicyShape Shape)[] Policies =
    [
        ("0.84M", new() { VocabularySize = 64, HiddenSize = 128, Layers = 4, Heads = 4, KeyValueHeads = 4, HeadSize = 32, IntermediateSize = 360, MaxPositions = 256 }),
        ("4.8M", new() { VocabularySize = 64, HiddenSize = 256, Layers = 6, Heads = 8, KeyValueHeads = 8, HeadSize = 32, IntermediateSize = 704, MaxPositions = 256 }),
    ];

    public static void Run()
    {
        LibTorch.Load(Environment.GetEnvironmentVariable("LIBTORCH"));
        foreach (var (name, shape) in Policies)
        {
            using var policy = new Policy(shape, CPU);
            policy.Initialise(1);
            Console.WriteLine($"{name} ({shape.Parameters:N0} parameters), {Length} tokens");
            Report("trained", Rate(() => Train(policy)));
            Report("generated", Rate(() => Generate(policy)));
        }
    }

    private static void Report(string what, double[] rates) =>
        Console.WriteLine($"  {what,-10} {rates[rates.Length / 2],8:N0} tokens/s ({rates[0]:N0} to {rates[^1]:N0})");

    private static double[] Rate(Func<int> work)
    {
        work();
        return [.. Enumerable.Range(0, Rounds).Select(_ =>
        {
            var started = Stopwatch.GetTimestamp();
            var tokens = work();
            return tokens / Stopwatch.GetElapsedTime(started).TotalSeconds;
        }).Order()];
    }

    private static int Train(Policy policy)
    {
        using var optimizer = new AdamW(policy.Parameters);
        var random = new Random(1);
        TokenSequence[] sequences = [.. Enumerable.Range(0, 64).Select(_ => new TokenSequence([.. Enumerable.Range(0, Length).Select(_ => random.Next(64))], 1))];
        const int steps = 4;
        for (var step = 0; step < steps; step++)
        {
            foreach (var batch in TokenBatch.Pack(sequences, 8192))
            {
                using var scope = NewDisposeScope();
                var (logits, targets) = batch.Ask(policy);
                (-TokenBatch.LogProbabilities(logits, targets).mean()).backward();
                policy.Parameters.Gather();
            }

            optimizer.Step(1e-4, 0.01, 1);
        }

        return steps * sequences.Length * Length;
    }

    // No token ends a completion: every one has its whole length.
    private static int Generate(Policy policy)
    {
        int[][] prompts = [.. Enumerable.Range(0, 256).Select(i => new[] { i % 64, 1, 2, 3, 4, 5, 6, 7 })];
        return Generation.Generate(policy, ImmutableHashSet<int>.Empty, prompts, new() { MaxTokens = Length - 8, Seed = 1 }).Sum(rollout => rollout.Tokens.Length);
    }
}
