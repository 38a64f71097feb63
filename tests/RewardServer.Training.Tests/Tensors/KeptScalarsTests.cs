using RewardServer.Training.Policies;
using TorchSharp;

namespace RewardServer.Training.Tests.Tensors;

/// <summary>
/// A number that the trainer gives to libtorch is there until libtorch has read it. TorchSharp's own operators do not see to that: a collection of garbage at
/// the wrong moment frees it, which is seen as "Unknown scalar type" about once in a day of training, or not seen at all.
/// </summary>
public sealed class KeptScalarsTests
{
    private static readonly Lazy<UnkeptScalars> Search = new(() => new());

    [Fact]
    public void The_trainer_keeps_every_scalar_until_it_was_read()
    {
        var found = Search.Value.In(typeof(Policy).Assembly.Location);
        Assert.True(found.Length == 0, string.Join('\n', found));
    }

    [Theory]
    [InlineData("torch/Tensor::square()")]
    [InlineData("torch/Tensor::op_Addition(TorchSharp.torch/Tensor,TorchSharp.torch/Tensor)")]
    [InlineData("torch/Tensor::op_Multiply(TorchSharp.torch/Tensor,System.Double)")]
    [InlineData("torch::arange(TorchSharp.Scalar,System.Nullable`1<TorchSharp.torch/ScalarType>,TorchSharp.torch/Device,System.Boolean)")]
    public void The_search_finds_what_TorchSharp_does_not_keep(string method) =>
        Assert.Contains(Search.Value.OfTorchSharp, name => name.EndsWith(method, StringComparison.Ordinal));

    [Theory]
    [InlineData("torch/Tensor::mul(TorchSharp.Scalar)")]
    [InlineData("torch/Tensor::pow(TorchSharp.Scalar)")]
    [InlineData("torch/Tensor::op_Multiply(TorchSharp.torch/Tensor,TorchSharp.torch/Tensor)")]
    public void The_search_lets_be_what_makes_none(string method) =>
        Assert.DoesNotContain(Search.Value.OfTorchSharp, name => name.EndsWith(method, StringComparison.Ordinal));

    // The tests are beside one another in one process, where garbage is collected often.
    [Fact]
    public void Tests_keep_theirs_but_for_one_that_shows_what_is_found()
    {
        var found = Search.Value.In(typeof(KeptScalarsTests).Assembly.Location);
        var shown = $"{typeof(KeptScalarsTests).FullName}.{nameof(Unkept)} calls ";
        Assert.Contains(found, call => call.StartsWith(shown, StringComparison.Ordinal));
        Assert.True(found.All(call => call.StartsWith(shown, StringComparison.Ordinal)), string.Join('\n', found));
    }

    private static torch.Tensor Unkept(torch.Tensor tensor)
    {
        using var scope = torch.NewDisposeScope();
        return tensor.mul_(1.0.ToScalar());
    }

    private static torch.Tensor Disposed(torch.Tensor tensor)
    {
        using var scope = torch.NewDisposeScope();
        using var scalar = 1.0.ToScalar();
        return tensor.mul_(scalar);
    }
}
