using RewardServer.Sandboxing.Runs;

namespace RewardServer.Grading.Graders.Code.TestRuns;

/// <summary>One test of a program: the run that it needs, and what the run says of it.</summary>
internal interface ITestRun
{
    /// <summary>The run that the test needs.</summary>
    RunRequest Request { get; }

    /// <summary>What the run says of the test.</summary>
    Judgement Judge(RunResult run);
}

/// <summary>How a test ended, without what was measured.</summary>
/// <param name="Status">How it ended.</param>
/// <param name="Reason">One sentence for people, the same for the same program, always.</param>
/// <param name="Signal">Why it is suspect; null where it is not.</param>
internal readonly record struct Judgement(TestStatus Status, string Reason, string? Signal = null);
