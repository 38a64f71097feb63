using RewardServer.Training.Policies;
using RewardServer.Training.Tensors;
using static TorchSharp.torch;

namespace RewardServer.Training.Tests.Policies;

/// <summary>Policies small enough to look at whole.</summary>
internal static class SmallPolicy
{
    public static PolicyShape Shape { get; } = new()
    {
        VocabularySize = 23,
        HiddenSize = 32,
        Layers = 3,
        Heads = 4,
        KeyValueHeads = 2,
        HeadSize = 8,
        IntermediateSize = 48,
        MaxPositions = 64,
    };

    /// <summary>The kinds of the family.</summary>
    public static TheoryData<string> Kinds => ["llama", "qwen2", "qwen3", "untied", "one key head", "as many key heads"];

    public static PolicyShape OfKind(string kind) => kind switch
    {
        "qwen2" => Shape with { AttentionBias = true },
        "qwen3" => Shape with { QueryKeyNorm = true, HeadSize = 12 },
        "untied" => Shape with { TiedEmbeddings = false },
        "one key head" => Shape with { KeyValueHeads = 1 },
        "as many key heads" => Shape with { KeyValueHeads = 4 },
        _ => Shape,
    };

    /// <summary>A policy with parameters large enough to make a difference, biases and norms included.</summary>
    public static Policy Drawn(PolicyShape shape, int seed = 1)
    {
        var policy = new Policy(shape, CPU);
        policy.Initialise(seed);
        using var _ = no_grad();
        using var scope = NewDisposeScope();
        using var generator = new Generator((ulong)seed);
        policy.Parameters.Masters.Add(randn(policy.Parameters.Masters.shape, generator: generator).Times(0.1));
        return policy;
    }

    /// <summary>Tokens drawn from a seed.</summary>
    public static int[] Tokens(int length, int seed, int vocabulary = 23)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, length).Select(_ => random.Next(vocabulary))];
    }
}
