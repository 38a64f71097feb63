using System.Collections.Concurrent;
using RewardServer.Training.Native;
using TorchSharp;
using static TorchSharp.torch;

namespace RewardServer.Training.Planning;

/// <summary>Memory of devices that was free when this process first asked: what earlier runs in it have given back, libtorch keeps for the next.</summary>
internal static class FreeMemory
{
    private static readonly ConcurrentDictionary<(DeviceType, int), long?> Known = new();

    /// <summary>In bytes; null where nothing says.</summary>
    public static long? Of(Device device) => Known.GetOrAdd(
        (device.type, Math.Max(0, device.index)), place => place.Item1 == DeviceType.CUDA ? CudaMemory.Free(place.Item2) : HostMemory.Free());
}
