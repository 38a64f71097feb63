using System.Runtime.CompilerServices;
using RewardServer.Training.Native;
using static TorchSharp.torch;

namespace RewardServer.Training.Tests.Native;

/// <summary>Every test here may use TorchSharp. The environment's LIBTORCH names the lib folder of an installed PyTorch, by which a GPU is tested.</summary>
internal static class LoadedLibTorch
{
    [ModuleInitializer]
    internal static void Load()
    {
        var installed = Environment.GetEnvironmentVariable("LIBTORCH") is { Length: > 0 } folder ? folder : null;
        LibTorch.Load(installed, cuda: installed is not null && File.Exists(Path.Combine(installed, "libtorch_cuda.so")) && File.Exists("/dev/nvidiactl"));
        // Tests run beside one another, and policies here are small: threads that wait for one another would take longer than one alone.
        set_num_threads(1);
    }
}
