using System.Collections.Immutable;

namespace RewardServer.Training.Recipes;

/// <summary>How completions are generated to learn from.</summary>
public sealed record RolloutRecipe
{
    /// <summary>Prompts a step.</summary>
    public int Prompts { get; init; } = 32;

    /// <summary>Completions a prompt; from 1, and from 2 where they are compared with one another.</summary>
    public int Group { get; init; } = 8;

    /// <summary>What logits are divided by; above 0.</summary>
    public double Temperature { get; init; } = 1;

    /// <summary>How many of the likeliest tokens are drawn from; 0 for all.</summary>
    public int TopK { get; init; }

    /// <summary>Share of probability whose likeliest tokens are drawn from; above 0, to 1.</summary>
    public double TopP { get; init; } = 1;

    /// <summary>Most tokens of a completion.</summary>
    public int MaxTokens { get; init; } = 96;
}

/// <summary>How what a policy has learned is measured, on problems that it is never trained on.</summary>
public sealed record EvaluationRecipe
{
    /// <summary>Steps from one evaluation to the next.</summary>
    public int Every { get; init; } = 10;

    /// <summary>Problems of an evaluation.</summary>
    public int Problems { get; init; } = 256;

    /// <summary>Completions of an evaluation that are kept to look at.</summary>
    public int Samples { get; init; } = 4;

    /// <summary>What logits are divided by; 0 for the likeliest token.</summary>
    public double Temperature { get; init; }

    /// <summary>What more computing for each answer is tried; null for none. Each problem is then answered as often as there are votes at most, and shares of right answers are of all of them.</summary>
    public TestTimeRecipe? TestTime { get; init; }
}

/// <summary>Computing at test time (Snell et al. 2024, arXiv:2408.03314): answers that may be longer, and votes of several.</summary>
/// <param name="Votes">Of how many answers the most frequent is taken, rising; at least one number, each from 1.</param>
/// <param name="Budgets">How many tokens an answer may have, rising; at least one number, each from 1. What is longer is no answer.</param>
public sealed record TestTimeRecipe(ImmutableArray<int> Votes, ImmutableArray<int> Budgets);

/// <summary>How a run is kept.</summary>
public sealed record CheckpointRecipe
{
    /// <summary>Steps from one checkpoint to the next.</summary>
    public int Every { get; init; } = 50;

    /// <summary>How many of the newest are kept.</summary>
    public int Keep { get; init; } = 3;
}
