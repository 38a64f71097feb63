using System.Diagnostics;
using System.Runtime.InteropServices;

namespace RewardServer.Training.Native;

/// <summary>The memory of a GPU, by the runtime library of CUDA that libtorch has loaded; TorchSharp does not ask it.</summary>
internal static class CudaMemory
{
    private delegate int GetDevice(out int device);

    private delegate int SetDevice(int device);

    private delegate int MemGetInfo(out nuint free, out nuint total);

    /// <summary>Bytes that are free; null where there is no such library, or it does not say.</summary>
    /// <param name="device">The number of the GPU.</param>
    public static long? Free(int device)
    {
        if (Runtime() is not { } library
            || Function<GetDevice>(library, "cudaGetDevice") is not { } current
            || Function<SetDevice>(library, "cudaSetDevice") is not { } choose
            || Function<MemGetInfo>(library, "cudaMemGetInfo") is not { } ask
            || current(out var before) != 0 || choose(device) != 0)
        {
            return null;
        }

        try
        {
            return ask(out var free, out _) == 0 ? (long)free : null;
        }
        finally
        {
            _ = choose(before);
        }
    }

    // libcudart.so.13, libcudart-8d3a9b1c.so.12, cudart64_12.dll.
    private static nint? Runtime()
    {
        using var process = Process.GetCurrentProcess();
        var path = process.Modules.Cast<ProcessModule>().Select(module => module.FileName)
            .FirstOrDefault(file => Path.GetFileName(file) is { } name && (name.StartsWith("libcudart", StringComparison.Ordinal) || name.StartsWith("cudart64", StringComparison.OrdinalIgnoreCase)));
        return path is not null && NativeLibrary.TryLoad(path, out var library) ? library : null;
    }

    private static T? Function<T>(nint library, string name)
        where T : Delegate => NativeLibrary.TryGetExport(library, name, out var address) ? Marshal.GetDelegateForFunctionPointer<T>(address) : null;
}
