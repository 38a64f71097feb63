namespace RewardServer.Grading.Graders.Code.TestRuns;

/// <summary>How one test of a program ended. All but the last two are the candidate's doing.</summary>
public enum TestStatus
{
    /// <summary>The program did what the test asks.</summary>
    Passed,

    /// <summary>It ran to its end and its output, or an assertion of the check, was wrong.</summary>
    WrongAnswer,

    /// <summary>It was right in part, and a checker gave it a part of the points.</summary>
    PartlyRight,

    /// <summary>It does not compile, alone or with what the test calls of it.</summary>
    CompileError,

    /// <summary>It ended with an exit code other than 0, with an exception, or by a signal.</summary>
    RuntimeError,

    /// <summary>It ended, seemingly well, before the check had run to its end.</summary>
    EarlyExit,

    /// <summary>It used up its CPU time.</summary>
    CpuTimeLimit,

    /// <summary>It used up its wall time.</summary>
    WallTimeLimit,

    /// <summary>It used up its memory.</summary>
    MemoryLimit,

    /// <summary>It wrote more than is kept of an output.</summary>
    OutputLimit,

    /// <summary>It failed for want of a process or thread over its number.</summary>
    ProcessLimit,

    /// <summary>It broke the sandbox twice over.</summary>
    SlotBreaker,

    /// <summary>It was not run, since an earlier one had failed.</summary>
    NotRun,

    /// <summary>The check does not compile, with or without the candidate: the task's fault.</summary>
    BrokenCheck,

    /// <summary>A fault of ours: nothing is known of the program.</summary>
    Fault,
}
