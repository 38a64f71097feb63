using RewardServer.Training.Policies;
using static TorchSharp.torch;

namespace RewardServer.Training.Planning;

/// <summary>Bytes that sequences take which are generated at once.</summary>
/// <param name="Cache">Their keys and values, exactly.</param>
/// <param name="Writing">What computing their prompts or next tokens takes beside them: an estimate, as in <see cref="PassMemory"/>.</param>
public sealed record GenerationMemory(long Cache, long Writing)
{
    // The logits in the type of computing and in fp32, their log-softmax, and what is drawn from: probabilities and their sums in double precision.
    private const int OfLogit = 24;

    /// <summary>All of it.</summary>
    public long All => Cache + Writing;

    /// <summary>Of some sequences.</summary>
    /// <param name="shape">The policy's measures.</param>
    /// <param name="type">The type that it computes in.</param>
    /// <param name="sequences">How many are generated at once.</param>
    /// <param name="prompt">Tokens of the longest prompt.</param>
    /// <param name="maxTokens">Tokens of the longest completion.</param>
    public static GenerationMemory Of(PolicyShape shape, ScalarType type, long sequences, int prompt, int maxTokens)
    {
        var size = ModelMemory.SizeOf(type);
        var cache = 2L * shape.Layers * shape.KeyValueHeads * shape.HeadSize * size * (prompt + maxTokens);
        var reading = prompt * (PassMemory.Made(shape, size) + PassMemory.Mask(size, prompt));
        return new(sequences * cache, sequences * Math.Max(reading, (long)OfLogit * shape.VocabularySize));
    }
}
