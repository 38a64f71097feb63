using RewardServer.Compatibility.Programs;
using RewardServer.Sandboxing.Runs;

namespace RewardServer.Compatibility.OpenR1;

/// <summary>A cell that ran, as E2B has it (e2b_code_interpreter/models.py, Execution).</summary>
/// <param name="Results">The value of its last expression; empty for none.</param>
/// <param name="Logs">What it printed.</param>
/// <param name="Error">The exception that ended it; null for none.</param>
/// <param name="ExecutionCount">1: every cell is the first of its notebook.</param>
internal sealed record CellExecution(IReadOnlyList<CellResult> Results, CellLogs Logs, CellError? Error, int ExecutionCount)
{
    /// <summary>A run's.</summary>
    public static CellExecution Of(RunResult run, string? text, CellError? error) =>
        new(text is null ? [] : [new(text, true)], new(Lines(ProgramText.StdoutOf(run)), Lines(ProgramText.StderrOf(run))), error, 1);

    private static string[] Lines(string output) => output.Length == 0 ? [] : [output];
}

/// <summary>A result of a cell's. Only the members that every version of E2B's client knows: it takes no other.</summary>
/// <param name="Text">Its text.</param>
/// <param name="IsMainResult">Whether it is the value of the last expression.</param>
internal sealed record CellResult(string Text, bool IsMainResult);

/// <summary>What a cell printed, in pieces.</summary>
/// <param name="Stdout">To standard output.</param>
/// <param name="Stderr">To standard error.</param>
internal sealed record CellLogs(IReadOnlyList<string> Stdout, IReadOnlyList<string> Stderr);

/// <summary>An exception that ended a cell.</summary>
/// <param name="Name">Its type.</param>
/// <param name="Value">What it says.</param>
/// <param name="Traceback">Where it came from.</param>
internal sealed record CellError(string Name, string Value, string Traceback);
