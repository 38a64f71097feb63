using System.Collections.Immutable;
using RewardServer.Sandboxing.Pooling;
using RewardServer.Sandboxing.Runs;

namespace RewardServer.Grading.Graders.Code.TestRuns;

/// <summary>One test of a program, ready to run.</summary>
internal interface ITestRun
{
    /// <summary>The candidate's run: with what stands beside the program, it is what must compile.</summary>
    RunRequest Request { get; }

    /// <summary>Runs the test.</summary>
    /// <returns>How it ended, and the candidate's run. A fault of ours is a judgement, too.</returns>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    Task<(Judgement Judgement, RunResult Run)> RunAsync(SandboxPool sandbox, CancellationToken cancellation);
}

/// <summary>How a test ended, without what was measured.</summary>
/// <param name="Status">How it ended.</param>
/// <param name="Reason">One sentence for people, the same for the same program, always.</param>
/// <param name="Signal">Why it is suspect; null where it is not.</param>
internal readonly record struct Judgement(TestStatus Status, string Reason, string? Signal = null)
{
    /// <summary>From 0 to 1: what a checker gives for a part; else whether it passed.</summary>
    public double Score { get; init; } = Status == TestStatus.Passed ? 1 : 0;

    /// <summary>Whether check and candidate ran in processes of their own; null where the test has no check.</summary>
    public Integrity? Integrity { get; init; }

    /// <summary>Whether it is sure that the candidate's program compiled and was loaded whole.</summary>
    public bool Loaded { get; init; }

    /// <summary>More reasons why it is suspect.</summary>
    public ImmutableArray<string> MoreSignals { get; init; } = [];
}
