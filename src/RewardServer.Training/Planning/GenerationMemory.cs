using RewardServer.Training.Policies;
using static TorchSharp.torch;

namespace RewardServer.Training.Planning;

/// <summary>Bytes that sequences take which are generated at once.</summary>
/// <param name="Cache">Their keys and values, exactly.</param>
/// <param name="Writing">What computing their prompts or next tokens takes beside them: an estimate, as in <see cref="PassMemory"/>.</param>
public sealed record GenerationMemory(long Cache, long Writing)
{
    /// <summary>Bytes for each logit that is drawn from: itself in the type of computing and in fp32, its log-softmax, its probability, and that and their sums in double precision.</summary>
    public const int OfLogit = 30;

    /// <summary>Further bytes where the temperature is another than 1.</summary>
    public const int OfTemperature = 4;

    /// <summary>Further bytes where the likeliest alone are drawn from: what is sorted, its places, its probabilities, their sums, and what is left out.</summary>
    public const int OfLikeliest = 32;

    /// <summary>All of it.</summary>
    public long All => Cache + Writing;

    /// <summary>Of some sequences.</summary>
    /// <param name="shape">The policy's measures.</param>
    /// <param name="type">The type that it computes in.</param>
    /// <param name="sequences">How many are generated at once.</param>
    /// <param name="prompt">Tokens of the longest prompt.</param>
    /// <param name="maxTokens">Tokens of the longest completion.</param>
    /// <param name="ofLogit">Bytes for each logit that is drawn from.</param>
    public static GenerationMemory Of(PolicyShape shape, ScalarType type, long sequences, int prompt, int maxTokens, int ofLogit = OfLogit)
    {
        var size = ModelMemory.SizeOf(type);
        var cache = 2L * shape.Layers * shape.KeyValueHeads * shape.HeadSize * size * (prompt + maxTokens);
        var reading = prompt * (PassMemory.Made(shape, size) + PassMemory.Mask(size, prompt));
        return new(sequences * cache, sequences * Math.Max(reading, (long)ofLogit * shape.VocabularySize));
    }
}
