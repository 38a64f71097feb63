namespace RewardServer.Training.Policies;

/// <summary>The measures of a decoder-only transformer of the family of Llama, Qwen2 and Qwen3; names as in their <c>config.json</c>.</summary>
public sealed record PolicyShape
{
    // Far above any model; below it no product overflows, and the table of angles has at most some GiB.
    private const int Largest = 1 << 20;

    /// <summary>Tokens that it knows (<c>vocab_size</c>).</summary>
    public required int VocabularySize { get; init; }

    /// <summary>Numbers a token is carried in through the layers (<c>hidden_size</c>).</summary>
    public required int HiddenSize { get; init; }

    /// <summary>Layers (<c>num_hidden_layers</c>).</summary>
    public required int Layers { get; init; }

    /// <summary>Query heads of each layer (<c>num_attention_heads</c>).</summary>
    public required int Heads { get; init; }

    /// <summary>Key and value heads of each layer, a divisor of <see cref="Heads"/> (<c>num_key_value_heads</c>; grouped-query attention, Ainslie et al. 2023).</summary>
    public required int KeyValueHeads { get; init; }

    /// <summary>Numbers a head (<c>head_dim</c>); even.</summary>
    public required int HeadSize { get; init; }

    /// <summary>Width of the feed-forward part (<c>intermediate_size</c>).</summary>
    public required int IntermediateSize { get; init; }

    /// <summary>Longest sequence, in tokens (<c>max_position_embeddings</c>).</summary>
    public required int MaxPositions { get; init; }

    /// <summary>Base of the rotary embedding's wavelengths (<c>rope_theta</c>; Su et al. 2021).</summary>
    public double RopeTheta { get; init; } = 10_000;

    /// <summary>How the rotary embedding is stretched (<c>rope_scaling</c> of type llama3); null for not at all.</summary>
    public RopeScaling? RopeScaling { get; init; }

    /// <summary>What is added to the mean square before its root (<c>rms_norm_eps</c>).</summary>
    public double NormEpsilon { get; init; } = 1e-6;

    /// <summary>Whether queries and keys are normed a head, as in Qwen3.</summary>
    public bool QueryKeyNorm { get; init; }

    /// <summary>Whether queries, keys and values have a bias, as in Qwen2.</summary>
    public bool AttentionBias { get; init; }

    /// <summary>Whether the output reads the embedding's matrix (<c>tie_word_embeddings</c>).</summary>
    public bool TiedEmbeddings { get; init; } = true;

    /// <summary>Whether it gives one number a token by a head of its own, in place of logits: a critic or a reward model (<c>…ForSequenceClassification</c> with one label).</summary>
    public bool ScalarHead { get; init; }

    /// <summary>Parameters in all.</summary>
    public long Parameters => Layout().Sum(parameter => parameter.Size);

    /// <summary>
    /// Every parameter in the order in which it stands in memory: matrices first, for weight decay leaves out the rest. What is multiplied
    /// together stands together: the projections of queries, keys and values; the gate and the rise of the feed-forward part.
    /// </summary>
    public IEnumerable<ParameterShape> Layout() => Matrices().Concat(Vectors());

    /// <summary>Each measure that cannot be, with what is wrong with it.</summary>
    public IEnumerable<(string Member, string Error)> Errors()
    {
        foreach (var (member, value) in new[]
        {
            ("vocabularySize", VocabularySize), ("hiddenSize", HiddenSize), ("layers", Layers), ("heads", Heads), ("keyValueHeads", KeyValueHeads),
            ("headSize", HeadSize), ("intermediateSize", IntermediateSize), ("maxPositions", MaxPositions),
        })
        {
            if (value < 1)
            {
                yield return (member, $"must be at least 1, but is {value}");
            }
        }

        if (KeyValueHeads > 0 && Heads % KeyValueHeads != 0)
        {
            yield return ("keyValueHeads", $"must divide the {Heads} heads, but is {KeyValueHeads}");
        }

        foreach (var (member, value) in new[]
        {
            ("heads", (long)Heads * HeadSize), ("intermediateSize", IntermediateSize), ("hiddenSize", HiddenSize), ("maxPositions", MaxPositions), ("vocabularySize", VocabularySize),
        })
        {
            if (value > Largest)
            {
                yield return (member, $"makes {value} of what may be at most {Largest}");
            }
        }

        if (!(NormEpsilon > 0))
        {
            yield return ("normEpsilon", $"must be above 0, but is {NormEpsilon}");
        }

        if (HeadSize % 2 != 0)
        {
            yield return ("headSize", $"must be even, but is {HeadSize}");
        }
    }

