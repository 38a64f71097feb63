using RewardServer.Compatibility.Programs;
using RewardServer.Http;
using RewardServer.Sandboxing.Runs;

namespace RewardServer.Compatibility.SandboxFusion;

/// <summary>What <c>POST /run_code</c> gives (SandboxFusion, sandbox/server/sandbox_api.py).</summary>
internal sealed record RunCodeResponse
{
    /// <summary>Compiled, and ended with 0.</summary>
    public const string Success = "Success";

    /// <summary>All else that the program did.</summary>
    public const string Failed = "Failed";

    /// <summary>"Success" or "Failed". Of the third, "SandboxError", no use is made: verl would not try again.</summary>
    public required string Status { get; init; }

    /// <summary>Which limit the program met; empty where it met none.</summary>
    public string Message { get; init; } = "";

    /// <summary>The compiler's end; null where the language has none.</summary>
    public CommandResult? CompileResult { get; init; }

    /// <summary>The program's end; null where it does not compile.</summary>
    public CommandResult? RunResult { get; init; }

    /// <summary>Null: nothing here runs in pods of a name.</summary>
    public string? ExecutorPodName { get; init; }

    /// <summary>The files that were asked for and are there, by the client's paths; in base64.</summary>
    public IReadOnlyDictionary<string, byte[]> Files { get; init; } = new Dictionary<string, byte[]>();

    /// <summary>The answer for a program that ran, or did not compile.</summary>
    /// <param name="run">How it ended; never by a fault of ours.</param>
    /// <param name="fetched">The client's paths of files, by ours.</param>
    /// <param name="answer">The answer in which it stands, where long outputs are written in pieces; null where they are texts of it.</param>
    public static RunCodeResponse Of(RunResult run, IReadOnlyDictionary<string, string> fetched, JsonInPieces? answer = null) => new()
    {
        Status = run.Status == RunStatus.Ok ? Success : Failed,
        Message = run.Status == RunStatus.CompileError ? ProgramText.LimitOf(run.Compilation!.Run) : ProgramText.LimitOf(run),
        CompileResult = run.Compilation is { } compilation ? CommandResult.Of(compilation, answer) : null,
        RunResult = run.Status == RunStatus.CompileError ? null : CommandResult.Of(run, answer),
        Files = run.Files.Where(file => !file.TooLarge).ToDictionary(file => fetched[file.Path], file => file.Content.ToArray()),
    };
}

/// <summary>The end of a command (SandboxFusion, sandbox/runners/types.py).</summary>
/// <param name="Status">"Finished", or "TimeLimitExceeded"; the third, "Error", is a fault of the server, which is answered otherwise.</param>
/// <param name="ExecutionTime">From its start to its end, in seconds.</param>
/// <param name="ReturnCode">Its exit code, or minus the signal that ended it; null where it used up its time.</param>
/// <param name="Stdout">What is kept of standard output.</param>
/// <param name="Stderr">What is kept of standard error.</param>
internal sealed record CommandResult(string Status, double ExecutionTime, int? ReturnCode, string Stdout, string Stderr)
{
    /// <summary>It ended.</summary>
    public const string Finished = "Finished";

    /// <summary>It used up its time.</summary>
    public const string TimeLimitExceeded = "TimeLimitExceeded";

    /// <summary>A run's.</summary>
    public static CommandResult Of(RunResult run, JsonInPieces? answer = null) => new(
        ProgramText.IsLate(run) ? TimeLimitExceeded : Finished,
        run.WallSeconds,
        ProgramText.ReturnCodeOf(run),
        answer?.Place(ProgramText.Whole(run.Stdout, run.StdoutBytes)) ?? ProgramText.StdoutOf(run),
        answer?.Place(ProgramText.Whole(run.Stderr, run.StderrBytes)) ?? ProgramText.StderrOf(run));

    /// <summary>A compiler's. One that ended well and left no program did not end well for the client, which takes 0 for a program.</summary>
    public static CommandResult Of(Compilation compilation, JsonInPieces? answer = null)
    {
        var result = Of(compilation.Run, answer);
        return !compilation.Succeeded && result.ReturnCode == 0 ? result with { ReturnCode = 1 } : result;
    }
}
