using FsCheck;
using FsCheck.Fluent;
using RewardServer.Training.Algorithms;

namespace RewardServer.Training.Tests.Algorithms;

public sealed class TokenWeightsTests
{
    private static readonly Gen<int[]> Lengths = from size in Gen.Choose(1, 9) from lengths in Gen.Choose(0, 40).ArrayOf(size) select lengths;

    // Two completions, of 1 and 4 tokens: 1 / (2 · 1), 1 / (2 · 4); 1 / 5; 1 / (2 · 8).
    [Fact]
    public void Are_those_of_the_papers()
    {
        Assert.Equal([0.5, 0.125], TokenWeights.PerSequence([1, 4]));
        Assert.Equal([0.2, 0.2], TokenWeights.PerToken([1, 4]));
        Assert.Equal([0.0625, 0.0625], TokenWeights.Constant([1, 4], 8));
    }

    [Fact]
    public void A_completion_of_no_tokens_is_not_counted()
    {
        Assert.Equal([0.5, 0, 0.125], TokenWeights.PerSequence([1, 0, 4]));
        Assert.Equal([0.2, 0, 0.2], TokenWeights.PerToken([1, 0, 4]));
        Assert.Equal([0.0625, 0, 0.0625], TokenWeights.Constant([1, 0, 4], 8));
        Assert.Equal([0, 0], TokenWeights.PerToken([0, 0]));
        Assert.Empty(TokenWeights.PerSequence([]));
    }

    [Fact]
    public void Means_add_up_to_1() => Prop.ForAll(Lengths.ToArbitrary(), lengths =>
    {
        var expected = lengths.Any(length => length > 0) ? 1 : 0;
        Assert.Equal(expected, lengths.Zip(TokenWeights.PerSequence(lengths), (length, weight) => length * weight).Sum(), 1e-12);
        Assert.Equal(expected, lengths.Zip(TokenWeights.PerToken(lengths), (length, weight) => length * weight).Sum(), 1e-12);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(200).WithReplay(2026, 1127));

    [Fact]
    public void So_many_tokens_that_an_int_overflows_still_count() =>
        Assert.Equal(1 / (3.0 * int.MaxValue), TokenWeights.PerToken([int.MaxValue, int.MaxValue, int.MaxValue])[0]);

    [Fact]
    public void What_cannot_be_a_length_is_refused()
    {
        Assert.Contains("-1 tokens", Assert.Throws<ArgumentException>(() => TokenWeights.PerSequence([3, -1])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => TokenWeights.Constant([3], 0));
    }

    [Fact]
    public void What_was_cut_off_is_left_out_where_the_algorithm_says_so()
    {
        Assert.Equal([3, 0, 5], Overlong.Masked([3, 8, 5], [false, true, false]));
        Assert.Throws<ArgumentException>(() => Overlong.Masked([3, 8], [true]));
        var algorithm = Algorithm.Named("dapo");
        Assert.Equal([0.125, 0, 0.125], algorithm.WeightsOf([3, 8, 5], [false, true, false], 8));
        Assert.Equal([0.0625, 0.0625, 0.0625], (algorithm with { MaskTruncated = false }).WeightsOf([3, 8, 5], [false, true, false], 8));
    }

    public static TheoryData<LossKind, WeightingKind> Combinations =>
        new(Enum.GetValues<LossKind>().SelectMany(_ => Enum.GetValues<WeightingKind>(), (loss, weighting) => (loss, weighting)));

    [Theory]
    [MemberData(nameof(Combinations))]
    public void Micro_batches_add_up_to_the_whole_step(LossKind loss, WeightingKind weighting)
    {
        var algorithm = new Algorithm { Name = "", Loss = loss, Weighting = weighting };
        var whole = Batch.Drawn(13, 3, 1, 6, 2, 4);
        var weights = algorithm.WeightsOf(whole.Lengths, new bool[5], 8);
        var (values, gradient) = Weighed(algorithm, whole, weights);
        // Sequences 0 and 1, 2, and 3 and 4: tokens 0 to 4, 4 to 10, and 10 to 16.
        (Range Sequences, Range Tokens)[] parts = [(..2, ..4), (2..3, 4..10), (3.., 10..)];
        var micro = parts.Select(part => Weighed(
            algorithm,
            new(whole.Lengths[part.Sequences], whole.LogProbabilities[part.Tokens], whole.Behaviour[part.Tokens], whole.Advantages[part.Sequences]),
            weights[part.Sequences])).ToArray();
        Assert.Equal(values, micro.Sum(part => part.Loss), 1e-12);
        Derivatives.AreClose(gradient, [.. micro.SelectMany(part => part.Gradient)]);
    }

    private static (double Loss, double[] Gradient) Weighed(Algorithm algorithm, Batch batch, double[] weights)
    {
        var byToken = batch.ByToken(weights);
        return (
            batch.Losses(terms => algorithm.LossesOf(terms)).Values.Zip(byToken, (value, weight) => value * weight).Sum(),
            batch.Gradient(terms => algorithm.LossesOf(terms), byToken));
    }
}
