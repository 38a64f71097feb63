using System.Text.Json;

namespace RewardServer.Grading.Rubrics.Transforms;

/// <summary>Options of the transform "diversity".</summary>
public sealed record DiversityOptions
{
    private const int LongestShingle = 20;

    /// <summary>How many words in a row make a shingle; from 1 to 20. The more there are, the fewer two texts have in common.</summary>
    public int N { get; init; } = 3;

    internal int CheckedN() => N is >= 1 and <= LongestShingle
        ? N
        : throw new JsonException($"must be from 1 to {LongestShingle}", "$.n", null, null);
}
