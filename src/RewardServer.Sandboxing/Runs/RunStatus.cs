namespace RewardServer.Sandboxing.Runs;

/// <summary>How a run in a sandbox ended. All but <see cref="SandboxFault"/> are the program's own doing.</summary>
public enum RunStatus
{
    /// <summary>The program ended by itself with exit code 0.</summary>
    Ok,

    /// <summary>The program ended by itself with another exit code.</summary>
    NonZeroExit,

    /// <summary>A signal that the sandbox did not send ended the program: a crash.</summary>
    Signal,

    /// <summary>Its processes used up their CPU time together.</summary>
    CpuTimeLimit,

    /// <summary>It was still running when its wall time was over, in which waiting for a processor does not count.</summary>
    WallTimeLimit,

    /// <summary>The kernel ended it, or one of its processes, for memory.</summary>
    MemoryLimit,

    /// <summary>It wrote more to a stream than is kept, or a signal ended it for a file larger than that.</summary>
    OutputLimit,

    /// <summary>It failed after it was refused a process or thread for their number.</summary>
    ProcessLimit,

    /// <summary>It does not compile, or its compilation went over a limit; <see cref="RunResult.Compilation"/> has what the compiler says.</summary>
    CompileError,

    /// <summary>
    /// It broke two fresh slots in a row while a canary ran well before and after it in their kind:
    /// the program's doing, not ours.
    /// </summary>
    SlotBreaker,

    /// <summary>
    /// A fault of ours, such as a machine so busy that the program hardly ran; nothing is known of the program.
    /// <see cref="RunResult.Fault"/> says what happened.
    /// </summary>
    SandboxFault,
}
