using System.Collections.Immutable;
using RewardServer.Training.Tensors;
using static TorchSharp.torch;

namespace RewardServer.Training.Algorithms;

/// <summary>What a step of reinforcement learning does with rewards: the advantages, the loss and the weights that an algorithm is made of.</summary>
public sealed record Algorithm
{
    /// <summary>The algorithms that have a name, with the numbers of their papers.</summary>
    private static readonly ImmutableArray<Algorithm> Presets =
    [
        // 4.2: the coefficient of the KL is 0.04. The clip range is PPO's, for the paper names none.
        new() { Name = "grpo", KlCoefficient = 0.04 },
        new() { Name = "dr-grpo", Advantage = AdvantageKind.DrGrpo, Weighting = WeightingKind.Constant },
        // 4.1: ε_low 0.2, ε_high 0.28.
        new() { Name = "dapo", ClipHigh = 0.28, Weighting = WeightingKind.PerToken, DynamicSampling = true, MaskTruncated = true },
        // 5.1: 3e-4 and 4e-4.
        new() { Name = "gspo", Loss = LossKind.Gspo, ClipLow = 3e-4, ClipHigh = 4e-4 },
        // No lower bound; the paper names no upper one: ratios up to 5 are those of ScaleRL (Khatri et al. 2025, arXiv:2510.13786).
        new() { Name = "cispo", Loss = LossKind.Cispo, ClipLow = 1, ClipHigh = 4, Weighting = WeightingKind.PerToken },
        new() { Name = "rloo", Advantage = AdvantageKind.LeaveOneOut, Loss = LossKind.Reinforce, Weighting = WeightingKind.Constant, KlPlacement = KlPlacementKind.Reward },
        new() { Name = "reinforce", Advantage = AdvantageKind.Batch, Loss = LossKind.Reinforce, Weighting = WeightingKind.Constant, KlPlacement = KlPlacementKind.Reward },
        // β as its authors' program has it for reasoning with rules.
        new() { Name = "reinforce++", Advantage = AdvantageKind.Global, Weighting = WeightingKind.PerToken, KlCoefficient = 0.001, KlPlacement = KlPlacementKind.Reward },
        // The clip range is PPO's, γ and λ are 1 as in Open-Reasoner-Zero (Hu et al. 2025, arXiv:2503.24290): with PPO's own λ of 0.95 the first tokens see little of a
        // reward that comes at the last until the critic is good (VC-PPO, Yuan et al. 2025, arXiv:2503.01491).
        new() { Name = "ppo", Advantage = AdvantageKind.Gae, Lambda = 1, Weighting = WeightingKind.PerToken, KlPlacement = KlPlacementKind.Reward },
    ];

    /// <summary>The names of algorithms.</summary>
    public static ImmutableArray<string> Names { get; } = [.. Presets.Select(preset => preset.Name)];

    /// <summary>The name of the algorithm, or of the one that it was made from.</summary>
    public required string Name { get; init; }

    /// <summary>How advantages are made of rewards.</summary>
    public AdvantageKind Advantage { get; init; } = AdvantageKind.Grpo;

    /// <summary>Added to the standard deviation of <see cref="AdvantageKind.Grpo"/>; from 0 to 1.</summary>
    public double AdvantageEpsilon { get; init; } = 1e-4;

    /// <summary>The loss of a token.</summary>
    public LossKind Loss { get; init; } = LossKind.Clipped;

    /// <summary>ε_low: how far below 1 ratios are not clipped; from 0 to 1.</summary>
    public double ClipLow { get; init; } = 0.2;

    /// <summary>ε_high: how far above 1 ratios are not clipped; from 0 to 1000.</summary>
    public double ClipHigh { get; init; } = 0.2;

    /// <summary>What a token's loss counts in a step.</summary>
    public WeightingKind Weighting { get; init; } = WeightingKind.PerSequence;

    /// <summary>β: what the divergence from the reference policy counts; from 0 to 1000. With 0 there is no reference policy.</summary>
    public double KlCoefficient { get; init; }

    /// <summary>Where it counts: in the loss (k3), or in the reward (k1).</summary>
    public KlPlacementKind KlPlacement { get; init; } = KlPlacementKind.Loss;

    /// <summary>γ of <see cref="AdvantageKind.Global"/> and <see cref="AdvantageKind.Gae"/>: what a reward counts a token earlier; from 0 to 1.</summary>
    public double Gamma { get; init; } = 1;

    /// <summary>λ of <see cref="AdvantageKind.Gae"/>; from 0 to 1.</summary>
    public double Lambda { get; init; } = 0.95;

    /// <summary>ε of the critic's loss: how far values may gain by moving in a step; above 0, to 1000.</summary>
    public double ValueClip { get; init; } = 0.2;

    /// <summary>How many times the policy's learning rate the critic's is; above 0, to 1000.</summary>
    public double CriticRate { get; init; } = 10;

    /// <summary>How slowly the baseline of <see cref="AdvantageKind.Running"/> forgets; from 0 to 1.</summary>
    public double BaselineMomentum { get; init; } = 0.9;

    /// <summary>What the entropy of the next token earns; from 0 to 1000.</summary>
    public double EntropyCoefficient { get; init; }

    /// <summary>Whether more prompts are asked in place of groups without a spread.</summary>
    public bool DynamicSampling { get; init; }

    /// <summary>Rounds of asking in a step with dynamic sampling, the first included; from 1 to 1000.</summary>
    public int SamplingRounds { get; init; } = Algorithms.DynamicSampling.DefaultRounds;

    /// <summary>Whether completions that were cut off at the limit are left out of the loss.</summary>
    public bool MaskTruncated { get; init; }

