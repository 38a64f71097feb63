using RewardServer.Training.Algorithms;
using static TorchSharp.torch;

namespace RewardServer.Training.Tests.Algorithms;

public sealed class EntropyTests
{
    // Four equal logits: log 4. p = 1/2, 1/4, 1/4: log 2 / 2 + log 4 / 2 = 1.5 log 2; the fourth has p = e^−800 = 0. One certain token: 0.
    [Fact]
    public void Is_that_of_Shannon()
    {
        using var scope = NewDisposeScope();
        double[] logits = [7, 7, 7, 7, Math.Log(2), 0, 0, -800, 900, 0, 0, 0];
        Derivatives.AreClose([Math.Log(4), 1.5 * Math.Log(2), 0], Derivatives.Numbers(Entropy.Of(tensor(logits, float64).view(3, 4))));
    }

    [Fact]
    public void Rows_can_be_taken_a_few_at_a_time()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(3);
        var logits = randn([7, 11], float64, generator: generator);
        Derivatives.AreClose(Derivatives.Numbers(Entropy.Of(logits)), [.. logits.split(3).SelectMany(rows => Derivatives.Numbers(Entropy.Of(rows)))]);
    }

    [Theory]
    [InlineData(ScalarType.BFloat16, ScalarType.Float32)]
    [InlineData(ScalarType.Float16, ScalarType.Float32)]
    [InlineData(ScalarType.Float32, ScalarType.Float32)]
    [InlineData(ScalarType.Float64, ScalarType.Float64)]
    public void Is_computed_in_fp32_or_better(ScalarType given, ScalarType computed)
    {
        using var scope = NewDisposeScope();
        // 1000 equal logits: a sum of so many in bf16 would lose its digits.
        var entropy = Entropy.Of(zeros(1, 1000, given));
        Assert.Equal(computed, entropy.dtype);
        Assert.Equal(Math.Log(1000), entropy.to_type(ScalarType.Float64).item<double>(), 1e-5);
    }
}
