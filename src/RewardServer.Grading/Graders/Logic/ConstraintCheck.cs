using RewardServer.Grading.Graders.Logic.Constraints;

namespace RewardServer.Grading.Graders.Logic;

/// <summary>The check of a puzzle whose answers are values of variables.</summary>
/// <param name="problem">The variables and what must hold of them.</param>
internal abstract class ConstraintCheck(Problem problem) : PuzzleCheck
{
    // At most some hundred milliseconds; almost every puzzle that people solve is decided in far fewer.
    private const long Steps = 2_000_000;

    /// <inheritdoc/>
    public override string? Unsolvable() => Search.HasSolution(problem, Steps) == false ? "the puzzle has no solution" : null;

    /// <summary>What is found where values were read for all variables.</summary>
    protected Finding Judge(int[] values, string shown) => new(true, shown, problem.Broken(values, Finding.MostBroken));
}
