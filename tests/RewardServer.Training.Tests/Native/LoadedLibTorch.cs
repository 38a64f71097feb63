using System.Runtime.CompilerServices;
using RewardServer.Training.Native;
using static TorchSharp.torch;

namespace RewardServer.Training.Tests.Native;

/// <summary>
/// Every test here may use TorchSharp. The environment's LIBTORCH names the lib folder of an installed PyTorch, in place of the libtorch of the build. A GPU is
/// tested where there is one, and that libtorch is one for CUDA.
/// </summary>
internal static class LoadedLibTorch
{
    [ModuleInitializer]
    internal static void Load()
    {
        var installed = Environment.GetEnvironmentVariable("LIBTORCH") is { Length: > 0 } folder ? folder : null;
        LibTorch.Load(installed, cuda: File.Exists(Path.Combine(installed ?? LibTorch.Native(), LibTorch.CudaLibrary)) && File.Exists("/dev/nvidiactl"));
        // Tests run beside one another, and policies here are small: threads that wait for one another would take longer than one alone.
        set_num_threads(1);
    }
}
