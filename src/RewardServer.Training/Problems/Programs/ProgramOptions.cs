using RewardServer.Training.Problems.Writing;

namespace RewardServer.Training.Problems.Programs;

/// <summary>Options of the kind "program".</summary>
public sealed record ProgramOptions : IProblemOptions
{
    /// <summary>The most things that a program does, one after the other: 2 or 3.</summary>
    public int Operations { get; init; } = 3;

    /// <summary>How many tests each problem has, from 2 to 5; each takes a process of its own.</summary>
    public int Tests { get; init; } = 3;

    /// <summary>The manners of its texts: careful ones build the expression step by step, slips forget a step.</summary>
    public Mixture Texts { get; init; } = new();

    /// <inheritdoc/>
    public IEnumerable<(string Member, string Error)> Errors()
    {
        foreach (var (member, error) in Texts.Errors())
        {
            yield return ($"texts.{member}", error);
        }

        if (Operations is < 2 or > 3)
        {
            yield return ("operations", $"must be 2 or 3, but is {Operations}");
        }

        if (Tests is < 2 or > 5)
        {
            yield return ("tests", $"must be from 2 to 5, but is {Tests}");
        }
    }
}
