using System.Collections.Immutable;
using System.Text.Json;
using RewardServer.Compatibility.Programs;
using RewardServer.Sandboxing.Interpreters;

namespace RewardServer.Compatibility.SandboxFusion.Jupyter;

/// <summary>What <c>POST /run_jupyter</c> gives (SandboxFusion, sandbox/server/sandbox_api.py).</summary>
internal sealed record JupyterResponse
{
    /// <summary>"Success" where every cell came to its end, by an exception too; "Failed" where the kernel ended, or the time was over.</summary>
    public required string Status { get; init; }

    /// <summary>Why it failed; else empty.</summary>
    public string Message { get; init; } = "";

    /// <summary>The end of what runs the cells.</summary>
    public required CommandResult Driver { get; init; }

    /// <summary>The cells, in their order; none where it failed.</summary>
    public ImmutableArray<CellResponse> Cells { get; init; } = [];

    /// <summary>Null: nothing here runs in pods of a name.</summary>
    public string? ExecutorPodName { get; init; }

    /// <summary>The files that were asked for and are there, by the client's paths; in base64. None where it failed.</summary>
    public IReadOnlyDictionary<string, byte[]> Files { get; init; } = new Dictionary<string, byte[]>();
}

/// <summary>What a cell gave.</summary>
/// <param name="Stdout">Its standard output.</param>
/// <param name="Stderr">Its standard error.</param>
/// <param name="Display">What it displayed, each an object of media types; the value of its last expression is one.</param>
/// <param name="Error">Its exception; none where there was none.</param>
internal sealed record CellResponse(string Stdout, string Stderr, ImmutableArray<JsonElement> Display, ImmutableArray<ErrorResponse> Error)
{
    /// <summary>A cell's that came to its end.</summary>
    public static CellResponse Of(CellResult result) => new(
        ProgramText.Of(result.Stdout, result.StdoutBytes),
        ProgramText.Of(result.Stderr, result.StderrBytes),
        result.Displays,
        result.Error is { } error ? [new(error.Name, error.Message, error.Traceback)] : []);
}

/// <summary>An exception, as Jupyter's messages have it.</summary>
/// <param name="Ename">Its type.</param>
/// <param name="Evalue">What it says.</param>
/// <param name="Traceback">Pieces that stand on lines of their own, without colours.</param>
internal sealed record ErrorResponse(string Ename, string Evalue, ImmutableArray<string> Traceback);
