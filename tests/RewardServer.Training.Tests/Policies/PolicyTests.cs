using RewardServer.Training.Optimization;
using RewardServer.Training.Policies;
using RewardServer.Training.Tensors;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace RewardServer.Training.Tests.Policies;

public sealed class PolicyTests
{
    [Theory]
    [MemberData(nameof(SmallPolicy.Kinds), MemberType = typeof(SmallPolicy))]
    public void A_cached_forward_pass_gives_what_a_full_one_gives(string kind)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        using var policy = SmallPolicy.Drawn(SmallPolicy.OfKind(kind));
        var tokens = tensor(SmallPolicy.Tokens(2 * 20, 3).Select(token => (long)token).ToArray(), [2, 20]);
        var full = policy.Logits(policy.Hidden(tokens));

        using var cache = new KeyValueCache(policy, [7, 7], 20);
        var parts = new List<Tensor> { policy.Hidden(tokens.narrow(1, 0, 7), cache) };
        for (var i = 7; i < 20; i++)
        {
            parts.Add(policy.Hidden(tokens.narrow(1, i, 1), cache));
        }

        Close(full, policy.Logits(cat(parts, 1)), 1e-5);
    }

    [Theory]
    [MemberData(nameof(SmallPolicy.Kinds), MemberType = typeof(SmallPolicy))]
    public void Sequences_of_unlike_beginnings_do_not_see_one_another_nor_what_is_empty(string kind)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        using var policy = SmallPolicy.Drawn(SmallPolicy.OfKind(kind));
        int[][] beginnings = [SmallPolicy.Tokens(3, 5), SmallPolicy.Tokens(9, 6), SmallPolicy.Tokens(6, 7)];
        var filled = beginnings.SelectMany(beginning => Enumerable.Repeat(0L, 9 - beginning.Length).Concat(beginning.Select(token => (long)token))).ToArray();
        var following = SmallPolicy.Tokens(3 * 4, 8);

        using var cache = new KeyValueCache(policy, [3, 9, 6], 13);
        var together = new List<Tensor> { policy.Hidden(tensor(filled, [3, 9]), cache).narrow(1, 8, 1) };
        for (var i = 0; i < 4; i++)
        {
            together.Add(policy.Hidden(tensor(new long[] { following[i], following[4 + i], following[8 + i] }, [3, 1]), cache));
        }

        for (var row = 0; row < 3; row++)
        {
            long[] alone = [.. beginnings[row].Select(token => (long)token), .. following.Skip(4 * row).Take(4).Select(token => (long)token)];
            var expected = policy.Hidden(tensor(alone, [1, alone.Length])).narrow(1, beginnings[row].Length - 1, 5);
            Close(expected, cat(together, 1).narrow(0, row, 1), 1e-5);
        }
    }

    [Fact]
    public void What_follows_a_token_does_not_change_what_is_given_at_it()
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        using var policy = SmallPolicy.Drawn(SmallPolicy.Shape);
        var one = tensor(SmallPolicy.Tokens(12, 1).Select(token => (long)token).ToArray(), [1, 12]);
        var other = one.clone();
        other[0, 11] = tensor((one[0, 11].item<long>() + 1) % 23);
        Close(policy.Hidden(one).narrow(1, 0, 11), policy.Hidden(other).narrow(1, 0, 11), 0);
    }

    [Theory]
    [MemberData(nameof(SmallPolicy.Kinds), MemberType = typeof(SmallPolicy))]
    public void Gradients_are_those_of_finite_differences(string kind)
    {
        using var scope = NewDisposeScope();
        using var policy = SmallPolicy.Drawn(SmallPolicy.OfKind(kind));
        var tokens = tensor(SmallPolicy.Tokens(2 * 11, 3).Select(token => (long)token).ToArray(), [2, 11]);
        var targets = tensor(SmallPolicy.Tokens(22, 4).Select(token => (long)token).ToArray());
        Tensor Loss() => F.cross_entropy(policy.Logits(policy.Hidden(tokens)).view(22, -1), targets);
        Loss().backward();

        foreach (var shape in policy.Parameters.Shapes)
        {
            // Along the gradient itself, where rounding hides the least.
            var gradient = policy.Parameters.Gradient(shape.Name);
            var norm = gradient.norm().item<float>();
            var step = gradient.Times(0.01 / norm);
            using var _ = no_grad();
            policy.Parameters.Master(shape.Name).Add(step);
            var above = Loss().item<float>();
            policy.Parameters.Master(shape.Name).sub_(step.Times(2));
            var below = Loss().item<float>();
            policy.Parameters.Master(shape.Name).Add(step);
            var difference = (above - below) / 0.02;
            Assert.True(Math.Abs(difference - norm) <= 0.02 * norm + 1e-4, $"{shape.Name}: {difference} by differences, {norm} by the gradient");
        }
    }

    [Fact]
    public void Gradients_of_several_passes_add_up()
    {
        using var scope = NewDisposeScope();
        using var policy = SmallPolicy.Drawn(SmallPolicy.Shape);
        var tokens = tensor(SmallPolicy.Tokens(10, 3).Select(token => (long)token).ToArray(), [1, 10]);
        policy.Hidden(tokens).Squared().sum().backward();
        var once = policy.Parameters.Gradients.clone();
        policy.Hidden(tokens).Squared().sum().backward();
        Close(once.Times(2), policy.Parameters.Gradients, 1e-3);
    }

    [Fact]
    public void A_policy_in_bf16_keeps_its_masters_in_fp32()
    {
        using var scope = NewDisposeScope();
        using var policy = new Policy(SmallPolicy.Shape, CPU, ScalarType.BFloat16);
        using var wide = new Policy(SmallPolicy.Shape, CPU);
        policy.Initialise(3);
        wide.Initialise(3);
        var tokens = tensor(SmallPolicy.Tokens(10, 3).Select(token => (long)token).ToArray(), [1, 10]);
        Close(wide.Logits(wide.Hidden(tokens)), policy.Logits(policy.Hidden(tokens)), 0.05);
        Close(wide.Parameters.Masters, policy.Parameters.Masters, 0);

        policy.Logits(policy.Hidden(tokens)).Squared().sum().backward();
        wide.Logits(wide.Hidden(tokens)).Squared().sum().backward();
        Assert.Equal(0, policy.Parameters.Gradients.abs().sum().item<float>());
        policy.Parameters.Gather();
        Assert.Equal(ScalarType.Float32, policy.Parameters.Gradients.dtype);
        Close(wide.Parameters.Gradients, policy.Parameters.Gradients, 0.05 * wide.Parameters.Gradients.abs().max().item<float>());
    }

    // What waits for the garbage collector holds memory that it does not know of.
    [Theory]
    [InlineData(ScalarType.Float32, false)]
    [InlineData(ScalarType.BFloat16, false)]
    [InlineData(ScalarType.Float32, true)]
    [InlineData(ScalarType.BFloat16, true)]
    public void Every_tensor_of_a_policy_is_given_back_with_it(ScalarType type, bool offload)
    {
        using var whole = SmallPolicy.Drawn(SmallPolicy.OfKind("qwen3"));
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        using (var policy = new Policy(whole.Shape, CPU, type, offload))
        {
            policy.Initialise(1);
            Learn(policy);
            Assert.True(DisposeScopeManager.Statistics.ThreadTotalLiveCount > before);
        }

        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        using (var adapted = SmallLora.Drawn(whole, SmallLora.All, type))
        using (var off = adapted.WithoutAdapters())
        using (var critic = ScalarHead.On(adapted))
        using (var copy = adapted.On(CPU))
        {
            Learn(adapted);
        }

        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);

        static void Learn(Policy policy)
        {
            using var scope = NewDisposeScope();
            policy.Backward(TokenBatch.Pack([new(SmallPolicy.Tokens(9, 1), 2)], 64).Single().LogProbabilitiesOf(policy).sum());
        }
    }

    [Fact]
    public void A_shape_counts_its_parameters()
    {
        using var policy = new Policy(SmallPolicy.Shape, CPU);
        Assert.Equal(SmallPolicy.Shape.Parameters, policy.Parameters.Masters.numel());
    }

    [Theory]
    [InlineData(5, 2, "keyValueHeads")]
    [InlineData(4, 0, "keyValueHeads")]
    [InlineData(0, 1, "heads")]
    public void A_shape_that_cannot_be_names_its_member(int heads, int keyValueHeads, string member) =>
        Assert.Contains((SmallPolicy.Shape with { Heads = heads, KeyValueHeads = keyValueHeads }).Errors(), error => error.Member == member);

    private static void Close(Tensor expected, Tensor actual, double tolerance)
    {
        var difference = (expected - actual).abs().max().item<float>();
        Assert.True(difference <= tolerance, $"differs by {difference}");
    }
}
