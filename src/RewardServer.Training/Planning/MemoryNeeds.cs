using System.Collections.Immutable;
using RewardServer.Training.Policies;
using static TorchSharp.torch;

namespace RewardServer.Training.Planning;

/// <summary>All of a run that its memory depends on.</summary>
public sealed record MemoryNeeds
{
    // Above it a GPU has enough to do.
    private const int FewestTokens = 256;

    /// <summary>The policy's measures.</summary>
    public required PolicyShape Shape { get; init; }

    /// <summary>The type that it computes in.</summary>
    public required ScalarType Type { get; init; }

    /// <summary>Parameters that adapters train beside the policy's weights; null where the weights are trained themselves.</summary>
    public long? Adapters { get; init; }

    /// <summary>Whether the policy learns at all.</summary>
    public bool Learns { get; init; } = true;

    /// <summary>Whether masters, gradients of a step and means are kept by the CPU.</summary>
    public bool Offload { get; init; }

    /// <summary>Whether layers are computed again for their gradients.</summary>
    public bool Checkpointing { get; init; }

    /// <summary>Tokens of a pass (<c>batchTokens</c>).</summary>
    public required int BatchTokens { get; init; }

    /// <summary>Tokens of the longest prompt.</summary>
    public required int Prompt { get; init; }

    /// <summary>Tokens of the longest completion.</summary>
    public required int MaxTokens { get; init; }

    /// <summary>Sequences that are generated at once.</summary>
    public required int Sequences { get; init; }

    /// <summary>Models that are asked and do not learn: a reference, a teacher, a reward model.</summary>
    public ImmutableArray<PolicyShape> Asked { get; init; } = [];

    /// <summary>Models with a head of their own that learn beside the policy: a critic, or a reward model that is made. With adapters they share the policy's weights.</summary>
    public ImmutableArray<PolicyShape> Learning { get; init; } = [];

    /// <summary>Bytes for each logit of a pass.</summary>
    public int OfLogit { get; init; } = PassMemory.OfLogit;

    /// <summary>The plan.</summary>
    public MemoryPlan Plan()
    {
        var trained = Adapters ?? Shape.Parameters;
        var policy = ModelMemory.Of(Shape, Type, trained, Adapters is null ? 0 : Shape.Parameters, Learns, Offload);
        var learning = Learning.Select(shape => ModelMemory.Of(shape, Type, Adapters ?? shape.Parameters, offload: Offload)).ToArray();
        var asked = Asked.Select(shape => ModelMemory.Of(shape, Type, trained: 0, frozen: shape.Parameters, optimized: false)).ToArray();
        var pass = PassMemory.Of(Shape, Type, Math.Max(BatchTokens, Longest), Longest, Checkpointing, OfLogit);
        return new()
        {
            Policy = policy,
            Asked = asked.Sum(one => one.Device),
            Learning = learning.Sum(one => one.Device),
            Host = policy.Host + asked.Concat(learning).Sum(one => one.Host),
            Pass = Learns || Learning.Length > 0 ? pass : new(0, 0),
            // The roots of the means of squares.
            Step = Offload || !Learns ? 0 : sizeof(float) * trained,
            Generation = GenerationMemory.Of(Shape, Type, Sequences, Prompt, MaxTokens),
            Sequences = Sequences,
        };
    }

    /// <summary>The most sequences at once that leave the plan within some bytes of the device: from 0 up to <see cref="Sequences"/>.</summary>
    public int SequencesWithin(long room)
    {
        var one = this with { Sequences = 1 };
        var left = room - one.Plan().Resident;
        return (int)Math.Clamp(left / one.Plan().Generation.All, 0, Sequences);
    }

    /// <summary>The most tokens of a pass that leave the plan within some bytes of the device, by halves of what is asked; null where not even those of the longest sequence do.</summary>
    public int? BatchTokensWithin(long room)
    {
        for (var tokens = BatchTokens / 2; tokens >= Math.Max(FewestTokens, Longest); tokens /= 2)
        {
            if ((this with { BatchTokens = tokens }).Plan().Device <= room)
            {
                return tokens;
            }
        }

        return null;
    }

    private int Longest => Prompt + MaxTokens;
}
