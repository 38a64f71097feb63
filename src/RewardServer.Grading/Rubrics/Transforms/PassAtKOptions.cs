using System.Text.Json;

namespace RewardServer.Grading.Rubrics.Transforms;

/// <summary>Options of the transform "pass-at-k".</summary>
public sealed record PassAtKOptions
{
    private const int MostAttempts = 10_000;

    /// <summary>How many attempts there are, of which one has to be right; from 1 to 10,000.</summary>
    public int K { get; init; } = 4;

    /// <summary>The component whose score tells what is right.</summary>
    public string Component { get; init; } = "accuracy";

    /// <summary>The score from which on an attempt is right.</summary>
    public double AtLeast { get; init; } = 1;

    /// <summary>What is given.</summary>
    public PassAtKValue Value { get; init; } = PassAtKValue.Reward;

    internal PassAtKOptions Checked(TransformContext context)
    {
        context.Need(Component, "component");
        return K is >= 1 and <= MostAttempts ? this : throw new JsonException($"must be from 1 to {MostAttempts}", "$.k", null, null);
    }
}

/// <summary>What the transform "pass-at-k" gives.</summary>
public enum PassAtKValue
{
    /// <summary>The chance that k attempts among which this one is hold a right one.</summary>
    Reward,

    /// <summary>By how many standard deviations the reward of its sets of k attempts lies above that of all sets: the advantage of Pass@k training.</summary>
    Normalised,

    /// <summary>The chance that it is the only right one of k attempts among which it is.</summary>
    Marginal,
}
