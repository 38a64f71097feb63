using System.Text.Json.Serialization;
using RewardServer.Compatibility.Programs;
using RewardServer.Grading.Completions;

namespace RewardServer.Compatibility.SandboxFusion;

/// <summary>What <c>POST /run_code</c> takes (SandboxFusion, sandbox/server/sandbox_api.py); ROLL sends one member more.</summary>
internal sealed record RunCodeRequest
{
    private const double DefaultSeconds = 10;

    /// <summary>Seconds that its compiler may take, from 0; compilers have limits of their own here, and this tells how long the client waits. Null where the client is silent.</summary>
    public double? CompileTimeout { get; init; }

    /// <summary>Seconds that it may run, above 0; 10 where silent.</summary>
    public double? RunTimeout { get; init; }

    /// <summary>Its memory in MiB; -1, or silent, for no limit of the client's.</summary>
    [JsonPropertyName("memory_limit_MB")]
    public double? MemoryLimit { get; init; }

    /// <summary>The program.</summary>
    [JsonConverter(typeof(LenientTextConverter))]
    public required string Code { get; init; }

    /// <summary>What it reads; null for nothing.</summary>
    [JsonConverter(typeof(LenientTextConverter))]
    public string? Stdin { get; init; }

    /// <summary>Its language, by SandboxFusion's name.</summary>
    public required string Language { get; init; }

    /// <summary>Files beside it, from path to base64; one that is null is left out.</summary>
    public IReadOnlyDictionary<string, string?>? Files { get; init; }

    /// <summary>Paths of files that are to come back.</summary>
    public IReadOnlyList<string?>? FetchFiles { get; init; }

    /// <summary>What a test of ROLL's should print; its own client compares. Absent in all other calls.</summary>
    [JsonConverter(typeof(LenientTextConverter))]
    public string? ExpectedStdout { get; init; }

    /// <summary>How long it may run, in seconds.</summary>
    [JsonIgnore]
    public double RunSeconds => RunTimeout ?? DefaultSeconds;

    /// <summary>The program, and the files that are to come back, from their paths in the sandbox to those that the client has for them.</summary>
    /// <returns>Both; or what is wrong, by its member.</returns>
    public (TrainerProgram? Program, IReadOnlyDictionary<string, string> Fetched, (string Path, string Message)? Error) Read()
    {
        var fetched = new Dictionary<string, string>(StringComparer.Ordinal);
        if (Code is null || Language is null)
        {
            return (null, fetched, (Code is null ? "code" : "language", "must not be null"));
        }

        if (CompileTimeout is { } compile && !(compile >= 0 && double.IsFinite(compile)))
        {
            return (null, fetched, ("compile_timeout", $"must not be negative, but is {CompileTimeout}"));
        }

        if (!(RunSeconds > 0 && double.IsFinite(RunSeconds)))
        {
            return (null, fetched, ("run_timeout", $"must be above 0, but is {RunTimeout}"));
        }

        if (MemoryLimit is { } memory && !double.IsFinite(memory))
        {
            return (null, fetched, ("memory_limit_MB", $"must be a number of MiB, or -1, but is {MemoryLimit}"));
        }

        var (files, error) = ForeignFiles.Read(Files);
        if (error is not null)
        {
            return (null, fetched, error);
        }

        if (ForeignFiles.ReadPaths(FetchFiles, fetched, "program") is { } wrong)
        {
            return (null, fetched, wrong);
        }

        var program = new TrainerProgram(Language, Code)
        {
            Stdin = System.Text.Encoding.UTF8.GetBytes(Stdin ?? ""),
            Files = files,
            OutputFiles = [.. fetched.Keys],
            RunSeconds = RunSeconds,
            MemoryMb = MemoryLimit ?? -1,
        };
        return (program, fetched, null);
    }
}
