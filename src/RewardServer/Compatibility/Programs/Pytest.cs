using System.Collections.Immutable;
using System.Text;
using RewardServer.Sandboxing.Runs;

namespace RewardServer.Compatibility.Programs;

/// <summary>The "language" pytest of SandboxFusion and ROLL: Python whose tests pytest runs.</summary>
internal static class Pytest
{
    // What it reports comes before anything of the program is imported, so that a program cannot say it.
    private const string Driver = """
        import os, sys
        try:
            import pytest
        except ImportError:
            os.write(3, b"missing")
            sys.exit(1)
        os.write(3, b"found")
        os.close(3)
        sys.exit(pytest.main(["PROGRAM"]))
        """;

    /// <summary>Whether a program is to be run by it.</summary>
    public static bool Is(TrainerProgram program) => program.Language.Trim() == "pytest";

    /// <summary>The program's files, behind what starts pytest.</summary>
    public static ImmutableArray<SandboxFile> FilesOf(TrainerProgram program)
    {
        var test = ProgramRequests.FreeName("test_program.py", program.Files);
        var main = ProgramRequests.FreeName("main.py", program.Files);
        return
        [
            new(main, Encoding.UTF8.GetBytes(Driver.Replace("PROGRAM", test, StringComparison.Ordinal))),
            new(test, Encoding.UTF8.GetBytes(program.Code)),
            .. program.Files,
        ];
    }

    /// <summary>Whether a run of it ended because pytest is not installed.</summary>
    public static bool IsMissingFrom(RunResult run) => run.Report.Span.StartsWith("missing"u8);
}
