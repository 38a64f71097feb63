using System.Collections.Immutable;

namespace RewardServer.Training.Reporting;

/// <summary>What one step of training was like. One line of <c>metrics.jsonl</c>.</summary>
public sealed record StepMetrics
{
    /// <summary>What kind of step: <c>pretraining</c> or <c>reinforcement</c>.</summary>
    public required string Phase { get; init; }

    /// <summary>Which step of its phase, from 1.</summary>
    public required int Step { get; init; }

    /// <summary>Seconds since the run began, those of earlier parts of a resumed run included.</summary>
    public required double Seconds { get; init; }

    /// <summary>The loss: cross-entropy a token in pretraining, the policy's loss in reinforcement.</summary>
    public required double Loss { get; init; }

    /// <summary>Norm of the gradient before clipping.</summary>
    public required double GradientNorm { get; init; }

    /// <summary>Learning rate of the step.</summary>
    public required double LearningRate { get; init; }

    /// <summary>Tokens trained on.</summary>
    public required long TrainedTokens { get; init; }

    /// <summary>Seconds of forward and backward passes and the optimizer's steps.</summary>
    public required double UpdateSeconds { get; init; }

    /// <summary>Floating-point operations of the update, by the shape of the policy.</summary>
    public required double UpdateFlops { get; init; }

    /// <summary>Share of pairs whose better completion was told from the worse, before they were learned from; null where no pairs are.</summary>
    public double? PairAccuracy { get; init; }

    /// <summary>By how much the better of a pair was rewarded more, in the mean, before they were learned from; null where no pairs are.</summary>
    public double? PairMargin { get; init; }

    /// <summary>What completions that were written for the step add; null where none were.</summary>
    public RolloutMetrics? Rollouts { get; init; }

    /// <summary>What an evaluation after this step found; null where there was none.</summary>
    public EvaluationMetrics? Evaluation { get; init; }

    /// <summary>A step in which nothing was learned.</summary>
    internal static StepMetrics Unlearned(int step, double seconds) => new()
    {
        Phase = Phases.Reinforcement,
        Step = step,
        Seconds = seconds,
        Loss = 0,
        GradientNorm = 0,
        LearningRate = 0,
        TrainedTokens = 0,
        UpdateSeconds = 0,
        UpdateFlops = 0,
    };
}

/// <summary>What the rollouts of one step were like.</summary>
public sealed record RolloutMetrics
{
    /// <summary>Completions that earned a reward.</summary>
    public required int Completions { get; init; }

    /// <summary>Completions without a reward: skipped, or failed by a fault of the server. They are not trained on.</summary>
    public required int Unrewarded { get; init; }

    /// <summary>Mean reward.</summary>
    public required double Reward { get; init; }

    /// <summary>Standard deviation of the rewards.</summary>
    public required double RewardDeviation { get; init; }

    /// <summary>Mean score of each component of the rubric, by its name.</summary>
    public required ImmutableSortedDictionary<string, double> Components { get; init; }

    /// <summary>Mean tokens a completion.</summary>
    public required double CompletionTokens { get; init; }

    /// <summary>Share of completions that were cut off by the limit.</summary>
    public required double Truncated { get; init; }

    /// <summary>Entropy of the policy, in nats a token, estimated by minus the mean log-probability of the tokens that it wrote, at the temperature of the rollouts.</summary>
    public required double Entropy { get; init; }

    /// <summary>Mean divergence from the reference policy over the tokens that were trained on, in the last update, in nats (k3); null where there is no reference, or nothing was trained on.</summary>
    public double? KullbackLeibler { get; init; }

    /// <summary>Share of the tokens that were trained on, in the last update, whose ratio was clipped; 0 where nothing was trained on.</summary>
    public required double Clipped { get; init; }

    /// <summary>The critic's loss a token, in the last update; null where there is no critic.</summary>
    public double? ValueLoss { get; init; }

    /// <summary>Share of the variance of what came that the critic had expected (1 − Var(G − V) / Var(G)); null where there is no critic, or nothing to explain.</summary>
    public double? ExplainedVariance { get; init; }

    /// <summary>Completions that were kept to be imitated; null where all are learned from.</summary>
    public int? Kept { get; init; }

    /// <summary>Those of them that were written with the right answer beside the question; null where none are.</summary>
    public int? Rationalized { get; init; }

    /// <summary>Completions that were written, beside those that the other numbers are of, with the right answer beside the question; null where none are.</summary>
    public int? Told { get; init; }

    /// <summary>Share of groups all of whose rewards are equal: nothing is learned from them.</summary>
    public required double WithoutSpread { get; init; }

    /// <summary>Mean words of reflection a completion ("wait", "let me check", …), as the grader <c>reflection</c> counts them.</summary>
    public required double ReflectionWords { get; init; }

    /// <summary>Tokens generated, those of completions that were told the answer included.</summary>
    public required long GeneratedTokens { get; init; }

    /// <summary>Seconds of generating.</summary>
    public required double GenerationSeconds { get; init; }

    /// <summary>Seconds of waiting for rewards.</summary>
    public required double RewardSeconds { get; init; }

    /// <summary>Floating-point operations of generating, by the shape of the policy, those of completions that were told the answer included.</summary>
    public required double GenerationFlops { get; init; }
}

/// <summary>What an evaluation on held-out problems found.</summary>
public sealed record EvaluationMetrics
{
    /// <summary>Share of right answers, by kind of problem.</summary>
    public required ImmutableSortedDictionary<string, double> Accuracy { get; init; }

    /// <summary>Mean tokens a completion.</summary>
    public required double CompletionTokens { get; init; }

    /// <summary>What more computing for each answer comes to; null where that was not tried.</summary>
    public ImmutableArray<TestTimePoint>? TestTime { get; init; }

    /// <summary>Some completions, with what they earned.</summary>
    public ImmutableArray<Sample> Samples { get; init; } = [];
}

/// <summary>What the answers to held-out problems come to with so much computing for each.</summary>
/// <param name="Budget">Tokens that an answer could have.</param>
/// <param name="Votes">Of how many answers the most frequent was taken.</param>
/// <param name="Tokens">Tokens that were written for a problem, all its votes together, in the mean.</param>
/// <param name="Flops">Floating-point operations of that, by the shape of the policy, in the mean.</param>
/// <param name="Accuracy">Share of right answers, by kind of problem; kinds whose answers cannot be voted on have none with more votes than one.</param>
public sealed record TestTimePoint(int Budget, int Votes, double Tokens, double Flops, ImmutableSortedDictionary<string, double> Accuracy);

/// <summary>A completion to look at.</summary>
/// <param name="Kind">The kind of its problem.</param>
/// <param name="Prompt">What was asked.</param>
/// <param name="Completion">What the policy wrote.</param>
/// <param name="Reward">What it earned; null where it earned none.</param>
public sealed record Sample(string Kind, string Prompt, string Completion, double? Reward);
