using RewardServer.Training.Algorithms;
using RewardServer.Training.Optimization;
using RewardServer.Training.Policies;
using RewardServer.Training.Runs;
using RewardServer.Training.Tests.Policies;
using TorchSharp;
using static TorchSharp.torch;

namespace RewardServer.Training.Tests.Optimization;

public sealed class GradientCheckpointingTests
{
    // Of several lengths: some share a row, and each is learned from its own place on.
    private static readonly TokenSequence[] Sequences = [.. Enumerable.Range(0, 9).Select(i => new TokenSequence(SmallPolicy.Tokens(6 + 7 * i % 50, i), 1 + i % 4))];

    [Theory]
    [MemberData(nameof(SmallPolicy.Kinds), MemberType = typeof(SmallPolicy))]
    public void Gradients_of_a_pass_are_the_same_to_the_last_bit(string kind)
    {
        var shape = SmallPolicy.OfKind(kind);
        Assert.Equal(Gradients(shape, 1024, checkpointing: false), Gradients(shape, 1024, checkpointing: true));
    }

    [Fact]
    public void Gradients_of_adapters_are_the_same_to_the_last_bit()
    {
        static float[] Of(bool checkpointing)
        {
            using var whole = SmallPolicy.Drawn(SmallPolicy.Shape);
            using var adapted = SmallLora.Drawn(whole, SmallLora.All);
            adapted.GradientCheckpointing = checkpointing;
            Learn(adapted, 1024);
            return adapted.Parameters.Gradients.data<float>().ToArray();
        }

        var plain = Of(false);
        Assert.Contains(plain, gradient => gradient != 0);
        Assert.Equal(plain, Of(true));
    }

    [Fact]
    public void Gradients_in_bf16_are_the_same_to_the_last_bit_over_several_passes()
    {
        Assert.True(TokenBatch.Pack(Sequences, 100).Count() > 1);
        Assert.Equal(
            Gradients(SmallPolicy.Shape, 100, checkpointing: false, type: ScalarType.BFloat16),
            Gradients(SmallPolicy.Shape, 100, checkpointing: true, type: ScalarType.BFloat16));
    }

    // The embedding that the head reads, too, has two gradients of a pass: they are added to what was there one after the other, and not as their sum.
    [Fact]
    public void Gradients_over_several_passes_differ_in_the_embeddings_last_digits_at_most()
    {
        var (plain, checkpointed) = (Gradients(SmallPolicy.Shape, 100, checkpointing: false), Gradients(SmallPolicy.Shape, 100, checkpointing: true));
        var embedding = SmallPolicy.Shape.VocabularySize * SmallPolicy.Shape.HiddenSize;
        Assert.Equal(plain[embedding..], checkpointed[embedding..]);
        AreClose(plain, checkpointed, 1e-6);
    }

    // Products of matrices are taken over fewer rows at once, and the head's gradients added part by part.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Logits_of_a_part_of_the_tokens_at_a_time_give_the_same_but_for_rounding(bool checkpointing)
    {
        var (plain, parted) = (Gradients(SmallPolicy.Shape, 1024, checkpointing: false), Gradients(SmallPolicy.Shape, 1024, checkpointing, atOnce: 7));
        AreClose(plain, parted, 1e-5);
    }

    [Fact]
    public void Two_numbers_of_tokens_by_parts_of_the_logits_have_the_gradients_of_their_sum()
    {
        static float[] Of(int atOnce)
        {
            using var scope = NewDisposeScope();
            using var policy = SmallPolicy.Drawn(SmallPolicy.Shape);
            policy.TokensAtOnce = atOnce;
            var batch = TokenBatch.Pack(Sequences, 1024).First();
            var numbers = batch.Numbers(policy, (logits, targets, _) => [TokenBatch.LogProbabilities(logits, targets), Entropy.Of(logits)]);
            policy.Backward((numbers[0] * numbers[1]).sum());
            return [numbers[0].sum().item<float>(), numbers[1].sum().item<float>(), .. policy.Parameters.Gradients.data<float>()];
        }

        AreClose(Of(10_000), Of(5), 1e-5);
    }

    [Fact]
    public void A_pass_that_is_not_followed_back_leaves_nothing_for_the_next()
    {
        using var policy = SmallPolicy.Drawn(SmallPolicy.Shape);
        policy.GradientCheckpointing = true;
        using (NewDisposeScope())
        {
            TokenBatch.Pack(Sequences, 1024).First().LogProbabilitiesOf(policy);
        }

        Learn(policy, 1024);
        Assert.Equal(Gradients(SmallPolicy.Shape, 1024, checkpointing: true), policy.Parameters.Gradients.data<float>().ToArray());
    }

    [Fact]
    public void No_tensor_is_left_after_a_pass()
    {
        using var policy = SmallPolicy.Drawn(SmallPolicy.Shape);
        policy.GradientCheckpointing = true;
        policy.TokensAtOnce = 7;
        Learn(policy, 1024);
        var (live, unscoped) = (DisposeScopeManager.Statistics.ThreadTotalLiveCount, DisposeScopeManager.Statistics.CreatedOutsideScopeCount);
        Learn(policy, 1024);
        Assert.Equal((live, unscoped), (DisposeScopeManager.Statistics.ThreadTotalLiveCount, DisposeScopeManager.Statistics.CreatedOutsideScopeCount));
    }

    private static void Learn(Policy policy, int budget)
    {
        using var alone = new Replicas(policy);
        MeanLoss.Backward(alone, Sequences, budget);
    }

    private static float[] Gradients(PolicyShape shape, int budget, bool checkpointing, ScalarType type = ScalarType.Float32, int atOnce = 0)
    {
        using var drawn = SmallPolicy.Drawn(shape);
        using var policy = new Policy(shape, CPU, type) { GradientCheckpointing = checkpointing, TokensAtOnce = atOnce };
        using (no_grad())
        {
            policy.Parameters.Masters.copy_(drawn.Parameters.Masters);
            policy.Parameters.Publish();
        }

        Learn(policy, budget);
        return policy.Parameters.Gradients.data<float>().ToArray();
    }

    private static void AreClose(float[] expected, float[] actual, double tolerance)
    {
        var largest = expected.Max(value => Math.Abs(value));
        Assert.True(largest > 0);
        Assert.All(expected.Zip(actual), pair => Assert.InRange(pair.Second, pair.First - tolerance * largest, pair.First + tolerance * largest));
    }
}
