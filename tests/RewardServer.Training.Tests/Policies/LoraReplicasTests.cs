using RewardServer.Training.Optimization;
using RewardServer.Training.Policies;
using RewardServer.Training.Runs;
using static TorchSharp.torch;

namespace RewardServer.Training.Tests.Policies;

/// <summary>Copies of a policy that trains adapters alone have its weights, and learn their share.</summary>
public sealed class LoraReplicasTests
{
    private static readonly TokenSequence[] Sequences = [.. Enumerable.Range(0, 8).Select(i => new TokenSequence(SmallPolicy.Tokens(10 + 4 * i, i), 2))];

    [Fact]
    public void Two_have_the_gradients_of_one()
    {
        using var whole = SmallPolicy.Drawn(SmallPolicy.Shape);
        using var one = SmallLora.Drawn(whole, SmallLora.All);
        using var two = SmallLora.Drawn(whole, SmallLora.All);
        using var alone = new Replicas(one);
        using var both = new Replicas(two, CPU);
        Assert.Equal(MeanLoss.Backward(alone, Sequences, 128), MeanLoss.Backward(both, Sequences, 128), 1e-5);
        var (expected, actual) = (one.Parameters.Gradients.data<float>().ToArray(), two.Parameters.Gradients.data<float>().ToArray());
        var tolerance = 1e-5f * expected.Max(gradient => Math.Abs(gradient));
        Assert.True(tolerance > 0);
        Assert.All(expected.Zip(actual), pair => Assert.InRange(pair.Second, pair.First - tolerance, pair.First + tolerance));
    }
}
