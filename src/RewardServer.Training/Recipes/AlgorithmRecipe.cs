using RewardServer.Training.Algorithms;

namespace RewardServer.Training.Recipes;

/// <summary>How rewards become a loss: a preset, and what differs from it. Null is the preset's own.</summary>
/// <param name="Name">The preset, such as <c>grpo</c> or <c>dapo</c>.</param>
public sealed record AlgorithmRecipe(string Name)
{
    /// <summary>How far below 1 a ratio is clipped; from 0 to 1.</summary>
    public double? ClipLow { get; init; }

    /// <summary>How far above 1 a ratio is clipped; from 0 to 1000.</summary>
    public double? ClipHigh { get; init; }

    /// <summary>Weight of the divergence from the reference policy; from 0 to 1000, 0 for no reference.</summary>
    public double? KlCoefficient { get; init; }

    /// <summary>Where the divergence counts: in the loss, or in the reward.</summary>
    public KlPlacementKind? KlPlacement { get; init; }

    /// <summary>What a reward counts a token earlier, where tokens have advantages of their own; from 0 to 1.</summary>
    public double? Gamma { get; init; }

    /// <summary>How far ahead generalised advantage estimation looks; from 0 to 1.</summary>
    public double? Lambda { get; init; }

    /// <summary>How far a critic's values may gain by moving in a step; above 0, to 1000.</summary>
    public double? ValueClip { get; init; }

    /// <summary>How many times the policy's learning rate the critic's is; above 0, to 1000.</summary>
    public double? CriticRate { get; init; }

    /// <summary>How slowly a running baseline forgets; from 0 to 1.</summary>
    public double? BaselineMomentum { get; init; }

    /// <summary>Weight of the entropy that is rewarded; from 0 to 1000.</summary>
    public double? EntropyCoefficient { get; init; }

    /// <summary>How advantages are made of rewards.</summary>
    public AdvantageKind? Advantage { get; init; }

    /// <summary>Added to the standard deviation of a group's rewards; from 0 to 1.</summary>
    public double? AdvantageEpsilon { get; init; }

    /// <summary>The loss of a token.</summary>
    public LossKind? Loss { get; init; }

    /// <summary>What a token's loss counts in a step.</summary>
    public WeightingKind? Weighting { get; init; }

    /// <summary>Whether more prompts are asked in place of groups without spread (DAPO's dynamic sampling).</summary>
    public bool? DynamicSampling { get; init; }

    /// <summary>Rounds of asking in a step with dynamic sampling, the first included; from 1 to 1000.</summary>
    public int? SamplingRounds { get; init; }

    /// <summary>Whether completions that were cut off at the limit are left out of the loss.</summary>
    public bool? MaskTruncated { get; init; }

    /// <summary>The preset with what differs from it.</summary>
    /// <exception cref="ArgumentException">There is no such preset.</exception>
    public Algorithm Apply()
    {
        var preset = Algorithm.Named(Name);
        return preset with
        {
            ClipLow = ClipLow ?? preset.ClipLow,
            ClipHigh = ClipHigh ?? preset.ClipHigh,
            KlCoefficient = KlCoefficient ?? preset.KlCoefficient,
            KlPlacement = KlPlacement ?? preset.KlPlacement,
            Gamma = Gamma ?? preset.Gamma,
            Lambda = Lambda ?? preset.Lambda,
            ValueClip = ValueClip ?? preset.ValueClip,
            CriticRate = CriticRate ?? preset.CriticRate,
            BaselineMomentum = BaselineMomentum ?? preset.BaselineMomentum,
            EntropyCoefficient = EntropyCoefficient ?? preset.EntropyCoefficient,
            Advantage = Advantage ?? preset.Advantage,
            AdvantageEpsilon = AdvantageEpsilon ?? preset.AdvantageEpsilon,
            Loss = Loss ?? preset.Loss,
            Weighting = Weighting ?? preset.Weighting,
            DynamicSampling = DynamicSampling ?? preset.DynamicSampling,
            SamplingRounds = SamplingRounds ?? preset.SamplingRounds,
            MaskTruncated = MaskTruncated ?? preset.MaskTruncated,
        };
    }
}