    private IEnumerable<ParameterShape> Matrices()
    {
        yield return new("model.embed_tokens.weight", VocabularySize, HiddenSize);
        for (var layer = 0; layer < Layers; layer++)
        {
            var name = $"model.layers.{layer}.";
            yield return new(name + "self_attn.q_proj.weight", Heads * HeadSize, HiddenSize);
            yield return new(name + "self_attn.k_proj.weight", KeyValueHeads * HeadSize, HiddenSize);
            yield return new(name + "self_attn.v_proj.weight", KeyValueHeads * HeadSize, HiddenSize);
            yield return new(name + "self_attn.o_proj.weight", HiddenSize, Heads * HeadSize);
            yield return new(name + "mlp.gate_proj.weight", IntermediateSize, HiddenSize);
            yield return new(name + "mlp.up_proj.weight", IntermediateSize, HiddenSize);
            yield return new(name + "mlp.down_proj.weight", HiddenSize, IntermediateSize);
        }

        if (ScalarHead)
        {
            yield return new("score.weight", 1, HiddenSize);
        }
        else if (!TiedEmbeddings)
        {
            yield return new("lm_head.weight", VocabularySize, HiddenSize);
        }
    }

    private IEnumerable<ParameterShape> Vectors()
    {
        for (var layer = 0; layer < Layers; layer++)
        {
            var name = $"model.layers.{layer}.";
            yield return new(name + "input_layernorm.weight", HiddenSize);
            yield return new(name + "post_attention_layernorm.weight", HiddenSize);
            if (AttentionBias)
            {
                yield return new(name + "self_attn.q_proj.bias", Heads * HeadSize);
                yield return new(name + "self_attn.k_proj.bias", KeyValueHeads * HeadSize);
                yield return new(name + "self_attn.v_proj.bias", KeyValueHeads * HeadSize);
            }

            if (QueryKeyNorm)
            {
                yield return new(name + "self_attn.q_norm.weight", HeadSize);
                yield return new(name + "self_attn.k_norm.weight", HeadSize);
            }
        }

        yield return new("model.norm.weight", HiddenSize);
    }
}

/// <summary>One parameter: its name in Hugging Face checkpoints, and its measures.</summary>
/// <param name="Name">Such as <c>model.layers.0.mlp.up_proj.weight</c>.</param>
/// <param name="Rows">Outputs of a matrix; the length of a vector.</param>
/// <param name="Columns">Inputs of a matrix; null for a vector.</param>
public sealed record ParameterShape(string Name, long Rows, long? Columns = null)
{
    /// <summary>How many numbers it has.</summary>
    public long Size => Rows * (Columns ?? 1);

    /// <summary>Its dimensions.</summary>
    public long[] Dimensions => Columns is { } columns ? [Rows, columns] : [Rows];
}

/// <summary>Llama 3.1's stretching of the rotary embedding to longer texts (Grattafiori et al. 2024; <c>rope_type: llama3</c>).</summary>
/// <param name="Factor">By how much long wavelengths are stretched.</param>
/// <param name="LowFrequencyFactor">Wavelengths above the original length over this are stretched whole.</param>
/// <param name="HighFrequencyFactor">Wavelengths below the original length over this are left as they are.</param>
/// <param name="OriginalMaxPositions">The length that the model was first trained for, in tokens.</param>
public sealed record RopeScaling(double Factor, double LowFrequencyFactor, double HighFrequencyFactor, int OriginalMaxPositions);
