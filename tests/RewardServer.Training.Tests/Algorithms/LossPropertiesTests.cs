using RewardServer.Training.Algorithms;
using RewardServer.Training.Tensors;
using static TorchSharp.torch;

namespace RewardServer.Training.Tests.Algorithms;

public sealed class LossPropertiesTests
{
    private static readonly Dictionary<LossKind, Func<TokenTerms, TokenLosses>> Losses = Enum.GetValues<LossKind>().ToDictionary(
        kind => kind, kind => (Func<TokenTerms, TokenLosses>)(terms => new Algorithm { Name = "", Loss = kind, ClipHigh = 0.28 }.LossesOf(terms)));

    public static TheoryData<LossKind> Kinds => [.. Losses.Keys];

    public static TheoryData<LossKind> Ratios => [LossKind.Clipped, LossKind.Gspo, LossKind.Cispo];

    [Theory]
    [MemberData(nameof(Ratios))]
    public void On_policy_the_gradient_is_that_of_REINFORCE(LossKind kind)
    {
        var batch = Batch.Drawn(3, 4, 4, 4).OnPolicy;
        Derivatives.AreClose(batch.Gradient(Reinforce.Of), batch.Gradient(Losses[kind]));
        Assert.All(batch.Losses(Losses[kind]).Clipped, clipped => Assert.Equal(0, clipped));
    }

    [Theory]
    [InlineData(LossKind.Clipped)]
    [InlineData(LossKind.Gspo)]
    public void What_is_clipped_has_no_gradient_and_what_is_free_has_the_sign_of_its_advantage(LossKind kind)
    {
        var seen = new HashSet<double>();
        for (var seed = 0; seed < 20; seed++)
        {
            var batch = Batch.Drawn(seed, 3, 1, 5);
            var clipped = batch.Losses(Losses[kind]).Clipped;
            var gradient = batch.Gradient(Losses[kind]);
            for (var i = 0; i < batch.Tokens; i++)
            {
                Assert.Equal(clipped[i] == 1 ? 0 : -Math.Sign(batch.Advantages[batch.Sequences[i]]), Math.Sign(gradient[i]));
                seen.Add(clipped[i]);
            }
        }

        Assert.Equal(2, seen.Count);
    }

    // With a negative advantage PPO would push such a token down without bound.
    [Theory]
    [InlineData(LossKind.Clipped)]
    [InlineData(LossKind.Gspo)]
    public void A_ratio_beyond_every_bound_counts_as_clipped_on_either_side(LossKind kind)
    {
        var batch = new Batch([1, 1], [-1, -31], [-31, -1], [-1, 1]);
        Assert.Equal([1, 1], batch.Losses(Losses[kind]).Clipped);
        Assert.Equal([0, 0], batch.Gradient(Losses[kind]));
    }

    [Fact]
    public void CISPO_leaves_every_token_a_gradient()
    {
        var batch = Batch.Drawn(5, 8, 8);
        Assert.Contains(1, batch.Losses(Losses[LossKind.Cispo]).Clipped);
        Assert.All(batch.Gradient(Losses[LossKind.Cispo]), gradient => Assert.NotEqual(0, gradient));
    }

    [Fact]
    public void GSPO_does_not_look_at_the_order_of_tokens()
    {
        // Without a clip, so that every value is the ratio's.
        TokenLosses Loss(TokenTerms terms) => Gspo.Of(terms, 1, 1000);
        var batch = Batch.Drawn(7, 5);
        int[] order = [3, 0, 4, 2, 1];
        var other = batch with { LogProbabilities = [.. order.Select(i => batch.LogProbabilities[i])], Behaviour = [.. order.Select(i => batch.Behaviour[i])] };
        Derivatives.AreClose(batch.Losses(Loss).Values, other.Losses(Loss).Values);
        Derivatives.AreClose(batch.Gradient(Loss), other.Gradient(Loss));
        // Nor at which of the tokens differ from what wrote them.
        var mixed = batch with { Behaviour = [.. order.Select(i => batch.Behaviour[i])] };
        Derivatives.AreClose(batch.Losses(Loss).Values, mixed.Losses(Loss).Values);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_sequence_has_the_same_losses_whatever_is_beside_it(LossKind kind)
    {
        var batch = Batch.Drawn(11, 3, 5);
        var alone = new Batch([3], batch.LogProbabilities[..3], batch.Behaviour[..3], batch.Advantages[..1]);
        Derivatives.AreClose(alone.Losses(Losses[kind]).Values, batch.Losses(Losses[kind]).Values[..3]);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Policies_that_lie_far_apart_give_numbers(LossKind kind)
    {
        // e^±500 is infinite or 0 in fp32; with an advantage of 0 or on the side that is not clipped it would make NaN.
        var batch = new Batch([1, 1, 1, 1], [-1, -501, -1, -501], [-501, -1, -501, -1], [0, 0, -1, 1]);
        using var scope = NewDisposeScope();
        var leaf = tensor(batch.LogProbabilities, float32).requires_grad_(true);
        var losses = Losses[kind](batch.Terms(leaf));
        losses.Values.sum().backward();
        Assert.All(losses.Values.data<float>(), value => Assert.True(float.IsFinite(value)));
        Assert.All(leaf.grad!.data<float>(), value => Assert.True(float.IsFinite(value)));
        Assert.Equal(float32, losses.Values.dtype);
        Assert.Equal(float32, losses.Clipped.dtype);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void What_is_no_number_is_not_hidden(LossKind kind) =>
        Assert.True(double.IsNaN((Batch.Drawn(1, 2) with { LogProbabilities = [double.NaN, -1] }).Losses(Losses[kind]).Values[0]));

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Nothing_is_left_in_the_scope_but_the_losses(LossKind kind)
    {
        using var scope = NewDisposeScope();
        var terms = Batch.Drawn(1, 2, 3).Terms(zeros(5, float64).Fill(-1));
        var before = scope.DisposablesCount;
        var losses = Losses[kind](terms);
        Assert.Equal(before + 2, scope.DisposablesCount);
        Assert.Equal([5], losses.Values.shape);
    }
}
