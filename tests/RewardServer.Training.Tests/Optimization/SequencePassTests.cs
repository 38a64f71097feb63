using RewardServer.Training.Optimization;
using RewardServer.Training.Tests.Policies;
using static TorchSharp.torch;

namespace RewardServer.Training.Tests.Optimization;

public sealed class SequencePassTests
{
    private static readonly TokenSequence[] Sequences = [.. Enumerable.Range(0, 7).Select(i => new TokenSequence(SmallPolicy.Tokens(5 + 4 * i % 17, i), 1 + i % 3))];

    [Theory]
    [InlineData(24)]
    [InlineData(64)]
    [InlineData(1024)]
    public void Sums_of_sequences_are_in_their_order_however_they_are_packed(int budget)
    {
        using var scope = NewDisposeScope();
        using var policy = SmallPolicy.Drawn(SmallPolicy.Shape);
        var expected = TokenBatch.Each(Sequences, 1024, batch => Tokens(batch, policy)).Select(one => one.Sum()).ToArray();
        var sums = SequencePass.Of(Sequences, budget, batch => SequencePass.Sums(batch, Sequences, Tokens(batch, policy)));
        Assert.True(sums.requires_grad);
        Assert.All(expected.Zip(sums.detach().data<float>()), pair => Assert.InRange(pair.Second, pair.First - 1e-3, pair.First + 1e-3));
    }

    private static Tensor Tokens(TokenBatch batch, RewardServer.Training.Policies.Policy policy)
    {
        var (logits, targets) = batch.Ask(policy);
        return TokenBatch.LogProbabilities(logits, targets);
    }
}
