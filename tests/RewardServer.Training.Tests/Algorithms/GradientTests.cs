using RewardServer.Training.Algorithms;
using RewardServer.Training.Tensors;
using static TorchSharp.torch;

namespace RewardServer.Training.Tests.Algorithms;

/// <summary>Every loss against central differences of its objective, written anew in plain numbers.</summary>
public sealed class GradientTests
{
    private const double Low = 0.2;
    private const double High = 0.28;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 8)];

    private static Batch Drawn(int seed) => Batch.Drawn(seed, 3, 1, 6, 2, 4);

    private static double Surrogate(double ratio, double advantage) =>
        -Math.Min(ratio * advantage, Math.Clamp(ratio, 1 - Low, 1 + High) * advantage);

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Of_the_clipped_surrogate(int seed)
    {
        var batch = Drawn(seed);
        var weights = batch.ByToken(TokenWeights.PerSequence(batch.Lengths));
        Derivatives.AreClose(
            Derivatives.Differences(
                at => at.Select((own, i) => weights[i] * Surrogate(Math.Exp(own - batch.Behaviour[i]), batch.Advantages[batch.Sequences[i]])).Sum(),
                batch.LogProbabilities),
            batch.Gradient(terms => ClippedSurrogate.Of(terms, Low, High), weights),
            1e-7);
    }

    // The objective of sequences (equation 5), which has no tokens: Σ over sequences of min(s A, clip(s) A) / S.
    [Theory]
    [MemberData(nameof(Seeds))]
    public void Of_GSPO_weighed_a_sequence(int seed)
    {
        var batch = Drawn(seed);
        double Objective(double[] at) => batch.Lengths.Select((length, sequence) =>
        {
            var sum = at.Where((_, i) => batch.Sequences[i] == sequence).Sum() - batch.Behaviour.Where((_, i) => batch.Sequences[i] == sequence).Sum();
            return Surrogate(Math.Exp(sum / length), batch.Advantages[sequence]) / batch.Lengths.Length;
        }).Sum();

        var weights = batch.ByToken(TokenWeights.PerSequence(batch.Lengths));
        Derivatives.AreClose(Derivatives.Differences(Objective, batch.LogProbabilities), batch.Gradient(terms => Gspo.Of(terms, Low, High), weights), 1e-7);
        // The values agree, too.
        Assert.Equal(Objective(batch.LogProbabilities), batch.Losses(terms => Gspo.Of(terms, Low, High)).Values.Zip(weights, (value, weight) => value * weight).Sum(), 1e-12);
    }

    // Where the gradient stops, the weights stand as they are at the point.
    [Theory]
    [MemberData(nameof(Seeds))]
    public void Of_CISPO(int seed)
    {
        var batch = Drawn(seed);
        var standing = batch.Ratios.Select(ratio => Math.Clamp(ratio, 1 - Low, 1 + High)).ToArray();
        Derivatives.AreClose(
            Derivatives.Differences(at => -at.Select((own, i) => standing[i] * batch.Advantages[batch.Sequences[i]] * own).Sum(), batch.LogProbabilities),
            batch.Gradient(terms => Cispo.Of(terms, Low, High)),
            1e-7);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Of_REINFORCE_and_cross_entropy(int seed)
    {
        var batch = Drawn(seed);
        Derivatives.AreClose(
            Derivatives.Differences(at => -at.Select((own, i) => batch.Advantages[batch.Sequences[i]] * own).Sum(), batch.LogProbabilities),
            batch.Gradient(Reinforce.Of),
            1e-7);
        Derivatives.AreClose(
            Derivatives.Differences(at => -at.Sum(), batch.LogProbabilities), batch.Gradient(terms => CrossEntropy.Of(terms.LogProbabilities)), 1e-7);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Of_the_divergence(int seed)
    {
        var batch = Drawn(seed);
        Derivatives.AreClose(
            Derivatives.Differences(
                at => at.Select((own, i) => Math.Exp(batch.Behaviour[i] - own) - (batch.Behaviour[i] - own) - 1).Sum(), batch.LogProbabilities),
            Derivatives.Derived(leaf => KullbackLeibler.K3(leaf, tensor(batch.Behaviour, float64)).sum(), batch.LogProbabilities),
            1e-7);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Of_the_entropy(int seed)
    {
        var random = new Random(seed);
        var logits = Enumerable.Range(0, 12).Select(_ => random.NextDouble() * 6 - 3).ToArray();
        double Plain(double[] row)
        {
            var total = row.Sum(Math.Exp);
            return -row.Sum(logit => Math.Exp(logit) / total * Math.Log(Math.Exp(logit) / total));
        }

        // Rows of 4, which count 1, 2 and 3.
        Derivatives.AreClose(
            Derivatives.Differences(at => at.Chunk(4).Select((row, i) => (i + 1) * Plain(row)).Sum(), logits),
            Derivatives.Derived(leaf => (Entropy.Of(leaf.view(3, 4)) * tensor([1.0, 2.0, 3.0])).sum(), logits),
            1e-7);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Of_a_loss_with_divergence_and_entropy(int seed)
    {
        var batch = Drawn(seed);
        var algorithm = Algorithm.Named("dapo") with { KlCoefficient = 0.5, EntropyCoefficient = 0.25 };
        // An entropy that depends on the same numbers as the loss: 0.25 of it is taken away.
        double Objective(double[] at) => at.Select((own, i) =>
            Surrogate(Math.Exp(own - batch.Behaviour[i]), batch.Advantages[batch.Sequences[i]])
                + 0.5 * (Math.Exp(-1 - own) - (-1 - own) - 1) - 0.25 * own * own).Sum();

        Derivatives.AreClose(
            Derivatives.Differences(Objective, batch.LogProbabilities),
            Derivatives.Derived(
                leaf => algorithm.LossesOf(batch.Terms(leaf), KullbackLeibler.K3(leaf, zeros_like(leaf.detach()).Fill(-1)), leaf * leaf).Values.sum(),
                batch.LogProbabilities),
            1e-7);
    }
}
