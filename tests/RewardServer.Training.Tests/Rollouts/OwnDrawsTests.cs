using RewardServer.Training.Rollouts;
using RewardServer.Training.Tensors;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace RewardServer.Training.Tests.Rollouts;

public sealed class OwnDrawsTests
{
    private static readonly float[] Logits = [0, 1, 2, -1];

    private static long[] Drawn(SamplingOptions options, double[] own)
    {
        using var scope = NewDisposeScope();
        using var sampler = new TokenSampler(options with { Numbers = [] }, CPU);
        return sampler.Draw(tensor(Logits).unsqueeze(0).expand(own.Length, 4), own).Tokens.data<long>().ToArray();
    }

    [Fact]
    public void Tokens_are_drawn_as_often_as_their_probabilities_say()
    {
        using var scope = NewDisposeScope();
        var tokens = Drawn(new() { MaxTokens = 1, Seed = 1, Temperature = 0.7 }, OwnDraws.Of(3, Enumerable.Range(0, 20_000), 11));
        var expected = F.softmax(tensor(Logits).Over(0.7), -1).data<float>().ToArray();
        for (var token = 0; token < 4; token++)
        {
            // Five deviations of a share of 20,000.
            Assert.Equal(expected[token], tokens.Count(one => one == token) / 20_000.0, 5 * Math.Sqrt(expected[token] * (1 - expected[token]) / 20_000));
        }
    }

    // Probabilities 0.087, 0.237, 0.644, 0.032.
    [Theory]
    [InlineData(0, 1.0, new[] { 0L, 0L, 1L, 2L, 3L })]
    [InlineData(2, 1.0, new[] { 1L, 1L, 1L, 2L, 2L })]
    [InlineData(0, 0.6, new[] { 2L, 2L, 2L, 2L, 2L })]
    public void A_number_falls_on_the_token_whose_share_it_is_in(int topK, double topP, long[] expected) =>
        Assert.Equal(expected, Drawn(new() { MaxTokens = 1, Seed = 1, TopK = topK, TopP = topP }, [0, 0.08, 0.2, 0.9, 1 - Math.Pow(2, -48)]));

    [Fact]
    public void Numbers_are_below_1_and_differ_by_seed_sequence_and_token()
    {
        var numbers = new[] { 1L, 2 }.SelectMany(seed => Enumerable.Range(0, 50).SelectMany(token => OwnDraws.Of(seed, Enumerable.Range(0, 50), token))).ToArray();
        Assert.All(numbers, number => Assert.InRange(number, 0, 1 - Math.Pow(2, -48)));
        Assert.Equal(numbers.Length, numbers.Distinct().Count());
        // Five deviations of the mean of so many.
        Assert.Equal(0.5, numbers.Average(), 5 * Math.Sqrt(1.0 / 12 / numbers.Length));
    }

    [Fact]
    public void As_many_numbers_as_prompts_are_asked_for()
    {
        using var policy = Policies.SmallPolicy.Drawn(Policies.SmallPolicy.Shape);
        Assert.Throws<ArgumentException>(() => Generation.Generate(
            policy, new HashSet<int> { 0 }, [[1], [2]], new() { MaxTokens = 2, Seed = 1, Numbers = [1] }, TestContext.Current.CancellationToken));
    }
}
