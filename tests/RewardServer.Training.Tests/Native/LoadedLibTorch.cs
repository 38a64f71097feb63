using System.Runtime.CompilerServices;
using RewardServer.Training.Native;

namespace RewardServer.Training.Tests.Native;

/// <summary>Every test here may use TorchSharp.</summary>
internal static class LoadedLibTorch
{
    [ModuleInitializer]
    internal static void Load() => LibTorch.Load();
}
