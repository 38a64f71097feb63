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

    // With these a candidate ends open-r1's script, which runs it by subprocess.run (src/open_r1/rewards.py): it takes longer than the 5 s of a test, prints
    // what is no text, or is no text itself. Others come from the script's own data, and are left to mask it.
    private static readonly string[] OfCandidates = ["TimeoutExpired", "UnicodeDecodeError", "UnicodeEncodeError", "MemoryError", "OSError"];

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
            { Error: { } error } when IsOfCandidate(error) => Ended(run, error),
            { Error: { } error } => Failed(run, error),
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

    private static bool IsOfCandidate(CellError error) =>
        OfCandidates.Contains(error.Name) || (error.Name == "ValueError" && error.Value.Contains("null byte", StringComparison.Ordinal));

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
