using RewardServer.Training.Policies;
using static TorchSharp.torch;

namespace RewardServer.Training.Planning;

/// <summary>Bytes that a model takes as long as it is there, exactly.</summary>
/// <param name="Weights">What it computes with, on the device.</param>
/// <param name="Masters">Its fp32 masters on the device, where it computes with a copy.</param>
/// <param name="Gradients">Those of a pass and those of a step, on the device.</param>
/// <param name="Means">AdamW's two, on the device.</param>
/// <param name="Angles">Its table of rotary angles.</param>
/// <param name="Kept">What the CPU keeps for each device that has it: masters and gradients where they are offloaded.</param>
/// <param name="Host">What the CPU keeps for it on one device: those, and means.</param>
public sealed record ModelMemory(long Weights, long Masters, long Gradients, long Means, long Angles, long Kept, long Host)
{
    // A mean of gradients and one of their squares, fp32.
    private const int MeansOfOne = 8;

    /// <summary>All that is on the device.</summary>
    public long Device => Weights + Masters + Gradients + Means + Angles;

    /// <summary>Of a model.</summary>
    /// <param name="shape">Its measures.</param>
    /// <param name="type">The type that it computes in.</param>
    /// <param name="trained">Parameters that have gradients: all of it, or those of adapters beside weights that are frozen.</param>
    /// <param name="frozen">Weights that have none.</param>
    /// <param name="optimized">Whether an optimizer moves what is trained.</param>
    /// <param name="offload">Whether masters, gradients of a step and means are kept by the CPU.</param>
    public static ModelMemory Of(PolicyShape shape, ScalarType type, long trained, long frozen = 0, bool optimized = true, bool offload = false)
    {
        var size = SizeOf(type);
        var angles = 2L * shape.MaxPositions * shape.HeadSize * size;
        var means = optimized ? MeansOfOne * trained : 0;
        if (offload)
        {
            var kept = 2 * sizeof(float) * trained;
            return new(size * (trained + frozen), 0, size * trained, 0, angles, kept, kept + means);
        }

        return type == ScalarType.Float32
            ? new(size * (trained + frozen), 0, sizeof(float) * trained, means, angles, 0, 0)
            : new(size * (trained + frozen), sizeof(float) * trained, (sizeof(float) + size) * trained, means, angles, 0, 0);
    }

    /// <summary>Bytes of a number.</summary>
    internal static int SizeOf(ScalarType type) => type == ScalarType.Float32 ? 4 : 2;
}
