namespace RewardServer.Training.Rollouts;

/// <summary>How completions are drawn from a policy.</summary>
public sealed record SamplingOptions
{
    /// <summary>What logits are divided by; 0 takes the likeliest token always.</summary>
    public double Temperature { get; init; } = 1;

    /// <summary>Only so many of the likeliest tokens are drawn from; 0 for all.</summary>
    public int TopK { get; init; }

    /// <summary>Only the likeliest tokens that together reach this probability are drawn from (nucleus sampling; Holtzman et al. 2020); 1 for all.</summary>
    public double TopP { get; init; } = 1;

    /// <summary>Tokens that a completion may have, its end included.</summary>
    public required int MaxTokens { get; init; }

    /// <summary>What the random numbers begin with: the same seed gives the same completions on the same machine with as many threads.</summary>
    public required long Seed { get; init; }

    /// <summary>
    /// The number of each prompt's sequence, from which and from the seed all that it draws follows, whichever others are written with it; null where they draw
    /// in turns from one stream.
    /// </summary>
    public IReadOnlyList<int>? Numbers { get; init; }

    /// <summary>Sequences that are generated at once; more are taken one batch after another.</summary>
    public int MaxSequences { get; init; } = 256;
}

/// <summary>A completion that a policy wrote.</summary>
/// <param name="Prompt">The tokens that it was given.</param>
/// <param name="Tokens">The tokens that it wrote; the last is the end, unless it was cut off.</param>
/// <param name="LogProbabilities">Of each token it wrote, under the distribution at the temperature (at 1 where that is 0), before top-k and top-p.</param>
/// <param name="Truncated">Whether it was cut off by the limit.</param>
public sealed record Rollout(int[] Prompt, int[] Tokens, float[] LogProbabilities, bool Truncated)
{
    /// <summary>Tokens in all.</summary>
    public int Length => Prompt.Length + Tokens.Length;
}
