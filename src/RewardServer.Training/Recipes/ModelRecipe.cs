using RewardServer.Training.Policies;

namespace RewardServer.Training.Recipes;

/// <summary>The policy: a checkpoint, or the measures of a fresh one.</summary>
public sealed record ModelRecipe
{
    /// <summary>Folder of a Hugging Face checkpoint; null for a fresh policy. The measures are the checkpoint's then. <see cref="RecipeFlags.Model"/> stands for the one that the command line gives.</summary>
    public string? Path { get; init; }

    /// <summary>Numbers a token is carried in through the layers.</summary>
    public int Hidden { get; init; } = 128;

    /// <summary>Layers.</summary>
    public int Layers { get; init; } = 4;

    /// <summary>Query heads of each layer.</summary>
    public int Heads { get; init; } = 4;

    /// <summary>Key and value heads of each layer, a divisor of <see cref="Heads"/>.</summary>
    public int KeyValueHeads { get; init; } = 4;

    /// <summary>Numbers a head; even.</summary>
    public int HeadSize { get; init; } = 32;

    /// <summary>Width of the feed-forward part.</summary>
    public int Intermediate { get; init; } = 352;

    /// <summary>Longest sequence, in tokens.</summary>
    public int MaxPositions { get; init; } = 512;

    /// <summary>Base of the rotary embedding's wavelengths.</summary>
    public double RopeTheta { get; init; } = 10_000;

    /// <summary>Whether queries and keys are normed a head, as in Qwen3.</summary>
    public bool QueryKeyNorm { get; init; }

    /// <summary>Whether queries, keys and values have a bias, as in Qwen2.</summary>
    public bool AttentionBias { get; init; }

    /// <summary>Whether the output reads the embedding's matrix.</summary>
    public bool TiedEmbeddings { get; init; } = true;

    /// <summary>The measures of a fresh policy.</summary>
    /// <param name="vocabularySize">Tokens that it is to know.</param>
    public PolicyShape Shape(int vocabularySize) => new()
    {
        VocabularySize = vocabularySize,
        HiddenSize = Hidden,
        Layers = Layers,
        Heads = Heads,
        KeyValueHeads = KeyValueHeads,
        HeadSize = HeadSize,
        IntermediateSize = Intermediate,
        MaxPositions = MaxPositions,
        RopeTheta = RopeTheta,
        QueryKeyNorm = QueryKeyNorm,
        AttentionBias = AttentionBias,
        TiedEmbeddings = TiedEmbeddings,
    };
}
