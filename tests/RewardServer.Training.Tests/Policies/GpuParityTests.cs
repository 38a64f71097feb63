using System.Collections.Immutable;
using RewardServer.Training.Native;
using RewardServer.Training.Optimization;
using RewardServer.Training.Policies;
using RewardServer.Training.Rollouts;
using RewardServer.Training.Runs;
using TorchSharp;
using static TorchSharp.torch;

namespace RewardServer.Training.Tests.Policies;

/// <summary>A GPU computes what the processors do, in fp32 but for the last digits; in bf16 but for its own. Runs where there is a GPU and a libtorch that knows it: the build's, or the one that LIBTORCH names.</summary>
public sealed class GpuParityTests
{
    private const int Budget = 1024;

    private static readonly PolicyShape Shape = new()
    {
        VocabularySize = 512, HiddenSize = 256, Layers = 4, Heads = 8, KeyValueHeads = 2, HeadSize = 32, IntermediateSize = 704, MaxPositions = 512, AttentionBias = true,
    };

    private static readonly TokenSequence[] Sequences = [.. Enumerable.Range(0, 24).Select(i => new TokenSequence(SmallPolicy.Tokens(40 + i, i, 512), 5))];

    [Theory]
    [InlineData("llama")]
    [InlineData("qwen2")]
    [InlineData("qwen3")]
    [InlineData("untied")]
    public void Logits_and_log_probabilities_are_those_of_the_processors(string kind)
    {
        Require();
        using var here = SmallPolicy.Drawn(SmallPolicy.OfKind(kind));
        using var there = On(CUDA, here);
        using var narrow = On(CUDA, here, ScalarType.BFloat16);
        TokenSequence[] sequences = [.. Enumerable.Range(0, 20).Select(i => new TokenSequence(SmallPolicy.Tokens(10 + i, i), 2))];
        float[] Logits(Policy policy)
        {
            using var _ = no_grad();
            using var scope = NewDisposeScope();
            return Numbers(TokenBatch.Pack(sequences, 1024).Single().Ask(policy).Logits);
        }

        float[] Told(Policy policy) => [.. TokenBatch.Each(sequences, 256, batch => batch.LogProbabilitiesOf(policy)).SelectMany(one => one)];
        Alike(Logits(here), Logits(there), 1e-4);
        Alike(Told(here), Told(there), 1e-4);
        // Eight binary digits.
        Alike(Logits(here), Logits(narrow), 0.2);
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
            Assert.Equal(Backward(here), Backward(there), 1e-3);
            if (step == 1)
            {
                HaveEqualGradients(here, there);
            }

            Assert.Equal(hereOptimizer.Step(1e-3, 0.01, 1), thereOptimizer.Step(1e-3, 0.01, 1), 1e-2);
        }

        // Ten steps of at most 1e-3 each.
        Alike(Numbers(here.Parameters.Masters), Numbers(there.Parameters.Masters), 1e-3);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Layers_and_logits_that_are_computed_again_give_the_gradients_of_a_plain_pass_of_the_processors(bool checkpointing)
    {
        Require();
        using var here = Drawn();
        using var there = On(CUDA, here);
        there.GradientCheckpointing = checkpointing;
        // A pass has some hundreds of tokens.
        there.TokensAtOnce = 100;
        Assert.Equal(Backward(here), Backward(there), 1e-4);
        HaveEqualGradients(here, there);
    }

    [Theory]
    [InlineData(ScalarType.Float32, 1e-3)]
    [InlineData(ScalarType.BFloat16, 0.05)]
    public void Masters_that_the_processors_keep_are_after_three_steps_those_that_the_GPU_keeps(ScalarType type, double tolerance)
    {
        Require();
        using var drawn = Drawn();
        using var plain = On(CUDA, drawn, type);
        using var offloaded = On(CUDA, drawn, type, offload: true);
        Assert.Equal((DeviceType.CPU, drawn.Parameters.Masters.numel()), (offloaded.Parameters.Masters.device_type, offloaded.Parameters.Masters.numel()));
        var (begun, expected, actual) = (Numbers(drawn.Parameters.Masters), Stepped(plain), Stepped(offloaded));
        // How far they are apart, as a share of how far they have come.
        Assert.InRange(Distance(expected, actual), 0, tolerance * Distance(begun, expected));
        Assert.True(Distance(begun, expected) > 0.1);
        // And what computes has followed.
        Assert.Equal(Backward(plain), Backward(offloaded), 1e-2 * tolerance);
    }

