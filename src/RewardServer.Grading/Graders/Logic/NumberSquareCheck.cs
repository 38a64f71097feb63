using RewardServer.Grading.Graders.Logic.Constraints;
using RewardServer.Grading.Graders.Logic.Reading;

namespace RewardServer.Grading.Graders.Logic;

/// <summary>The check of a puzzle whose answer is a square of numbers from 1 on. The values of its variables are one less.</summary>
/// <param name="problem">What must hold of the cells, row by row.</param>
/// <param name="square">Reads answers.</param>
internal abstract class NumberSquareCheck(Problem problem, NumberSquare square) : ConstraintCheck(problem)
{
    /// <inheritdoc/>
    public override Finding Read(string text) => square.All(text) switch
    {
        [] => Finding.None("no complete grid of numbers can be read"),
        [var cells] => Judge([.. cells.Select(cell => cell - 1)], square.Show(cells)),
        var several => new(true, square.Show(several[^1]), ["different grids are given"]) { IsHedged = true },
    };

    /// <inheritdoc/>
    public override IEnumerable<string> Blocks(string response) => Reading.Blocks.IsTakenBack(response) ? [] : square.All(response).Select(cells => square.Show(cells).Replace(" | ", "\n", StringComparison.Ordinal)).Reverse();
}
