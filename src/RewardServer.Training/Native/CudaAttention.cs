using System.Runtime.InteropServices;

namespace RewardServer.Training.Native;

/// <summary>Chooses among the kernels that libtorch has for attention on a GPU.</summary>
internal static class CudaAttention
{
    private delegate nint GlobalContext();

    private delegate void Use(nint context, [MarshalAs(UnmanagedType.I1)] bool enabled);

    /// <summary>
    /// Leaves cuDNN's out: it makes a plan for every length that it meets, which takes as long as a whole step of generating, where each
    /// step is one token longer. TorchSharp has no switch for it, so it is called by its name in libtorch (at::Context::setSDPUseCuDNN);
    /// where a version of libtorch has none of that name, all stays as it is, and is slower.
    /// </summary>
    /// <param name="library">The handle of libtorch_cpu.</param>
    public static void LeaveCuDnnOut(nint library)
    {
        if (NativeLibrary.TryGetExport(library, "_ZN2at13globalContextEv", out var global)
            && NativeLibrary.TryGetExport(library, "_ZN2at7Context14setSDPUseCuDNNEb", out var use))
        {
            Marshal.GetDelegateForFunctionPointer<Use>(use)(Marshal.GetDelegateForFunctionPointer<GlobalContext>(global)(), false);
        }
    }
}
