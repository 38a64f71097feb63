using RewardServer.Sandboxing.Pooling;
using RewardServer.Sandboxing.Runs;

namespace RewardServer.Grading.Graders.Code.TestRuns;

/// <summary>A test that one run of the candidate's decides, so that it can be run again and again to be measured.</summary>
internal interface IMeasurableRun : ITestRun
{
    /// <summary>Judges a run of <see cref="ITestRun.Request"/>.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    Task<Judgement> JudgeAsync(RunResult run, SandboxPool sandbox, CancellationToken cancellation);
}