    [Fact]
    public void Gradients_of_adapters_are_those_of_the_processors()
    {
        Require();
        using var whole = Drawn();
        using var here = SmallLora.Drawn(whole, SmallLora.Some);
        using var there = SmallLora.Drawn(whole, SmallLora.Some, device: CUDA);
        Assert.Equal(here.Lora, there.Lora);
        Assert.Equal(Backward(here), Backward(there), 1e-4);
        HaveEqualGradients(here, there);
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
        using var drawn = Drawn();
        using var alone = On(CUDA, drawn);
        using var shared = On(CUDA, drawn);
        // Where there is one, it has two copies.
        Device[] others = [.. Enumerable.Range(1, 2).Select(i => new Device(DeviceType.CUDA, i % cuda.device_count()))];
        using var replicas = new Replicas(shared, others);
        Assert.Equal(Backward(alone), MeanLoss.Backward(replicas, Sequences, Budget), 1e-4);
        HaveEqualGradients(alone, shared);

        using var processors = new Replicas(drawn, CPU);
        int[][] Completions(Replicas policies) =>
            [.. policies.Generate(ImmutableHashSet<int>.Empty, [.. Sequences.Select(one => one.Tokens[..5])], new() { MaxTokens = 16, Seed = 1 }, TestContext.Current.CancellationToken).Select(one => one.Tokens)];
        Assert.Equal(Completions(processors), Completions(replicas));
    }

    [Fact]
    public void The_memory_that_a_GPU_has_free_is_told()
    {
        Require();
        Assert.InRange(CudaMemory.Free(0) ?? 0, 1, 1_000_000_000_000);
    }

    private static void Require() =>
        Assert.SkipUnless(cuda.is_available(), "there is no GPU that this libtorch knows: the environment's LIBTORCH names the lib folder of a PyTorch for CUDA, or a build with -p:Torch=cuda has one");

    private static Policy Drawn()
    {
        var policy = new Policy(Shape, CPU);
        policy.Initialise(1);
        return policy;
    }

    private static Policy On(Device device, Policy like, ScalarType type = ScalarType.Float32, bool offload = false)
    {
        var made = new Policy(like.Shape, device, type, offload);
        using var _ = no_grad();
        made.Parameters.Masters.copy_(like.Parameters.Masters);
        made.Parameters.Publish();
        return made;
    }

    private static double Backward(Policy policy)
    {
        using var alone = new Replicas(policy);
        return MeanLoss.Backward(alone, Sequences, Budget);
    }

    private static float[] Stepped(Policy policy)
    {
        // Beside so much, what rounding makes of a gradient that is next to nothing moves nothing.
        using var optimizer = new AdamW(policy.Parameters, epsilon: 1e-3);
        for (var step = 0; step < 3; step++)
        {
            Backward(policy);
            Assert.True(double.IsFinite(optimizer.Step(1e-2, 0.01, 1)));
        }

        return Numbers(policy.Parameters.Masters);
    }

    private static void HaveEqualGradients(Policy expected, Policy actual)
    {
        var gradients = Numbers(expected.Parameters.Gradients);
        Assert.Contains(gradients, one => one != 0);
        Alike(gradients, Numbers(actual.Parameters.Gradients), 1e-4 * gradients.Max(Math.Abs));
    }

    private static float[] Numbers(Tensor tensor)
    {
        using var scope = NewDisposeScope();
        return tensor.cpu().data<float>().ToArray();
    }

    private static double Distance(float[] one, float[] other) => Math.Sqrt(one.Zip(other).Sum(pair => Math.Pow(pair.First - pair.Second, 2)));

    private static void Alike(float[] expected, float[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.InRange(expected.Zip(actual).Max(pair => Math.Abs(pair.First - pair.Second)), 0, tolerance);
    }
}
