namespace RewardServer.Training.Recipes;

/// <summary>How the learning rate goes down after the warm-up.</summary>
public enum Decay
{
    /// <summary>Not at all.</summary>
    Constant,

    /// <summary>In a straight line, down to the final share.</summary>
    Linear,

    /// <summary>By half a cosine, down to the final share.</summary>
    Cosine,
}

/// <summary>How a policy is moved by gradients: AdamW and its schedule.</summary>
public sealed record OptimizationRecipe
{
    /// <summary>Steps in all.</summary>
    public required int Steps { get; init; }

    /// <summary>Most tokens of one forward and backward pass; more are accumulated over several.</summary>
    public int BatchTokens { get; init; } = 8192;

    /// <summary>Highest learning rate; above 0.</summary>
    public required double LearningRate { get; init; }

    /// <summary>Steps in which the learning rate rises from 0 in a straight line.</summary>
    public int Warmup { get; init; }

    /// <summary>How it goes down after them.</summary>
    public Decay Decay { get; init; } = Decay.Constant;

    /// <summary>Share of the highest learning rate that is left in the last step; from 0 to 1.</summary>
    public double FinalShare { get; init; }

    /// <summary>AdamW's decoupled weight decay; not negative.</summary>
    public double WeightDecay { get; init; }

    /// <summary>Longest gradient, by its norm; above 0.</summary>
    public double Clip { get; init; } = 1;
}

/// <summary>How the policy learns from its rollouts.</summary>
/// <param name="Updates">Steps of the optimizer on the rollouts of one step; from 1.</param>
/// <param name="Optimization">How each of them is made; its steps are those of the loop.</param>
public sealed record ReinforcementRecipe(int Updates, OptimizationRecipe Optimization);
