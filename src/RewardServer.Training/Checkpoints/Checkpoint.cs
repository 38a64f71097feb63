using RewardServer.Training.Policies;
using RewardServer.Training.Tokens;
using static TorchSharp.torch;

namespace RewardServer.Training.Checkpoints;

/// <summary>Checkpoints as Hugging Face keeps them: a folder with <c>config.json</c>, the parameters in safetensors, and the tokenizer's files.</summary>
public static class Checkpoint
{
    /// <summary>The file of all parameters.</summary>
    internal const string FileName = "model.safetensors";

    /// <summary>Reads a policy, from <c>model.safetensors</c> or from the files that <c>model.safetensors.index.json</c> names.</summary>
    /// <param name="folder">The checkpoint's.</param>
    /// <param name="device">Where the policy shall live.</param>
    /// <param name="computeType">The type that it computes in: float32, or bfloat16 with fp32 masters.</param>
    /// <param name="offload">Whether masters and gradients, and so an optimizer of them, are kept by the CPU.</param>
    /// <exception cref="FileNotFoundException">A file is missing.</exception>
    /// <exception cref="InvalidDataException">A file contradicts itself or another, or tensors are missing, too many or of other dimensions: all of them, a line each.</exception>
    public static Policy Read(string folder, Device device, ScalarType computeType = ScalarType.Float32, bool offload = false)
    {
        var shape = ConfigJson.Read(folder);
        using var files = CheckpointTensors.Open(folder);
        files.Check(shape);
        var policy = new Policy(shape, device, computeType, offload);
        try
        {
            foreach (var parameter in policy.Parameters.Shapes)
            {
                using var scope = NewDisposeScope();
                files.Read(parameter.Name, policy.Parameters.Master(parameter.Name));
            }

            policy.Parameters.Publish();
            return policy;
        }
        catch
        {
            policy.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Writes a policy whole or not at all: into a folder of another name beside it, which takes the folder's place when all of it is on the disk.
    /// A checkpoint that is there is replaced, with all that its folder holds.
    /// </summary>
    /// <param name="policy">Whose parameters are written: the fp32 masters, rounded where another type is asked for.</param>
    /// <param name="tokenizer">Written with it; null for none.</param>
    /// <param name="folder">The checkpoint's.</param>
    /// <param name="type">The type that the parameters are kept in: float32, float16 or bfloat16.</param>
    /// <param name="with">Writes what else belongs to it, into the folder that it is given; null for nothing.</param>
    /// <exception cref="IOException">The disk is full, or the folder cannot be written to. What was there is there still.</exception>
    public static void Write(Policy policy, ISavedTokenizer? tokenizer, string folder, ScalarType type = ScalarType.Float32, Action<string>? with = null) =>
        DurableFolder.Replace(folder, unfinished =>
        {
            ConfigJson.Write(policy.Shape, type, tokenizer?.EndOfText, unfinished);
            using var scope = NewDisposeScope();
            SafeTensors.Write(Path.Combine(unfinished, FileName), [.. Tensors(policy)], type);
            tokenizer?.Write(unfinished);
            with?.Invoke(unfinished);
        });

    private static IEnumerable<KeyValuePair<string, Tensor>> Tensors(Policy policy)
    {
        foreach (var parameter in policy.Parameters.Shapes)
        {
            yield return new(parameter.Name, policy.Parameters.Master(parameter.Name));
        }

        // With attention_bias, qwen3 has a bias behind attention, too; this policy's is 0.
        for (var layer = 0; policy.Shape is { AttentionBias: true, QueryKeyNorm: true } && layer < policy.Shape.Layers; layer++)
        {
            yield return new(CheckpointTensors.OutputBias(layer), zeros(policy.Shape.HiddenSize));
        }
    }
}
