using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Completions.Puzzles;

namespace RewardServer.Grading.Graders.Logic;

/// <summary>A task's puzzle ready to check answers, or why it cannot be judged.</summary>
/// <param name="Check">The check; null where there is none.</param>
/// <param name="Fault">Why the task cannot be judged; null where it can.</param>
internal sealed record PuzzleTask(PuzzleCheck? Check, string? Fault)
{
    // Groups of completions answer one puzzle, and it is asked once whether that has a solution.
    private const int MostKept = 256;

    private static readonly ConcurrentDictionary<string, Lazy<PuzzleTask>> Kept = new(StringComparer.Ordinal);

    /// <summary>The task's puzzle: as it was made ready before, or anew.</summary>
    public static PuzzleTask Of(LogicTask task)
    {
        var key = Convert.ToHexString(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(task.Puzzle, ItemJson.Options)));
        if (Kept.TryGetValue(key, out var known))
        {
            return known.Value;
        }

        if (Kept.Count >= MostKept)
        {
            Kept.Clear();
        }

        return Kept.GetOrAdd(key, new Lazy<PuzzleTask>(() => Make(task))).Value;
    }

    private static PuzzleTask Make(LogicTask task)
    {
        var (member, error) = task.Errors().FirstOrDefault();
        if (member is not null)
        {
            return new(null, $"task.{member} {error}");
        }

        var check = CheckOf(task.Puzzle);
        return new(check, check.Unsolvable());
    }

    private static PuzzleCheck CheckOf(Puzzle puzzle) => puzzle switch
    {
        ColouringPuzzle colouring => new ColouringCheck(colouring),
        CountdownPuzzle countdown => new Countdown.CountdownCheck(countdown),
        CryptarithmPuzzle cryptarithm => new CryptarithmCheck(cryptarithm),
        GridPuzzle grid => new GridCheck(grid),
        KnightsPuzzle knights => new KnightsCheck(knights),
        MagicSquarePuzzle square => new MagicSquareCheck(square),
        PathPuzzle path => new PathCheck(path),
        QueensPuzzle queens => new QueensCheck(queens),
        SatisfiabilityPuzzle satisfiability => new SatisfiabilityCheck(satisfiability),
        SudokuPuzzle sudoku => new SudokuCheck(sudoku),
        _ => throw new NotSupportedException($"no check for a puzzle of type {puzzle.GetType().Name}"),
    };
}
