using RewardServer.Training.Optimization;
using RewardServer.Training.Policies;
using RewardServer.Training.Tests.Policies;
using TorchSharp;
using static TorchSharp.torch;

namespace RewardServer.Training.Tests.Tensors;

/// <summary>
/// A tensor that no scope holds is freed by its finalizer as a scalar is, and so perhaps while libtorch reads it: what is made on the way to something else is
/// made within a scope.
/// </summary>
public sealed class ScopedTensorsTests
{
    // Of this thread, on which a test that awaits nothing stays.
    private static long Unscoped => DisposeScopeManager.Statistics.CreatedOutsideScopeCount;

    [Fact]
    public void A_policy_is_made_without_tensors_that_nothing_holds()
    {
        var before = Unscoped;
        using var policy = new Policy(SmallPolicy.Shape, CPU);
        // Its parameters and their gradients, which it holds itself.
        Assert.Equal(2, Unscoped - before);
    }

    [Fact]
    public void A_step_makes_none()
    {
        using var policy = SmallPolicy.Drawn(SmallPolicy.Shape);
        using var optimizer = new AdamW(policy.Parameters);
        var before = Unscoped;
        foreach (var batch in TokenBatch.Pack([new(SmallPolicy.Tokens(20, 1), 1), new(SmallPolicy.Tokens(12, 2), 4)], 64))
        {
            using var scope = NewDisposeScope();
            var (logits, targets) = batch.Ask(policy);
            (-TokenBatch.LogProbabilities(logits, targets).sum()).backward();
            policy.Parameters.Gather();
        }

        optimizer.Step(0.01, 0.1, 1);
        Assert.Equal(0, Unscoped - before);
    }
}
