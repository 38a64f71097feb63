using System.Collections.Immutable;

namespace RewardServer.Grading.Completions.Puzzles;

/// <summary>Numbers are to be joined by operations so that they make another one: countdown, or with all of them the game of 24.</summary>
/// <param name="Numbers">The numbers, each of which may be used once: from 1 to 12 of them, from 0 to 1,000,000,000.</param>
/// <param name="Target">What they are to make.</param>
public sealed record CountdownPuzzle(ImmutableArray<long> Numbers, long Target) : Puzzle
{
    private const int MostNumbers = 12;
    private const long Largest = 1_000_000_000;

    /// <summary>Whether every number must be used.</summary>
    public bool UseAll { get; init; }

    /// <summary>The operations that may be used, of "+", "-", "*" and "/".</summary>
    public ImmutableArray<string> Operations { get; init; } = ["+", "-", "*", "/"];

    /// <summary>Whether every result on the way must be a whole number.</summary>
    public bool WholeSteps { get; init; }

    /// <summary>Whether no result on the way may be negative.</summary>
    public bool NonNegativeSteps { get; init; }

    /// <inheritdoc/>
    public override IEnumerable<(string Member, string Error)> Errors()
    {
        if (Numbers.IsDefaultOrEmpty || Numbers.Length > MostNumbers)
        {
            yield return ("numbers", $"must be from 1 to {MostNumbers}");
        }
        else if (Numbers.Any(number => number is < 0 or > Largest))
        {
            yield return ("numbers", $"must be from 0 to {Largest} each");
        }

        if (Target is < -Largest or > Largest)
        {
            yield return ("target", $"must be from -{Largest} to {Largest}");
        }

        if (Operations.IsDefaultOrEmpty || Operations.Any(operation => operation is not ("+" or "-" or "*" or "/")))
        {
            yield return ("operations", "must be some of '+', '-', '*', '/'");
        }
    }
}
