using RewardServer.Training.Optimization;
using RewardServer.Training.Policies;
using RewardServer.Training.Runs;
using RewardServer.Training.Tests.Policies;
using static TorchSharp.torch;

namespace RewardServer.Training.Tests.Optimization;

/// <summary>Masters, gradients and means by the CPU: where that is what computes, too, nothing differs.</summary>
public sealed class OffloadTests
{
    private static readonly TokenSequence[] Sequences = [.. Enumerable.Range(0, 9).Select(i => new TokenSequence(SmallPolicy.Tokens(6 + 7 * i % 50, i), 1 + i % 4))];

    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.BFloat16)]
    public void Ten_steps_are_the_same_to_the_last_bit(ScalarType type)
    {
        using var plain = new Policy(SmallPolicy.Shape, CPU, type);
        using var offloaded = new Policy(SmallPolicy.Shape, CPU, type, offload: true);
        Assert.Equal(type == ScalarType.Float32, plain.Parameters.Whole);
        Assert.False(offloaded.Parameters.Whole);
        var (expected, actual) = (Stepped(plain), Stepped(offloaded));
        Assert.Equal(expected.Norms, actual.Norms);
        Assert.Equal(expected.Parameters, actual.Parameters);
        Assert.Equal(expected.Means, actual.Means);
    }

    [Fact]
    public void What_computes_follows_each_step()
    {
        using var scope = NewDisposeScope();
        using var policy = new Policy(SmallPolicy.Shape, CPU, offload: true);
        policy.Initialise(1);
        using var alone = new Replicas(policy);
        var before = MeanLoss.Backward(alone, Sequences, 1024);
        using var optimizer = new AdamW(policy.Parameters);
        optimizer.Step(1e-2, 0, 1);
        Assert.True(MeanLoss.Backward(alone, Sequences, 1024) < before);
        Assert.NotEqual(0, policy.Parameters.Gradients.abs().sum().item<float>());
    }

    [Fact]
    public void A_gradient_that_is_no_number_changes_nothing_and_is_named()
    {
        using var scope = NewDisposeScope();
        using var policy = new Policy(SmallPolicy.Shape, CPU, ScalarType.BFloat16, offload: true);
        policy.Initialise(1);
        using var optimizer = new AdamW(policy.Parameters);
        var before = policy.Parameters.Masters.clone();
        policy.Parameters.Gradient("model.norm.weight")[3] = float.NaN;
        Assert.False(double.IsFinite(optimizer.Step(0.01, 0.1, 1)));
        Assert.Equal(0, (before - policy.Parameters.Masters).abs().max().item<float>());
        Assert.Contains("the gradient of model.norm.weight", NotFiniteException.Found(policy.Parameters, "step 1").Message, StringComparison.Ordinal);
    }

    private static (double[] Norms, float[] Parameters, float[] Means) Stepped(Policy policy)
    {
        policy.Initialise(1);
        using var alone = new Replicas(policy);
        using var optimizer = new AdamW(policy.Parameters);
        var norms = new double[10];
        for (var step = 0; step < norms.Length; step++)
        {
            // Several passes a step, whose gradients are added.
            MeanLoss.Backward(alone, Sequences, 100);
            norms[step] = optimizer.Step(1e-3, 0.1, 0.5);
        }

        return (norms, policy.Parameters.Masters.data<float>().ToArray(), optimizer.Means.data<float>().ToArray());
    }
}
