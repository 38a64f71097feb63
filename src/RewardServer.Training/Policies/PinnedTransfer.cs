using RewardServer.Training.Tensors;
using static TorchSharp.torch;

namespace RewardServer.Training.Policies;

/// <summary>
/// Carries numbers between a GPU and the CPU, a part at a time, through memory that the GPU reads and writes by itself (pinned): it is two or three times as fast
/// as through any other. What is carried is of the type of computing, which is changed by the CPU.
/// </summary>
internal sealed class PinnedTransfer : IDisposable
{
    // Numbers on the way at once: 128 MiB of bf16.
    private const long Most = 1 << 26;

    private readonly Tensor room;

    /// <summary>Makes one.</summary>
    /// <param name="length">Numbers of what is carried.</param>
    /// <param name="type">The type that they are carried in.</param>
    public PinnedTransfer(long length, ScalarType type)
    {
        using var scope = NewDisposeScope();
        room = zeros(Math.Min(length, Most), type, CPU).pin_memory().DetachFromDisposeScope();
    }

    /// <summary>Bytes that it has.</summary>
    public long Bytes => room.numel() * room.element_size();

    /// <summary>Adds what a GPU has to what the CPU has.</summary>
    public void Add(Tensor device, Tensor host) => Each(host, (start, length, part) => host.narrow(0, start, length).Add(part.copy_(device.narrow(0, start, length))));

    /// <summary>Copies what the CPU has to a GPU.</summary>
    public void Copy(Tensor host, Tensor device) => Each(host, (start, length, part) => device.narrow(0, start, length).copy_(part.copy_(host.narrow(0, start, length))));

    /// <inheritdoc/>
    public void Dispose() => room.Dispose();

    private void Each(Tensor whole, Action<long, long, Tensor> carry)
    {
        for (long start = 0; start < whole.shape[0]; start += Most)
        {
            using var scope = NewDisposeScope();
            var length = Math.Min(Most, whole.shape[0] - start);
            carry(start, length, room.narrow(0, 0, length));
        }
    }
}
