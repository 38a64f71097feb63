using RewardServer.Sandboxing.Runs;

namespace RewardServer.Grading.Graders.Code.TestRuns;

/// <summary>Puts the end of a run into the words of a test. Its sentences hold nothing that differs from run to run.</summary>
internal static class RunExplanation
{
    /// <summary>How a run that did not end well counts for its test; null where the program ended well.</summary>
    public static Judgement? Of(RunResult run, ResourceLimits limits) => run.Status switch
    {
        RunStatus.Ok => null,
        RunStatus.NonZeroExit => new(TestStatus.RuntimeError, $"the program ended with exit code {run.ExitCode}"),
        RunStatus.Signal => new(TestStatus.RuntimeError, $"the program was ended by signal {run.Signal}"),
        RunStatus.CpuTimeLimit => new(TestStatus.CpuTimeLimit, Text($"the program used more than {limits.CpuSeconds} s of CPU time")),
        RunStatus.WallTimeLimit => new(TestStatus.WallTimeLimit, Text($"the program ran for more than {limits.WallSeconds} s")),
        RunStatus.MemoryLimit => new(TestStatus.MemoryLimit, $"the program needed more than {limits.MemoryMb} MiB of memory"),
        RunStatus.OutputLimit => new(TestStatus.OutputLimit, $"the program wrote more than {limits.OutputKb} KiB"),
        RunStatus.ProcessLimit => new(TestStatus.ProcessLimit, $"the program needed more than {limits.Processes} processes or threads"),
        RunStatus.CompileError => new(TestStatus.CompileError, "the program does not compile"),
        RunStatus.SlotBreaker => new(TestStatus.SlotBreaker, "the program broke two fresh sandboxes in a row", Signal.SlotBreaker),
        _ => new(TestStatus.Fault, $"the sandbox failed: {run.Fault}"),
    };

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
