using RewardServer.Training.Optimization;
using RewardServer.Training.Policies;
using RewardServer.Training.Rollouts;
using RewardServer.Training.Runs;
using RewardServer.Training.Tensors;
using static TorchSharp.torch;

namespace RewardServer.Training.Tests.Policies;

/// <summary>Low-rank adapters beside a policy whose weights are what weights and adapters come to.</summary>
public sealed class LoraTests
{
    private static readonly TokenSequence[] Sequences = [.. Enumerable.Range(0, 4).Select(i => new TokenSequence(SmallPolicy.Tokens(8 + 3 * i, i), 2))];

    [Theory]
    [MemberData(nameof(SmallPolicy.Kinds), MemberType = typeof(SmallPolicy))]
    public void Logits_are_those_of_the_weights_that_adapters_make(string kind)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        using var whole = SmallPolicy.Drawn(SmallPolicy.OfKind(kind));
        foreach (var lora in new[] { SmallLora.All, SmallLora.Some, SmallLora.All with { Targets = ["o_proj"] } })
        {
            using var adapted = SmallLora.Drawn(whole, lora);
            using var merged = SmallLora.Merged(whole, adapted);
            var (own, same, before) = (Logits(adapted), Logits(merged), Logits(whole));
            Close(same, own, 2e-4);
            Assert.True((before - own).abs().max().item<float>() > 0.05);
            // What is written for others to read.
            foreach (var weight in whole.Shape.Layout())
            {
                Close(merged.Parameters.Master(weight.Name), adapted.Merged(weight.Name), 1e-6);
            }
        }
    }

    [Fact]
    public void Gradients_are_those_of_the_weights_by_the_chain_rule()
    {
        foreach (var lora in new[] { SmallLora.All, SmallLora.Some })
        {
            using var scope = NewDisposeScope();
            using var whole = SmallPolicy.Drawn(SmallPolicy.OfKind("qwen2"));
            using var adapted = SmallLora.Drawn(whole, lora);
            using var merged = SmallLora.Merged(whole, adapted);
            Assert.Equal(Backward(merged), Backward(adapted), 1e-5);
            foreach (var module in SmallLora.Modules(adapted))
            {
                // y = (W + s B A) x, and G is the gradient of what stands in brackets: that of B is s G A^T, that of A is s B^T G.
                var gradient = merged.Parameters.Gradient(module + ".weight");
                var (a, b) = (adapted.Parameters.Master(module + ".lora_A.weight"), adapted.Parameters.Master(module + ".lora_B.weight"));
                Close(gradient.matmul(a.t()).Times(lora.Alpha / lora.Rank), adapted.Parameters.Gradient(module + ".lora_B.weight"), 1e-5);
                Close(b.t().matmul(gradient).Times(lora.Alpha / lora.Rank), adapted.Parameters.Gradient(module + ".lora_A.weight"), 1e-5);
            }

            Assert.True(adapted.Parameters.Gradients.abs().max().item<float>() > 1e-3);
        }
    }

    [Fact]
    public void At_first_they_add_nothing_and_A_is_drawn_from_the_seed()
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        using var whole = SmallPolicy.Drawn(SmallPolicy.Shape);
        using var adapted = SmallLora.Fresh(whole, SmallLora.All);
        using var again = SmallLora.Fresh(whole, SmallLora.All);
        Close(Logits(whole), Logits(adapted), 0);
        Assert.Equal(Numbers(adapted.Parameters.Masters), Numbers(again.Parameters.Masters));
        var a = adapted.Parameters.Master("model.layers.1.self_attn.o_proj.lora_A.weight");
        // Evenly between minus and plus the inverse root of 32 inputs, whose deviation is that over the root of 3.
        Assert.InRange(a.abs().max().item<float>(), 0.8 / Math.Sqrt(32), 1 / Math.Sqrt(32));
        Assert.InRange(a.std().item<float>(), 0.8 / Math.Sqrt(96), 1.2 / Math.Sqrt(96));
        Assert.Equal(0, adapted.Parameters.Master("model.layers.1.self_attn.o_proj.lora_B.weight").abs().max().item<float>());
    }

    [Fact]
    public void Steps_change_adapters_alone_which_alone_have_an_optimizers_state()
    {
        using var scope = NewDisposeScope();
        using var whole = SmallPolicy.Drawn(SmallPolicy.OfKind("qwen2"));
        using var adapted = SmallLora.Fresh(whole, SmallLora.Some);
        using var optimizer = new AdamW(adapted.Parameters);
        // A layer's A read 32 numbers, of down_proj 48; its B write 32 (q), 16 (v), twice 48 (gate, up) and 32 (down).
        Assert.Equal(3 * 3 * (4 * 32 + 48 + 32 + 16 + 2 * 48 + 32), adapted.Parameters.Masters.numel());
        Assert.Equal(adapted.Parameters.Masters.numel(), optimizer.Means.numel());
        Assert.Equal(adapted.Parameters.Masters.numel(), adapted.Parameters.Gradients.numel());

        using var off = adapted.WithoutAdapters();
        var (weights, before, first) = (SmallLora.Weights(adapted), Log(adapted), Backward(adapted));
        var loss = first;
        for (var step = 0; step < 30; step++)
        {
            optimizer.Step(1e-2, 0, 1);
            loss = Backward(adapted);
        }

        Assert.True(loss < first / 2, $"the loss went from {first} to {loss}");
        Assert.Equal(weights, SmallLora.Weights(adapted));
        // With its adapters off it is what it was, to the last bit, and has nothing of its own.
        Assert.Equal(before, Log(off));
        Assert.NotEqual(before, Log(adapted));
        Assert.Equal(0, off.Parameters.Masters.numel());
    }

    [Fact]
    public void In_bf16_weights_are_in_bf16_alone_and_adapters_have_masters()
    {
        using var scope = NewDisposeScope();
        using var whole = SmallPolicy.Drawn(SmallPolicy.Shape);
        using var wide = SmallLora.Drawn(whole, SmallLora.All);
        using var adapted = SmallLora.Drawn(whole, SmallLora.All, ScalarType.BFloat16);
        Assert.Equal(ScalarType.BFloat16, adapted.Place("model.layers.0.mlp.up_proj.weight").dtype);
        Assert.Equal(ScalarType.Float32, adapted.Parameters.Masters.dtype);
        Close(Logits(wide), Logits(adapted), 0.3);
        Backward(wide);
        Backward(adapted);
        var (gradients, rounded) = (wide.Parameters.Gradients, adapted.Parameters.Gradients);
        Assert.True((gradients - rounded).norm().item<float>() < 0.1 * gradients.norm().item<float>());
    }

    [Fact]
    public void Completions_are_written_with_them()
    {
        using var whole = SmallPolicy.Drawn(SmallPolicy.OfKind("qwen3"));
        using var adapted = SmallLora.Drawn(whole, SmallLora.All);
        using var merged = SmallLora.Merged(whole, adapted);
        int[][] prompts = [.. Enumerable.Range(0, 5).Select(i => SmallPolicy.Tokens(3 + i, i))];
        var options = new SamplingOptions { MaxTokens = 20, Seed = 4, Temperature = 1 };
        var written = Generation.Generate(adapted, new HashSet<int> { 0 }, prompts, options, TestContext.Current.CancellationToken);
        TokenSequence[] sequences = [.. written.Select(rollout => new TokenSequence([.. rollout.Prompt, .. rollout.Tokens], rollout.Prompt.Length))];
        foreach (var policy in new[] { adapted, merged })
        {
            Assert.All(written.Zip(Log(policy, sequences)), pair => Assert.All(pair.First.LogProbabilities.Zip(pair.Second), two => Assert.Equal(two.First, two.Second, 5e-4)));
        }
    }

    [Fact]
    public void Layers_that_are_computed_again_give_the_same_gradients()
    {
        using var whole = SmallPolicy.Drawn(SmallPolicy.Shape);
        using var adapted = SmallLora.Drawn(whole, SmallLora.Some);
        using var sparing = SmallLora.Drawn(whole, SmallLora.Some);
        sparing.GradientCheckpointing = true;
        sparing.TokensAtOnce = 5;
        Assert.Equal(Backward(adapted), Backward(sparing), 1e-5);
        Close(adapted.Parameters.Gradients, sparing.Parameters.Gradients, 1e-5);
    }

    [Fact]
    public void Copies_learn_adapters_together_and_have_them_off_where_they_are()
    {
        using var whole = SmallPolicy.Drawn(SmallPolicy.Shape);
        using var alone = SmallLora.Drawn(whole, SmallLora.All);
        using var adapted = SmallLora.Drawn(whole, SmallLora.All);
        using var replicas = new Replicas(adapted, CPU, CPU);
        Assert.Equal(Backward(alone), MeanLoss.Backward(replicas, Sequences, 64), 1e-5);
        Close(alone.Parameters.Gradients, adapted.Parameters.Gradients, 1e-5);
        using var off = replicas.WithoutAdapters();
        using var first = off.Policy;
        var numbers = off.Numbers(Sequences, 64, (policy, batch) => batch.LogProbabilitiesOf(policy));
        Assert.All(Log(whole).Zip(numbers), pair => Assert.All(pair.First.Zip(pair.Second), two => Assert.Equal(two.First, two.Second, 1e-4)));
    }

    [Fact]
    public void Adapters_whose_masters_are_kept_by_the_CPU_learn_as_others()
    {
        using var whole = SmallPolicy.Drawn(SmallPolicy.Shape);
        using var adapted = SmallLora.Fresh(whole, SmallLora.All);
        using var apart = SmallLora.Fresh(whole, SmallLora.All, offload: true);
        foreach (var policy in new[] { adapted, apart })
        {
            using var optimizer = new AdamW(policy.Parameters);
            Backward(policy);
            optimizer.Step(1e-2, 0, 1);
        }

        Assert.Equal(Numbers(adapted.Parameters.Masters), Numbers(apart.Parameters.Masters));
        Assert.Equal(Log(adapted), Log(apart));
    }

    [Fact]
    public void A_critic_has_adapters_of_its_own_on_the_same_weights()
    {
        using var whole = SmallPolicy.Drawn(SmallPolicy.OfKind("untied"));
        using var adapted = SmallLora.Fresh(whole, SmallLora.All);
        using var learners = new Replicas(adapted);
        using var critic = new Critic(learners, range: 10);
        double[][] returns = [.. Sequences.Select((one, i) => Enumerable.Range(0, one.Learned).Select(at => i % 2 == 0 ? 1.0 : at / 10.0).ToArray())];
        var (weights, adapters, before) = (SmallLora.Weights(adapted), Numbers(adapted.Parameters.Masters), Log(adapted));
        double first = 0, last = 0;
        for (var update = 0; update < 60; update++)
        {
            last = critic.Learn(Sequences, critic.Values(Sequences, 64), returns, 64, 1e-2, 1);
            first = update == 0 ? last : first;
        }

        Assert.True(last < first / 2, $"the loss went from {first} to {last}");
        Assert.Equal(weights, SmallLora.Weights(adapted));
        Assert.Equal(adapters, Numbers(adapted.Parameters.Masters));
        Assert.Equal(before, Log(adapted));
    }

    private static Tensor Logits(Policy policy)
    {
        using var _ = no_grad();
        return policy.Logits(policy.Hidden(tensor(SmallPolicy.Tokens(2 * 11, 3).Select(token => (long)token).ToArray(), [2, 11])));
    }

    private static float[][] Log(Policy policy, TokenSequence[]? sequences = null) => TokenBatch.Each(sequences ?? Sequences, 64, batch =>
    {
        var (logits, targets) = batch.Ask(policy);
        return TokenBatch.LogProbabilities(logits, targets);
    });

    private static double Backward(Policy policy)
    {
        using var alone = new Replicas(policy);
        return MeanLoss.Backward(alone, Sequences, 64);
    }

    private static float[] Numbers(Tensor tensor) => [.. tensor.data<float>()];

    private static void Close(Tensor expected, Tensor actual, double within) => Assert.InRange((expected - actual).abs().max().item<float>(), 0, within);
}
