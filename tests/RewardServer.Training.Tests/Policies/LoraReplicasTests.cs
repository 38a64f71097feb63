using RewardServer.Training.Optimization;
using RewardServer.Training.Policies;
using RewardServer.Training.Runs;
using RewardServer.Training.Tensors;
using static TorchSharp.torch;

namespace RewardServer.Training.Tests.Policies;

/// <summary>Copies of a policy that trains adapters alone have its weights, and learn their share.</summary>
public sealed class LoraReplicasTests : IDisposable
{
    private static readonly TokenSequence[] Sequences = [.. Enumerable.Range(0, 8).Select(i => new TokenSequence(SmallPolicy.Tokens(10 + 4 * i, i), 2))];

    private readonly Policy whole = SmallPolicy.Drawn(SmallPolicy.Shape);
    private readonly Policy one;
    private readonly Policy two;
    private readonly Replicas alone;
    private readonly Replicas both;

    public LoraReplicasTests()
    {
        one = SmallLora.Drawn(whole, SmallLora.All);
        two = SmallLora.Drawn(whole, SmallLora.All);
        alone = new(one);
        both = new(two, CPU);
    }

    public void Dispose()
    {
        foreach (var made in (IDisposable[])[alone, both, one, two, whole])
        {
            made.Dispose();
        }
    }

    [Fact]
    public void Two_have_the_gradients_of_one()
    {
        Assert.Equal(MeanLoss.Backward(alone, Sequences, 128), MeanLoss.Backward(both, Sequences, 128), 1e-5);
        var (expected, actual) = (one.Parameters.Gradients.data<float>().ToArray(), two.Parameters.Gradients.data<float>().ToArray());
        var tolerance = 1e-5f * expected.Max(gradient => Math.Abs(gradient));
        Assert.True(tolerance > 0);
        Assert.All(expected.Zip(actual), pair => Assert.InRange(pair.Second, pair.First - tolerance, pair.First + tolerance));
    }

    [Fact]
    public void Those_of_a_critic_compute_with_the_weights_of_the_copies_beside_them()
    {
        using var adapted = SmallLora.Drawn(whole, SmallLora.All);
        using var policies = new Replicas(adapted, CPU, CPU);
        using var critic = ScalarHead.On(adapted);
        using var critics = policies.Sharing(critic);
        var cancellation = TestContext.Current.CancellationToken;
        const string Weight = "model.layers.1.mlp.up_proj.weight";
        // What is written to a copy's weights is read by the critic beside it, and by no other.
        _ = policies.Each((policy, replica, _) => policy.Place(Weight).Fill(replica).numel(), cancellation);
        Assert.Equal([0, 1, 2], critics.Each((policy, _, _) => policy.Place(Weight).max().item<float>(), cancellation));
        // Adapters are each one's own.
        _ = policies.Each((policy, replica, _) => policy.Parameters.Masters.Fill(replica).numel(), cancellation);
        Assert.All(critics.Each((policy, _, _) => policy.Parameters.Masters.abs().max().item<float>(), cancellation), largest => Assert.InRange(largest, 0.01, 0.99));
    }

    [Fact]
    public void A_critic_learns_on_several_what_it_learns_on_one()
    {
        using var expected = new Critic(alone, range: 10);
        using var actual = new Critic(both, range: 10);
        double[][] returns = [.. Sequences.Select((sequence, i) => Enumerable.Range(0, sequence.Learned).Select(at => i % 2 + at / 10.0).ToArray())];
        var losses = new List<double>();
        for (var update = 0; update < 5; update++)
        {
            var (before, same) = (expected.Values(Sequences, 128), actual.Values(Sequences, 128));
            Assert.All(before.Zip(same), pair => Assert.All(pair.First.Zip(pair.Second), values => Assert.Equal(values.First, values.Second, 1e-4)));
            losses.Add(expected.Learn(Sequences, before, returns, 128, 1e-2, 1));
            Assert.Equal(losses[^1], actual.Learn(Sequences, same, returns, 128, 1e-2, 1), 1e-4 * losses[^1]);
        }

        Assert.True(losses[^1] < 0.9 * losses[0], $"the loss went from {losses[0]} to {losses[^1]}");
    }
}
