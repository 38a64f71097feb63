using System.Text.Json.Serialization;

namespace RewardServer.Grading.Completions.Puzzles;

/// <summary>A puzzle as it was posed, without a solution. On the wire, <c>kind</c> tells which.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(ColouringPuzzle), "colouring")]
[JsonDerivedType(typeof(CountdownPuzzle), "countdown")]
[JsonDerivedType(typeof(CryptarithmPuzzle), "cryptarithm")]
[JsonDerivedType(typeof(GridPuzzle), "grid")]
[JsonDerivedType(typeof(KnightsPuzzle), "knights")]
[JsonDerivedType(typeof(MagicSquarePuzzle), "magic-square")]
[JsonDerivedType(typeof(PathPuzzle), "path")]
[JsonDerivedType(typeof(QueensPuzzle), "queens")]
[JsonDerivedType(typeof(SatisfiabilityPuzzle), "satisfiability")]
[JsonDerivedType(typeof(SudokuPuzzle), "sudoku")]
public abstract record Puzzle
{
    /// <summary>Each member whose value is out of its range, with what is wrong with it.</summary>
    public abstract IEnumerable<(string Member, string Error)> Errors();
}
