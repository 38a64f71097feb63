using RewardServer.Grading.Graders.Logic.Constraints;
using RewardServer.Grading.Graders.Logic.Reading;

namespace RewardServer.Grading.Graders.Logic;

/// <summary>The check of a puzzle whose answers say one thing of each name.</summary>
/// <param name="problem">What must hold; its variables are the reader's names, in order.</param>
/// <param name="reader">Reads answers.</param>
internal abstract class AssignmentCheck(Problem problem, AssignmentReader reader) : ConstraintCheck(problem)
{
    /// <inheritdoc/>
    public override Finding Read(string text) => Judge(reader.Read(text));

    /// <inheritdoc/>
    protected override string? Remarks(string text) => null;

    /// <summary>What is found where a text was read.</summary>
    protected Finding Judge(Assignment said) => said.Fault is null
        ? Judge(said.Values, reader.Show(said.Values))
        : new(said.IsHedged && said.IsComplete, said.IsComplete ? reader.Show(said.Values) : "", [said.Fault]) { IsHedged = said.IsHedged };
}
