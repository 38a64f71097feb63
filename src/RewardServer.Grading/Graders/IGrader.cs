using RewardServer.Grading.Completions;

namespace RewardServer.Grading.Graders;

/// <summary>One check of a completion against its task. It knows nothing of HTTP, jobs or training.</summary>
public interface IGrader : IComponentGrader
{
    /// <summary>Whether its verdict on a program that was run holds what each test found (<see cref="Code.CodeDetails"/>), so that others need not run it again.</summary>
    bool RunsPrograms => false;

    /// <summary>Grades one item. A fault that can be named is a verdict; an exception is a bug of ours.</summary>
    /// <param name="item">The item; its completion has a text.</param>
    /// <param name="earlier">What the rubric's components before this one found of the same item.</param>
    /// <param name="cancellation">Ends the grading.</param>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    ValueTask<Verdict> GradeAsync(Item item, Verdicts earlier, CancellationToken cancellation);
}
