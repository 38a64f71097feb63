using RewardServer.Training.Native;
using TorchSharp;

namespace RewardServer.Training.Tests.Native;

public sealed class LibTorchTests
{
    [Fact]
    public void Loads_and_multiplies()
    {
        LibTorch.Load();
        using var product = torch.ones(2, 3).matmul(torch.ones(3, 4));
        Assert.Equal(3f, product[1, 2].item<float>());
    }
}
