using RewardServer.Training.Policies;
using RewardServer.Training.Tokens;
using static TorchSharp.torch;

namespace RewardServer.Training.Checkpoints;

/// <summary>Checkpoints as Hugging Face keeps them: a folder with <c>config.json</c>, the parameters in safetensors, and the tokenizer's files.</summary>
public static class Checkpoint
{
    /// <summary>The file of all parameters.</summary>
    internal const string FileName = "model.safetensors";

    /// <summary>
    /// Reads a policy to train, from <c>model.safetensors</c> or from the files that <c>model.safetensors.index.json</c> names. Of a folder of adapters it is the
    /// policy that they belong to, with all that they add.
    /// </summary>
    /// <param name="folder">The checkpoint's.</param>
    /// <param name="device">Where the policy shall live.</param>
    /// <param name="computeType">The type that it computes in: float32, or bfloat16 with fp32 masters.</param>
    /// <param name="offload">Whether masters and gradients, and so an optimizer of them, are kept by the CPU.</param>
    /// <exception cref="FileNotFoundException">A file is missing.</exception>
    /// <exception cref="InvalidDataException">A file contradicts itself or another, or tensors are missing, too many or of other dimensions: all of them, a line each.</exception>
    public static Policy Read(string folder, Device device, ScalarType computeType = ScalarType.Float32, bool offload = false) =>
        Filled(folder, shape => new(shape, device, computeType, offload));

    /// <summary>Reads a policy whose weights stay as they are, and take no more memory than computing needs.</summary>
    /// <param name="folder">The checkpoint's.</param>
    /// <param name="device">Where the policy shall live.</param>
    /// <param name="computeType">The type that it computes in: float32, or bfloat16.</param>
    /// <param name="lora">The adapters that it has, to be initialised; null for none.</param>
    /// <param name="offload">Whether the adapters' masters and gradients, and so an optimizer of them, are kept by the CPU.</param>
    /// <exception cref="FileNotFoundException">A file is missing.</exception>
    /// <exception cref="InvalidDataException">As of <see cref="Read"/>.</exception>
    public static Policy ReadFrozen(string folder, Device device, ScalarType computeType = ScalarType.Float32, LoraShape? lora = null, bool offload = false) =>
        Filled(folder, shape => Policy.Frozen(shape, device, computeType, lora, offload));

    /// <summary>Reads a checkpoint into a policy of its measures: into its masters, or where it trains adapters alone, into what they belong to.</summary>
    /// <exception cref="FileNotFoundException">A file is missing.</exception>
    /// <exception cref="InvalidDataException">As of <see cref="Read"/>.</exception>
    internal static void ReadInto(string folder, Policy policy)
    {
        var chain = AdapterConfig.Chain(folder);
        using var files = CheckpointTensors.Open(chain[^1]);
        files.Check(policy.Shape);
        foreach (var parameter in policy.Shape.Layout())
        {
            using var scope = NewDisposeScope();
            files.Read(parameter.Name, policy.Place(parameter.Name));
        }

        foreach (var adapters in chain.SkipLast(1).Reverse())
        {
            AdapterCheckpoint.Merge(adapters, policy);
        }

        policy.Parameters.Publish();
    }

    private static Policy Filled(string folder, Func<PolicyShape, Policy> make)
    {
        var whole = AdapterConfig.WholeOf(folder);
        var shape = ConfigJson.Read(whole);
        using (var files = CheckpointTensors.Open(whole))
        {
            // Before memory is taken by what a file says.
            files.Check(shape);
        }

        var policy = make(shape);
        try
        {
            ReadInto(folder, policy);
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
    /// <param name="policy">Whose parameters are written: the fp32 masters, rounded where another type is asked for. Adapters are merged into them, so that whoever knows of none can read it.</param>
    /// <param name="tokenizer">Written with it; null for none.</param>
    /// <param name="folder">The checkpoint's.</param>
    /// <param name="type">The type that the parameters are kept in: float32, float16 or bfloat16.</param>
    /// <param name="with">Writes what else belongs to it, into the folder that it is given; null for nothing.</param>
    /// <exception cref="IOException">The disk is full, or the folder cannot be written to. What was there is there still.</exception>
    public static void Write(Policy policy, ISavedTokenizer? tokenizer, string folder, ScalarType type = ScalarType.Float32, Action<string>? with = null) =>
        DurableFolder.Replace(folder, unfinished =>
        {
            ConfigJson.Write(policy.Shape, type, tokenizer?.EndOfText, unfinished);
            SafeTensors.WriteEach(Path.Combine(unfinished, FileName), [.. Tensors(policy)], type);
            tokenizer?.Write(unfinished);
            with?.Invoke(unfinished);
        });

    private static IEnumerable<WrittenTensor> Tensors(Policy policy)
    {
        foreach (var parameter in policy.Shape.Layout())
        {
            yield return new(parameter.Name, parameter.Dimensions, () => policy.Merged(parameter.Name));
        }

        // With attention_bias, qwen3 has a bias behind attention, too; this policy's is 0.
        for (var layer = 0; policy.Shape is { AttentionBias: true, QueryKeyNorm: true } && layer < policy.Shape.Layers; layer++)
        {
            yield return new(CheckpointTensors.OutputBias(layer), [policy.Shape.HiddenSize], () => zeros(policy.Shape.HiddenSize));
        }
    }
}
