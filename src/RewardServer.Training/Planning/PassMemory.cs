using RewardServer.Training.Policies;
using static TorchSharp.torch;

namespace RewardServer.Training.Planning;

/// <summary>
/// Bytes that a forward and backward pass takes at most beside the model, counted from the tensors that <see cref="Policy"/> makes: an estimate, for
/// kernels and allocators have needs of their own.
/// </summary>
/// <param name="Layers">What layers keep for their gradients, and what one has on its way.</param>
/// <param name="Logits">Logits that exist at once, with what is computed of them and their gradients; and the gradients of embedding and head.</param>
public sealed record PassMemory(long Layers, long Logits)
{
    /// <summary>Further bytes where the temperature is another than 1: the logits over it, and their gradients.</summary>
    public const int OfTemperature = 8;

    /// <summary>Bytes for each logit where log-probabilities alone are computed of it: itself in the type of computing and in fp32, its log-softmax, and their gradients.</summary>
    public const int OfLogit = 16;

    /// <summary>All of it.</summary>
    public long All => Layers + Logits;

    /// <summary>Of a pass.</summary>
    /// <param name="shape">The policy's measures.</param>
    /// <param name="type">The type that it computes in.</param>
    /// <param name="tokens">Tokens that the pass computes.</param>
    /// <param name="longest">The longest row of them.</param>
    /// <param name="checkpointing">Whether layers are computed again for their gradients.</param>
    /// <param name="ofLogit">Bytes for each logit.</param>
    /// <param name="adapted">Whether adapters are trained, and weights have no gradients.</param>
    public static PassMemory Of(PolicyShape shape, ScalarType type, long tokens, int longest, bool checkpointing, int ofLogit = OfLogit, bool adapted = false)
    {
        var size = ModelMemory.SizeOf(type);
        var inputs = (long)size * shape.HiddenSize;
        var kept = checkpointing ? shape.Layers * inputs + Kept(shape, size) : shape.Layers * Kept(shape, size);
        var atOnce = Math.Min(tokens, LogitParts.TokensAtOnce(shape.VocabularySize, checkpointing));
        var matrix = adapted || shape.ScalarHead ? 0 : (long)size * shape.VocabularySize * shape.HiddenSize;
        var made = Made(shape, size) + (adapted ? Added(shape, size) : 0);
        return new(tokens * (kept + made + Mask(size, longest)), shape.ScalarHead ? 0 : atOnce * shape.VocabularySize * ofLogit + 2 * matrix);
    }

    /// <summary>Bytes a token that a layer keeps for its gradient.</summary>
    internal static long Kept(PolicyShape shape, int size)
    {
        var (heads, keys) = Widths(shape);
        // Two norms, each with what it reads in fp32, what it scaled and what goes on; and what is added to the residual stream.
        var norms = (size == 4 ? 6L * size : 2L * (4 + 2 * size) + 2L * size) * shape.HiddenSize;
        // Queries, keys and values before and after they are turned, keys and values repeated for the heads of their group, what attention gives, twice.
        var attention = size * (6 * heads + 3 * keys);
        var normed = shape.QueryKeyNorm ? (size == 4 ? 2L * size : 4 + 2L * size) * (heads + keys) : 0;
        return norms + attention + normed + 4L * size * shape.IntermediateSize;
    }

    /// <summary>Bytes a token of all that a layer makes on its way, which is given back at its end.</summary>
    internal static long Made(PolicyShape shape, int size)
    {
        var (heads, keys) = Widths(shape);
        var norm = size == 4 ? 3L * size : 3L * 4 + 2L * size;
        var normed = shape.QueryKeyNorm ? norm * (heads + keys) : 0;
        return (2 * norm + 4L * size) * shape.HiddenSize + size * (7 * heads + 4 * keys) + normed + 4L * size * shape.IntermediateSize;
    }

    /// <summary>Bytes a token of what adapters of all projections make of a layer's on its way: parts, those together, and their sums with what the weights give.</summary>
    private static long Added(PolicyShape shape, int size)
    {
        var (heads, keys) = Widths(shape);
        return 3L * size * (heads + 2 * keys + 2L * shape.HiddenSize + 2L * shape.IntermediateSize);
    }

    /// <summary>Bytes a token of the mask, in which rows of several sequences hide them from one another: itself, and three of truth on the way.</summary>
    internal static long Mask(int size, int longest) => (long)(size + 3) * longest;

    private static (long Heads, long Keys) Widths(PolicyShape shape) => ((long)shape.Heads * shape.HeadSize, (long)shape.KeyValueHeads * shape.HeadSize);
}
