using RewardServer.Grading.Completions.Puzzles;

namespace RewardServer.Grading.Completions;

/// <summary>A puzzle, of which any answer that keeps its constraints is right.</summary>
/// <param name="Puzzle">The puzzle, whose own <c>kind</c> tells which.</param>
public sealed record LogicTask(Puzzle Puzzle) : GradingTask
{
    /// <summary>Each member whose value is out of its range, with what is wrong with it: such a task is skipped.</summary>
    public IEnumerable<(string Member, string Error)> Errors() => Puzzle.Errors().Select(error => ($"puzzle.{error.Member}", error.Error));
}
