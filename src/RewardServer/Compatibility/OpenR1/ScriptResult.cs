using RewardServer.Compatibility.Programs;
using RewardServer.Sandboxing.Runs;

namespace RewardServer.Compatibility.OpenR1;

/// <summary>
/// One script's answer, for both of open-r1's clients: <c>execution</c> is what that of E2B's router reads, <c>text</c> and <c>exception_str</c> what that of
/// MorphCloud's does (src/open_r1/utils/routed_sandbox.py, routed_morph.py).
/// </summary>
/// <param name="Execution">The cell; null where nothing is known of it, which E2B's client masks.</param>
/// <param name="Text">The result, else what was printed. "nan" where nothing is known: MorphCloud's client makes NaN of it, which TRL masks, and zeros of the whole batch of a null.</param>
/// <param name="ExceptionStr">Why there is no result; else null.</param>
internal sealed record ScriptResult(CellExecution? Execution, string? Text, string? ExceptionStr)
{
    // What the candidate did is scored: open-r1's own sandboxes give 0 for a time-out (src/open_r1/utils/code_providers.py).
    private const string Nothing = "0.0";

    private const string Unknown = "nan";

    private const string NoOutput = "No output from execution";

    // What the data of open-r1's script can end it by (src/open_r1/rewards.py): tests that are no JSON, of another kind, without an input, or none at all. All
    // else may be the candidate's doing, which it runs by subprocess.run: it takes longer than the 5 s of a test, prints what is no text, leaves no process to be
    // had, or interrupts the script by a signal.
    private static readonly string[] OfData = ["SyntaxError", "IndentationError", "TabError", "KeyError", "TypeError", "JSONDecodeError", "ZeroDivisionError"];

    /// <summary>The answer where nothing is known.</summary>
    public static ScriptResult Masked(string reason) => new(null, Unknown, reason);

    /// <summary>The answer for a script.</summary>
    /// <param name="end">What became of it.</param>
    /// <param name="isCell">Whether it is a cell of Python's.</param>
    public static ScriptResult Of(ProgramEnd end, bool isCell) => end switch
    {
        { Run: { } run } => isCell ? OfCell(run) : OfProgram(run),
        { Malformed: { } malformed } => Masked($"{malformed.Path}: {malformed.Message}".TrimStart(':', ' ')),
        _ => Masked(end.Failed ?? end.Skipped!),
    };

    private static ScriptResult OfCell(RunResult run)
    {
        if (ProgramText.LimitOf(run) is { Length: > 0 } limit)
        {
            return Ended(run, new(ProgramText.IsLate(run) ? "TimeoutError" : "RuntimeError", limit, ""));
        }

        return PythonCell.ReportOf(run) switch
        {
            null => Ended(run, new("RuntimeError", "the script ended before its end", ProgramText.StderrOf(run))),
            { Fault: { } fault } => Masked(fault),
            { Error: { } error } when OfData.Contains(error.Name) => new(CellExecution.Of(run, null, error), Unknown, $"{error.Name}: {error.Value}"),
            { Error: { } error } => Ended(run, error),
            { Text: { } text } => new(CellExecution.Of(run, text, null), text, null),
            _ => Printed(run),
        };
    }

    private static ScriptResult OfProgram(RunResult run)
    {
        var written = run.Status == RunStatus.CompileError ? run.Compilation!.Run : run;
        return run.Status == RunStatus.Ok
            ? Printed(run)
            : Failed(written, new("RuntimeError", ProgramText.LimitOf(written) is { Length: > 0 } limit ? limit : $"the program ended with {ProgramText.ReturnCodeOf(written)}", ProgramText.StderrOf(written)));
    }

    private static ScriptResult Printed(RunResult run)
    {
        var printed = ProgramText.StdoutOf(run);
        return new(CellExecution.Of(run, null, null), printed, printed.Length > 0 ? null : NoOutput);
    }

    // Ended by what the candidate did.
    private static ScriptResult Ended(RunResult run, CellError error) => new(CellExecution.Of(run, Nothing, error), Nothing, $"{error.Name}: {error.Value}");

    private static ScriptResult Failed(RunResult run, CellError error) =>
        new(CellExecution.Of(run, null, error), $"Error: {error.Name}: {error.Value}", $"{error.Name}: {error.Value}");
}
