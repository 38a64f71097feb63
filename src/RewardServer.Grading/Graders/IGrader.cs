using RewardServer.Grading.Completions;

namespace RewardServer.Grading.Graders;

/// <summary>One check of a completion against its task. It knows nothing of HTTP, jobs or training.</summary>
public interface IGrader
{
    /// <summary>Grades one item. A fault that can be named is a verdict; an exception is a bug of ours.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    ValueTask<Verdict> GradeAsync(Item item, CancellationToken cancellation);
}
