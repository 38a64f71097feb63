using System.Runtime.CompilerServices;
using RewardServer.Training.Native;
using static TorchSharp.torch;

namespace RewardServer.Training.Tests.Native;

/// <summary>Every test here may use TorchSharp.</summary>
internal static class LoadedLibTorch
{
    [ModuleInitializer]
    internal static void Load()
    {
        LibTorch.Load();
        // Tests run beside one another, and policies here are small: threads that wait for one another would take longer than one alone.
        set_num_threads(1);
    }
}
