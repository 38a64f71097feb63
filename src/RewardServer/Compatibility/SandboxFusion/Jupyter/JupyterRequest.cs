using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using RewardServer.Compatibility.Programs;
using RewardServer.Sandboxing.Interpreters;
using RewardServer.Sandboxing.Runs;

namespace RewardServer.Compatibility.SandboxFusion.Jupyter;

/// <summary>What <c>POST /run_jupyter</c> takes (SandboxFusion, sandbox/runners/types.py).</summary>
internal sealed record JupyterRequest
{
    /// <summary>The most cells of a call.</summary>
    public const int MostCells = 1000;

    // Below it an interpreter has no room to start in.
    private const int LeastMemoryMb = 64;

    /// <summary>The cells, in their order.</summary>
    public required IReadOnlyList<JsonElement> Cells { get; init; }

    /// <summary>How long each cell may run, in seconds; 0 for no limit but that of all.</summary>
    public double? CellTimeout { get; init; }

    /// <summary>How long all cells together may run, in seconds; 45 where silent.</summary>
    public double? TotalTimeout { get; init; }

    /// <summary>Memory in MiB; -1, or silent, for no limit of the client's.</summary>
    [JsonPropertyName("memory_limit_MB")]
    public double? MemoryLimit { get; init; }

    /// <summary>python3, the only one.</summary>
    public string? Kernel { get; init; }

    /// <summary>Files in the kernel's folder, from path to base64.</summary>
    public IReadOnlyDictionary<string, string?>? Files { get; init; }

    /// <summary>Paths of files that are to come back.</summary>
    public IReadOnlyList<string?>? FetchFiles { get; init; }

    /// <summary>How long all cells together may run, in seconds.</summary>
    [JsonIgnore]
    public double TotalSeconds => TotalTimeout ?? 45;

    /// <summary>How long each cell may run, in seconds; null where only the total counts.</summary>
    [JsonIgnore]
    public double? CellSeconds => CellTimeout is > 0 ? CellTimeout : null;

    /// <summary>Reads it.</summary>
    /// <param name="fetched">Gets the client's paths of the files that are to come back, by ours.</param>
    /// <returns>The cells and what their interpreter begins with; or what is wrong, by its member.</returns>
    public (ImmutableArray<string> Cells, InterpreterRequest? Interpreter, (string Path, string Message)? Error) Read(Dictionary<string, string> fetched)
    {
        var cells = ImmutableArray.CreateBuilder<string>();
        for (var i = 0; i < (Cells?.Count ?? 0); i++)
        {
            // Half a character in it becomes U+FFFD.
            if (LenientText.Of(Cells![i]) is not { } cell)
            {
                return Wrong($"cells[{i}]", "must be a text");
            }

            cells.Add(cell);
        }

        if (Cells is null || Cells.Count > MostCells)
        {
            return Wrong("cells", Cells is null ? "must not be null" : $"at most {MostCells}, but there are {Cells.Count}");
        }

        if (TotalSeconds is not (> 0 and <= Cell.MostSeconds))
        {
            return Wrong("total_timeout", $"must be above 0 and at most {Cell.MostSeconds} s");
        }

        if (CellTimeout is not (null or >= 0))
        {
            return Wrong("cell_timeout", $"must not be negative, but is {CellTimeout}");
        }

        if (Kernel is not (null or "python3"))
        {
            return Wrong("kernel", $"'{Kernel}' is not a kernel; there is: python3");
        }

        if (ForeignFiles.ReadPaths(FetchFiles, fetched, "kernel") is { } fault)
        {
            return Wrong(fault.Path, fault.Message);
        }

        var (files, error) = ForeignFiles.Read(Files);
        return error is { } wrong ? Wrong(wrong.Path, wrong.Message)
            : (cells.ToImmutable(), new() { MemoryMb = MemoryMb, Files = files, OutputFiles = [.. fetched.Keys] }, null);
    }

    private int MemoryMb => MemoryLimit is > 0 and var memory ? (int)Math.Ceiling(Math.Clamp(memory, LeastMemoryMb, ResourceLimits.Ceiling.MemoryMb)) : new InterpreterRequest().MemoryMb;

    private static (ImmutableArray<string>, InterpreterRequest?, (string, string)?) Wrong(string path, string message) => ([], null, (path, message));
}