    /// <summary>The algorithm of a name, with the numbers of its paper.</summary>
    /// <exception cref="ArgumentException">There is none; the message lists those that there are.</exception>
    public static Algorithm Named(string name) => Presets.FirstOrDefault(preset => preset.Name == name)
        ?? throw new ArgumentException($"there is no algorithm '{name}'; there are: {string.Join(", ", Names)}", nameof(name));

    /// <summary>Each member that is out of its range, with what is wrong with it.</summary>
    public IEnumerable<(string Member, string Error)> Errors()
    {
        (string Member, double Value, double Least, double Most)[] ranges =
        [
            ("advantageEpsilon", AdvantageEpsilon, 0, 1), ("clipLow", ClipLow, 0, 1), ("clipHigh", ClipHigh, 0, 1000),
            ("klCoefficient", KlCoefficient, 0, 1000), ("entropyCoefficient", EntropyCoefficient, 0, 1000), ("samplingRounds", SamplingRounds, 1, 1000),
            ("gamma", Gamma, 0, 1), ("lambda", Lambda, 0, 1), ("valueClip", ValueClip, double.Epsilon, 1000), ("criticRate", CriticRate, double.Epsilon, 1000),
            ("baselineMomentum", BaselineMomentum, 0, 1),
        ];
        var kinds = new[]
        {
            ("advantage", Enum.IsDefined(Advantage), $"'{Advantage}'"), ("loss", Enum.IsDefined(Loss), $"'{Loss}'"),
            ("weighting", Enum.IsDefined(Weighting), $"'{Weighting}'"), ("klPlacement", Enum.IsDefined(KlPlacement), $"'{KlPlacement}'"),
        };
        // NaN is in no range.
        return ranges.Where(range => !(range.Value >= range.Least && range.Value <= range.Most))
            .Select(range => (range.Member, range.Least == double.Epsilon ? $"must be above 0 and at most {range.Most}, but is {range.Value}" : $"must be from {range.Least} to {range.Most}, but is {range.Value}"))
            .Concat(kinds.Where(kind => !kind.Item2).Select(kind => (kind.Item1, $"there is no {kind.Item1} {kind.Item3}")));
    }

    /// <summary>The advantage of each completion of a group, where the algorithm compares those of a group; <see cref="Credit"/> has all.</summary>
    /// <param name="rewards">The rewards of the group.</param>
    /// <exception cref="ArgumentException">A reward is not finite, or beyond 1e100.</exception>
    /// <exception cref="InvalidOperationException">The algorithm compares with something else than the group.</exception>
    public double[] AdvantagesOf(IReadOnlyList<double> rewards) => Advantage switch
    {
        AdvantageKind.Grpo => Advantages.Grpo(rewards, AdvantageEpsilon),
        AdvantageKind.DrGrpo => Advantages.DrGrpo(rewards),
        AdvantageKind.LeaveOneOut => Advantages.LeaveOneOut(rewards),
        _ => throw new InvalidOperationException($"the advantage '{Advantage}' is none of a group"),
    };

    /// <summary>The weight of each token of each completion of a step: 0 for completions that are left out of the loss, and need not be computed.</summary>
    /// <param name="lengths">Tokens of every completion of the step.</param>
    /// <param name="truncated">Whether each was cut off at the limit.</param>
    /// <param name="maxLength">The limit, in tokens.</param>
    public double[] WeightsOf(IReadOnlyList<int> lengths, IReadOnlyList<bool> truncated, int maxLength)
    {
        var seen = MaskTruncated ? Overlong.Masked(lengths, truncated) : lengths;
        return Weighting switch
        {
            WeightingKind.PerSequence => TokenWeights.PerSequence(seen),
            WeightingKind.PerToken => TokenWeights.PerToken(seen),
            WeightingKind.Constant => TokenWeights.Constant(seen, maxLength),
            _ => throw new InvalidOperationException($"there is no weighting '{Weighting}'"),
        };
    }

    /// <summary>The loss of each token: the loss itself, plus β times the divergence where that counts in the loss, less the coefficient times the entropy.</summary>
    /// <param name="terms">What is known of the tokens.</param>
    /// <param name="divergences">Of each token, from <see cref="KullbackLeibler.K3"/>: [N], with gradients; null where it counts nothing.</param>
    /// <param name="entropies">Of each token, from <see cref="Entropy.Of"/>: [N], with gradients; null where it counts nothing.</param>
    /// <exception cref="ArgumentNullException">What has a coefficient is not given.</exception>
    public TokenLosses LossesOf(TokenTerms terms, Tensor? divergences = null, Tensor? entropies = null)
    {
        using var scope = NewDisposeScope();
        var losses = Loss switch
        {
            LossKind.Clipped => ClippedSurrogate.Of(terms, ClipLow, ClipHigh),
            LossKind.Gspo => Algorithms.Gspo.Of(terms, ClipLow, ClipHigh),
            LossKind.Cispo => Algorithms.Cispo.Of(terms, ClipLow, ClipHigh),
            LossKind.Reinforce => Algorithms.Reinforce.Of(terms),
            _ => throw new InvalidOperationException($"there is no loss '{Loss}'"),
        };
        var values = losses.Values;
        values = KlCoefficient == 0 || KlPlacement == KlPlacementKind.Reward ? values : values.Plus((divergences ?? throw new ArgumentNullException(nameof(divergences))).Times(KlCoefficient));
        values = EntropyCoefficient == 0 ? values : values - (entropies ?? throw new ArgumentNullException(nameof(entropies))).Times(EntropyCoefficient);
        return new(values.MoveToOuterDisposeScope(), losses.Clipped.MoveToOuterDisposeScope());
    }
}
