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

    /// <summary>Further devices, each of which has a copy of what is on the first but for the optimizer's means.</summary>
    public int Copies { get; init; }

    /// <summary>Parameters that adapters train beside the policy's weights; null where the weights are trained themselves.</summary>
    public long? Adapters { get; init; }

    /// <summary>Whether the policy learns at all. Where it does not, it has an optimizer all the same.</summary>
    public bool Learns { get; init; } = true;

    /// <summary>Whether masters, gradients of a step and means are kept by the CPU.</summary>
    public bool Offload { get; init; }

    /// <summary>Whether layers are computed again for their gradients.</summary>
    public bool Checkpointing { get; init; }

    /// <summary>Tokens of a pass (<c>batchTokens</c>).</summary>
    public required int BatchTokens { get; init; }

    /// <summary>Whether a pass has both completions of a pair.</summary>
    public bool Pairs { get; init; }

    /// <summary>Tokens of the longest prompt.</summary>
    public required int Prompt { get; init; }

    /// <summary>Tokens of the longest completion.</summary>
    public required int MaxTokens { get; init; }

    /// <summary>Sequences that are generated at once.</summary>
    public required int Sequences { get; init; }

    /// <summary>Whether the policy as it was before is asked. With adapters that is itself without them, and takes nothing.</summary>
    public bool Reference { get; init; }

    /// <summary>Other models that are asked and do not learn: a teacher, a reward model.</summary>
    public ImmutableArray<PolicyShape> Asked { get; init; } = [];

    /// <summary>Those of them that generate in the policy's place.</summary>
    public ImmutableArray<PolicyShape> Writers { get; init; } = [];

    /// <summary>Models with a head of their own that learn beside the policy: a critic, or a reward model that is made.</summary>
    public ImmutableArray<PolicyShape> Learning { get; init; } = [];

    /// <summary>Bytes for each logit of a pass.</summary>
    public int OfLogit { get; init; } = PassMemory.OfLogit;

    /// <summary>Bytes for each logit that a token is drawn from.</summary>
    public int OfDrawn { get; init; } = GenerationMemory.OfLogit;

    /// <summary>The plan.</summary>
    public MemoryPlan Plan()
    {
        var trained = Adapters ?? Shape.Parameters;
        var policy = ModelMemory.Of(Shape, Type, trained, Adapters is null ? 0 : Shape.Parameters, offload: Offload);
        // With adapters they have some of their own, and a head, on the policy's weights.
        var learning = Learning.Select(shape => ModelMemory.Of(shape, Type, Adapters + shape.HiddenSize ?? shape.Parameters, offload: Offload)).ToArray();
        PolicyShape[] unlearning = Reference && Adapters is null ? [Shape, .. Asked] : [.. Asked];
        var asked = unlearning.Sum(shape => ModelMemory.Of(shape, Type, trained: 0, frozen: shape.Parameters, optimized: false).Device);
        var longest = Pairs ? 2 * Longest : Longest;
        var pass = PassMemory.Of(Shape, Type, Math.Max(BatchTokens, longest), Longest, Checkpointing, OfLogit, Adapters is not null);
        // The roots of the means of squares.
        var step = sizeof(float) * trained;
        return new()
        {
            Policy = policy,
            Asked = asked,
            Learning = learning.Sum(one => one.Device),
            // Each copy has masters and gradients of its own.
            Host = Offload ? policy.Host + step + learning.Sum(one => one.Host) + Copies * (policy.Kept + learning.Sum(one => one.Kept)) : 0,
            Pass = Learns || Learning.Length > 0 ? pass : new(0, 0),
            Step = Offload || !Learns ? 0 : step,
            Generation = Writers.Add(Shape).Select(shape => GenerationMemory.Of(shape, Type, Sequences, Prompt, MaxTokens, OfDrawn)).MaxBy(one => one.All)!,
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
        for (var tokens = BatchTokens / 2; tokens >= Math.Max(FewestTokens, Pairs ? 2 * Longest : Longest); tokens /= 2)
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
