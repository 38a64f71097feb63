using System.Collections.Immutable;

namespace RewardServer.Grading.Completions.Puzzles;

/// <summary>What is asked of a square of numbers in a puzzle.</summary>
internal static class NumberGrid
{
    /// <summary>What is wrong with a square; empty where nothing is.</summary>
    public static IEnumerable<(string Member, string Error)> Errors(string member, ImmutableArray<ImmutableArray<int>> rows, int size, int least, int most)
    {
        if (rows.IsDefault || rows.Length != size || rows.Any(row => row.IsDefault || row.Length != size))
        {
            yield return (member, $"must be {size} rows of {size} numbers");
        }
        else if (rows.Any(row => row.Any(cell => cell < least || cell > most)))
        {
            yield return (member, $"must hold numbers from {least} to {most} alone");
        }
    }
}
