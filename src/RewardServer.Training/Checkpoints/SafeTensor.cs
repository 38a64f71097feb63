using static TorchSharp.torch;

namespace RewardServer.Training.Checkpoints;

/// <summary>One tensor of a safetensors file.</summary>
/// <param name="Name">Such as <c>model.norm.weight</c>.</param>
/// <param name="Type">float32, float16 or bfloat16.</param>
/// <param name="Dimensions">None for a single number.</param>
/// <param name="Start">Where its bytes begin in the file.</param>
/// <param name="Length">How many bytes it has.</param>
public sealed record SafeTensor(string Name, ScalarType Type, IReadOnlyList<long> Dimensions, long Start, long Length)
{
    /// <summary>The types that are read and written, by their names in the format.</summary>
    internal static readonly IReadOnlyDictionary<string, ScalarType> Types = new Dictionary<string, ScalarType>(StringComparer.Ordinal)
    {
        ["F32"] = ScalarType.Float32,
        ["F16"] = ScalarType.Float16,
        ["BF16"] = ScalarType.BFloat16,
    };

    /// <summary>Bytes a number.</summary>
    internal static int Size(ScalarType type) => type == ScalarType.Float32 ? 4 : 2;
}
