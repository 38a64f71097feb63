using System.Text.Json;
using RewardServer.Grading.Extraction;

namespace RewardServer.Grading.Graders.Repetition;

/// <summary>Options of the grader "repetition".</summary>
public sealed record RepetitionOptions
{
    private const int MostWords = 100;
    private const double Heaviest = -1_000_000;

    /// <summary>The words of an n-gram; from 1 to 100. open-r1 takes 3, "Demystifying Long Chain-of-Thought Reasoning" 40.</summary>
    public int N { get; init; } = 3;

    /// <summary>The score that a text would have in which nothing is new; at most 0.</summary>
    public double MaxPenalty { get; init; } = -1;

    /// <summary>The part of the completion that is looked at.</summary>
    public CompletionPart Part { get; init; } = CompletionPart.Whole;

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="JsonException">A value is out of its range.</exception>
    public RepetitionOptions Checked()
    {
        var (member, error) =
            N is < 1 or > MostWords ? ("n", $"must be from 1 to {MostWords}, but is {N}")
            : !(MaxPenalty is >= Heaviest and <= 0) ? ("maxPenalty", $"must be from {Heaviest} to 0")
            : default;
        return member is null ? this : throw new JsonException(error, $"$.{member}", null, null);
    }
}
