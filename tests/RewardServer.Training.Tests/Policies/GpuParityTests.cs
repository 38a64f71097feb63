using System.Collections.Immutable;
using RewardServer.Training.Optimization;
using RewardServer.Training.Policies;
using RewardServer.Training.Rollouts;
using TorchSharp;
using static TorchSharp.torch;

namespace RewardServer.Training.Tests.Policies;

/// <summary>A GPU computes what the processors do, in fp32 but for the last digits; in bf16 but for its own. Runs where there is a GPU and LIBTORCH names a PyTorch that knows it.</summary>
public sealed class GpuParityTests
{
    private static readonly PolicyShape Shape = new()
    {
        VocabularySize = 512, HiddenSize = 256, Layers = 4, Heads = 8, KeyValueHeads = 2, HeadSize = 32, IntermediateSize = 704, MaxPositions = 512, AttentionBias = true,
    };

    private static readonly TokenSequence[] Sequences = [.. Enumerable.Range(0, 24).Select(i => new TokenSequence(SmallPolicy.Tokens(40 + i, i, 512), 5))];

    [Theory]
    [InlineData("llama")]
    [InlineData("qwen2")]
    [InlineData("qwen3")]
    public void Log_probabilities_are_those_of_the_processors(string kind)
    {
        Require();
        using var here = SmallPolicy.Drawn(SmallPolicy.OfKind(kind));
        using var there = On(CUDA, here);
        using var narrow = On(CUDA, here, ScalarType.BFloat16);
        TokenSequence[] sequences = [.. Enumerable.Range(0, 20).Select(i => new TokenSequence(SmallPolicy.Tokens(10 + i, i), 2))];
        float[] Told(Policy policy) => [.. TokenBatch.Each(sequences, 256, batch => TokenBatch.LogProbabilities(batch.Ask(policy).Logits, batch.Ask(policy).Targets)).SelectMany(one => one)];
        Alike(Told(here), Told(there), 1e-4);
        // Eight binary digits.
        Alike(Told(here), Told(narrow), 0.2);
    }

    [Fact]
    public void Gradients_and_ten_steps_are_those_of_the_processors()
    {
        Require();
        using var here = Drawn();
        using var there = On(CUDA, here);
        using var hereOptimizer = new AdamW(here.Parameters);
        using var thereOptimizer = new AdamW(there.Parameters);
        for (var step = 1; step <= 10; step++)
        {
            Backward(new Replicas(here));
            Backward(new Replicas(there));
            if (step == 1)
            {
                var gradients = Numbers(here.Parameters.Gradients);
                Alike(gradients, Numbers(there.Parameters.Gradients), 1e-4 * gradients.Max(Math.Abs));
            }

            Assert.Equal(hereOptimizer.Step(1e-3, 0.01, 1), thereOptimizer.Step(1e-3, 0.01, 1), 1e-2);
        }

        // Ten steps of at most 1e-3 each.
        Alike(Numbers(here.Parameters.Masters), Numbers(there.Parameters.Masters), 1e-3);
    }

    [Fact]
    public void The_likeliest_tokens_are_those_of_the_processors()
    {
        Require();
        using var here = Drawn();
        using var there = On(CUDA, here);
        int[][] prompts = [.. Sequences.Select(sequence => sequence.Tokens[..(4 + sequence.Tokens.Length % 5)])];
        int[][] Written(Policy policy) =>
            [.. Generation.Generate(policy, ImmutableHashSet<int>.Empty, prompts, new() { MaxTokens = 64, Seed = 1, Temperature = 0 }, TestContext.Current.CancellationToken).Select(one => one.Tokens)];
        Assert.Equal(Written(here), Written(there));
    }

    [Fact]
    public void Several_GPUs_compute_the_gradients_of_one_and_draw_as_the_processors_do()
    {
        Require();
        using var alone = On(CUDA, Drawn());
        using var shared = On(CUDA, alone);
        // Where there is one, it has two copies.
        Device[] others = [.. Enumerable.Range(1, 2).Select(i => new Device(DeviceType.CUDA, i % cuda.device_count()))];
        using var replicas = new Replicas(shared, others);
        Backward(new Replicas(alone));
        Backward(replicas);
        var gradients = Numbers(alone.Parameters.Gradients);
        Alike(gradients, Numbers(shared.Parameters.Gradients), 1e-4 * gradients.Max(Math.Abs));

        using var here = On(CPU, alone);
        using var processors = new Replicas(here, CPU);
        int[][] Completions(Replicas policies) =>
            [.. policies.Generate(ImmutableHashSet<int>.Empty, [.. Sequences.Select(one => one.Tokens[..5])], new() { MaxTokens = 16, Seed = 1 }, TestContext.Current.CancellationToken).Select(one => one.Tokens)];
        Assert.Equal(Completions(processors), Completions(replicas));
    }

    private static void Require() =>
        Assert.SkipUnless(cuda.is_available(), "there is no GPU that this libtorch knows: the environment's LIBTORCH names the lib folder of a PyTorch for CUDA");

    private static Policy Drawn()
    {
        var policy = new Policy(Shape, CPU);
        policy.Initialise(1);
        return policy;
    }

    private static Policy On(Device device, Policy like, ScalarType type = ScalarType.Float32)
    {
        var made = new Policy(like.Shape, device, type);
        using var _ = no_grad();
        made.Parameters.Masters.copy_(like.Parameters.Masters);
        made.Parameters.Publish();
        return made;
    }

    private static void Backward(Replicas policies) => _ = policies.Backward(Sequences, 1024, (policy, batch) =>
    {
        var (logits, targets) = batch.Ask(policy);
        var loss = -TokenBatch.LogProbabilities(logits, targets).mean();
        loss.backward();
        policy.Parameters.Gather();
        return loss.item<float>();
    }).Count();

    private static float[] Numbers(Tensor tensor)
    {
        using var scope = NewDisposeScope();
        return tensor.cpu().data<float>().ToArray();
    }

    private static void Alike(float[] expected, float[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.InRange(expected.Zip(actual).Max(pair => Math.Abs(pair.First - pair.Second)), 0, tolerance);
    }
}
