using System.Text.Json;

namespace RewardServer.Grading.Graders.Length;

/// <summary>Options of the grader "length".</summary>
public sealed record LengthOptions
{
    private const double Largest = 1_000_000;

    /// <summary>How a score is made of a length.</summary>
    public LengthShape Shape { get; init; } = LengthShape.Cosine;

    /// <summary>The length at which the bounds are reached; above 0. By default what DAPO lets a model write.</summary>
    public int MaxTokens { get; init; } = 20_480;

    /// <summary>Overlong: over how many tokens before the limit the score falls from 0 to -1; from 1 to the limit.</summary>
    public int Cache { get; init; } = 4096;

    /// <summary>Cosine: the component whose score says what is right.</summary>
    public string Of { get; init; } = "accuracy";

    /// <summary>Cosine: the score of that component from which on an answer is right.</summary>
    public double PassAt { get; init; } = 1;

    /// <summary>Cosine: what a wrong answer of length 0 earns.</summary>
    public double MinWrong { get; init; } = -1;

    /// <summary>Cosine: what a wrong answer earns at the limit.</summary>
    public double MaxWrong { get; init; } = -0.5;

    /// <summary>Cosine: what a right answer earns at the limit.</summary>
    public double MinRight { get; init; } = 0.5;

    /// <summary>Cosine: what a right answer of length 0 earns.</summary>
    public double MaxRight { get; init; } = 1;

    /// <summary>Cosine: what is earned, right or wrong, at the limit and beyond it; at most every bound. Null: what the bounds say.</summary>
    public double? Exceeded { get; init; }

    /// <summary>Checks the ranges.</summary>
    /// <param name="context">Whose earlier components can be named.</param>
    /// <exception cref="JsonException">A value is out of its range.</exception>
    public LengthOptions Checked(GraderContext context)
    {
        var (member, error) = MaxTokens < 1 ? ("maxTokens", "must be above 0") : Shape == LengthShape.Overlong ? OverlongError() : CosineError();
        if (member is not null)
        {
            throw new JsonException(error, $"$.{member}", null, null);
        }

        if (Shape == LengthShape.Cosine)
        {
            context.NeedEarlier(Of, "of");
        }

        return this;
    }

    private (string? Member, string? Error) OverlongError() =>
        Cache < 1 || Cache > MaxTokens ? ("cache", $"must be from 1 to maxTokens, {MaxTokens}") : default;

    // In the order wrong and short, wrong and long, right and long, right and short.
    private (string? Member, string? Error) CosineError() =>
        !double.IsFinite(PassAt) ? ("passAt", "must be a number")
        : !(Math.Abs(MinWrong) <= Largest) ? ("minWrong", $"must be from -{Largest} to {Largest}")
        : !(MaxWrong >= MinWrong) ? ("maxWrong", $"must not be below minWrong, {MinWrong}")
        : !(MinRight >= MaxWrong) ? ("minRight", $"must not be below maxWrong, {MaxWrong}: a wrong answer would earn more than a right one")
        : !(MaxRight >= MinRight && MaxRight <= Largest) ? ("maxRight", $"must be from minRight, {MinRight}, to {Largest}")
        : Exceeded is { } exceeded && !(exceeded <= MinWrong && exceeded >= -Largest) ? ("exceeded", $"must be from -{Largest} to minWrong, {MinWrong}")
        : default;
}
