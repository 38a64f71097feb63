using RewardServer.Training.Algorithms;

namespace RewardServer.Training.Tests.Algorithms;

/// <summary>Small cases, worked out by hand.</summary>
public sealed class LossesByHandTests
{
    // Clip from 0.8 to 1.28. min(r A, clip(r) A):
    // A = 2:  r = 1.5 → min(3, 2.56) = 2.56, clipped;  r = 1.25 → 2.5, free;  r = 0.5 → min(1, 1.6) = 1, free.
    // A = −2: r = 1.5 → min(−3, −2.56) = −3, free;     r = 0.5 → min(−1, −1.6) = −1.6, clipped.
    // A = 0:  0, and nothing to clip.
    [Fact]
    public void The_surrogate_is_clipped_where_the_minimum_is()
    {
        var (values, clipped) = Batch.OfRatios((1.5, 2), (1.25, 2), (0.5, 2), (1.5, -2), (0.5, -2), (3, 0)).Losses(terms => ClippedSurrogate.Of(terms, 0.2, 0.28));
        Derivatives.AreClose([-2.56, -2.5, -1, 3, 1.6, 0], values);
        Assert.Equal([1, 0, 0, 0, 1, 0], clipped);
    }

    // The gradient of −r A by log π is −r A where it is free, else 0.
    [Fact]
    public void The_surrogate_has_no_gradient_where_it_is_clipped() => Derivatives.AreClose(
        [0, -2.5, -1, 3, 0, 0],
        Batch.OfRatios((1.5, 2), (1.25, 2), (0.5, 2), (1.5, -2), (0.5, -2), (3, 0)).Gradient(terms => ClippedSurrogate.Of(terms, 0.2, 0.28)));

    // Two sequences. The first has the ratios 2 and 1/2, whose geometric mean is 1: the surrogate of tokens would clip the first token (A = 1), that
    // of sequences none. The second has 4 and 1: the mean is 2, above 1.5, so both are clipped at −1.5, though one of them has not moved.
    [Fact]
    public void GSPO_clips_whole_sequences_by_their_geometric_mean()
    {
        var batch = new Batch([2, 2], [Math.Log(2), Math.Log(0.5), Math.Log(4), 0], [0, 0, 0, 0], [1, 1]);
        var (values, clipped) = batch.Losses(terms => Gspo.Of(terms, 0.5, 0.5));
        Derivatives.AreClose([-1, -1, -1.5, -1.5], values);
        Assert.Equal([0, 0, 1, 1], clipped);
        // −s A for each token of the first, nothing for the second.
        Derivatives.AreClose([-1, -1, 0, 0], batch.Gradient(terms => Gspo.Of(terms, 0.5, 0.5)));
    }

    // The weight is held from 0.8 to 1.28, whatever the sign of A. log π = log r − 2, and the gradient is −w A.
    [Fact]
    public void CISPO_clips_the_weight_and_keeps_the_gradient()
    {
        var batch = Batch.OfRatios((1.5, 2), (1.25, 2), (0.5, 2), (1.5, -2));
        var (values, clipped) = batch.Losses(terms => Cispo.Of(terms, 0.2, 0.28));
        Derivatives.AreClose([-2.56 * (Math.Log(1.5) - 2), -2.5 * (Math.Log(1.25) - 2), -1.6 * (Math.Log(0.5) - 2), 2.56 * (Math.Log(1.5) - 2)], values);
        Assert.Equal([1, 0, 1, 1], clipped);
        Derivatives.AreClose([-2.56, -2.5, -1.6, 2.56], batch.Gradient(terms => Cispo.Of(terms, 0.2, 0.28)));
    }

    [Fact]
    public void CISPO_with_a_low_of_1_has_no_lower_bound() => Derivatives.AreClose(
        [-0.01, -5], Batch.OfRatios((0.01, 1), (100, 1)).Gradient(terms => Cispo.Of(terms, 1, 4)));

    // −A log π, with log π = log r − 2; the ratio itself is not looked at.
    [Fact]
    public void REINFORCE_multiplies_the_advantage()
    {
        var batch = Batch.OfRatios((1, 2), (Math.E, -3));
        var (values, clipped) = batch.Losses(Reinforce.Of);
        Derivatives.AreClose([4, -3], values);
        Assert.Equal([0, 0], clipped);
        Derivatives.AreClose([-2, 3], batch.Gradient(Reinforce.Of));
    }

    [Fact]
    public void Cross_entropy_is_less_the_log_probability()
    {
        var (values, clipped) = new Batch([2], [-0.5, -3], [0, 0], [0]).Losses(terms => CrossEntropy.Of(terms.LogProbabilities));
        Assert.Equal([0.5, 3], values);
        Assert.Equal([0, 0], clipped);
    }
}
