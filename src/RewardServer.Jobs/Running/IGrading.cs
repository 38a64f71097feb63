using RewardServer.Jobs.Results;

namespace RewardServer.Jobs.Running;

/// <summary>What grades samples: this process, or a server.</summary>
public interface IGrading
{
    /// <summary>By what is graded.</summary>
    RunIdentity Identity { get; }

    /// <summary>Whether samples of one group must come in one call.</summary>
    bool NeedsGroups { get; }

    /// <summary>How many calls it makes good use of at once.</summary>
    int Parallelism { get; }

    /// <summary>How many samples go well in one call, where they need not be together.</summary>
    int BatchSize { get; }

    /// <summary>Grades samples; one that holds no item is skipped, with its error for the reason.</summary>
    /// <returns>The result of each, in their order. A fault of ours is a result of outcome failed, and no exception.</returns>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    Task<IReadOnlyList<ResultLine>> GradeAsync(IReadOnlyList<Sample> samples, CancellationToken cancellation);
}
