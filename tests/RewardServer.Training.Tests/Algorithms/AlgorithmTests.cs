using RewardServer.Training.Algorithms;
using RewardServer.Training.Tensors;
using static TorchSharp.torch;

namespace RewardServer.Training.Tests.Algorithms;

public sealed class AlgorithmTests
{
    public static TheoryData<string> Names => [.. Algorithm.Names];

    [Fact]
    public void There_are_these() => Assert.Equal(["grpo", "dr-grpo", "dapo", "gspo", "cispo", "rloo", "reinforce", "reinforce++", "ppo"], Algorithm.Names);

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_has_its_name_and_no_error(string name)
    {
        Assert.Equal(name, Algorithm.Named(name).Name);
        Assert.Empty(Algorithm.Named(name).Errors());
    }

    [Fact]
    public void DAPO_is_clip_higher_token_level_dynamic_and_filtered() => Assert.Equal(
        new Algorithm { Name = "dapo", ClipLow = 0.2, ClipHigh = 0.28, Weighting = WeightingKind.PerToken, DynamicSampling = true, MaskTruncated = true },
        Algorithm.Named("dapo"));

    [Theory]
    [InlineData("GRPO")]
    [InlineData("")]
    [InlineData("trpo")]
    public void A_name_that_is_none_lists_those_that_are(string name) => Assert.Contains(
        $"no algorithm '{name}'; there are: grpo, dr-grpo, dapo, gspo, cispo, rloo, reinforce, reinforce++, ppo",
        Assert.Throws<ArgumentException>(() => Algorithm.Named(name)).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Everything_that_is_out_of_range_is_named_at_once()
    {
        var wrong = Algorithm.Named("grpo") with
        {
            AdvantageEpsilon = -1, ClipLow = 1.1, ClipHigh = double.NaN, KlCoefficient = double.PositiveInfinity, EntropyCoefficient = -0.1, SamplingRounds = 0,
            Gamma = 1.1, Lambda = -1, ValueClip = 0, CriticRate = 0, BaselineMomentum = 2,
            Advantage = (AdvantageKind)9, Loss = (LossKind)9, Weighting = (WeightingKind)9, KlPlacement = (KlPlacementKind)9,
        };
        Assert.Equal(
            ["advantageEpsilon", "clipLow", "clipHigh", "klCoefficient", "entropyCoefficient", "samplingRounds", "gamma", "lambda", "valueClip", "criticRate", "baselineMomentum",
                "advantage", "loss", "weighting", "klPlacement"],
            wrong.Errors().Select(error => error.Member));
        Assert.Contains(("clipLow", "must be from 0 to 1, but is 1.1"), wrong.Errors());
        Assert.Contains(("valueClip", "must be above 0 and at most 1000, but is 0"), wrong.Errors());
        Assert.Contains(("loss", "there is no loss '9'"), wrong.Errors());
    }

    // One sequence of two tokens with ratios 1.25 and 0.5, A = 1, each algorithm as its paper has it; log π = log r − 2.
    // grpo: 1.25 is clipped at 1.2, and the divergence counts 0.04. dapo: 1.25 is below 1.28. gspo: the mean is √0.625, below 1.
    [Theory]
    [InlineData("grpo", -1.2 + 0.04 * 7, -0.5 + 0.04 * 7)]
    [InlineData("dr-grpo", -1.2, -0.5)]
    [InlineData("dapo", -1.25, -0.5)]
    [InlineData("gspo", -0.79056941504209488, -0.79056941504209488)]
    [InlineData("cispo", -1.25 * (0.22314355131420976 - 2), -0.5 * (-0.69314718055994529 - 2))]
    [InlineData("rloo", 2 - 0.22314355131420976, 2 + 0.69314718055994529)]
    [InlineData("reinforce", 2 - 0.22314355131420976, 2 + 0.69314718055994529)]
    // With its divergence in the reward, the loss has none.
    [InlineData("reinforce++", -1.2, -0.5)]
    [InlineData("ppo", -1.2, -0.5)]
    public void Each_gives_its_loss(string name, double first, double second)
    {
        var batch = new Batch([2], [Math.Log(1.25) - 2, Math.Log(0.5) - 2], [-2, -2], [1]);
        Derivatives.AreClose([first, second], batch.Losses(terms => Algorithm.Named(name).LossesOf(terms, zeros(2, float64).Fill(7))).Values);
    }

    [Fact]
    public void What_has_a_coefficient_must_be_given()
    {
        var batch = Batch.Drawn(1, 2);
        Assert.Equal("divergences", Assert.Throws<ArgumentNullException>(() => batch.Losses(terms => Algorithm.Named("grpo").LossesOf(terms))).ParamName);
        Assert.Equal("entropies", Assert.Throws<ArgumentNullException>(() => batch.Losses(terms =>
            (Algorithm.Named("dapo") with { EntropyCoefficient = 0.01 }).LossesOf(terms))).ParamName);
    }
}
