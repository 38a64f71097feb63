using RewardServer.Sandboxing.Runs;

namespace RewardServer.Compatibility.Programs;

/// <summary>What became of a program that a trainer sent: exactly one of its members is there.</summary>
internal sealed record ProgramEnd
{
    private ProgramEnd()
    {
    }

    /// <summary>How it ended, whatever it did; never by a fault of ours.</summary>
    public RunResult? Run { get; private init; }

    /// <summary>Why no such program can be judged here: its language is not installed.</summary>
    public string? Skipped { get; private init; }

    /// <summary>A fault of ours: nothing is known of the program, and its client may try again.</summary>
    public string? Failed { get; private init; }

    /// <summary>What is wrong with the request, by its member.</summary>
    public (string Path, string Message)? Malformed { get; private init; }

    /// <summary>One that ran.</summary>
    public static ProgramEnd Of(TrainerProgram program, RunResult run) => run.Status == RunStatus.SandboxFault ? FailedBy(run.Fault ?? "the sandbox failed")
        : Pytest.Is(program) && Pytest.IsMissingFrom(run) ? SkippedBy("pytest is not installed where Python programs run")
        : new() { Run = run };

    /// <summary>One whose language is not installed.</summary>
    public static ProgramEnd SkippedBy(string reason) => new() { Skipped = reason };

    /// <summary>One on which we failed.</summary>
    public static ProgramEnd FailedBy(string reason) => new() { Failed = reason };

    /// <summary>One that could never run as it was asked for.</summary>
    public static ProgramEnd MalformedBy(string path, string message) => new() { Malformed = (path, message) };
}
