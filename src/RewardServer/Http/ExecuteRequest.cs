using System.Collections.Immutable;
using RewardServer.Grading.Completions;

namespace RewardServer.Http;

/// <summary>What <c>POST /v1/execute</c> takes: a program, and what to run it on.</summary>
public sealed record ExecuteRequest
{
    /// <summary>The most members of <see cref="Stdins"/>.</summary>
    public const int MaxStdins = 256;

    /// <summary>One of the languages that <c>GET /v1/languages</c> calls available; a session's need not be said again.</summary>
    public string? Language { get; init; }

    /// <summary>The program's text.</summary>
    public required string Code { get; init; }

    /// <summary>The program's standard input: a text, or {"base64": …} for bytes. Not together with stdins.</summary>
    public TextOrBytes? Stdin { get; init; }

    /// <summary>Several inputs: the program is compiled once and runs once on each. At most 256; not in a session.</summary>
    public ImmutableArray<TextOrBytes> Stdins { get; init; } = [];

    /// <summary>Files that stand beside the program, by path; their bytes in base64.</summary>
    public IReadOnlyDictionary<string, byte[]> Files { get; init; } = new Dictionary<string, byte[]>();

    /// <summary>Paths of files that the program leaves and that are to come back; at most 64.</summary>
    public ImmutableArray<string> OutputFiles { get; init; } = [];

    /// <summary>What each run may use.</summary>
    public ExecuteLimits? Limits { get; init; }

    /// <summary>Asks for a measurement beside a reference, in place of one run an input; not in a session.</summary>
    public MeasureRequest? Measure { get; init; }

    /// <summary>Whether a Python program is to run in a fresh interpreter, never in a fork of a warm one.</summary>
    public bool Fresh { get; init; }
}

/// <summary>How a program is to be measured.</summary>
public sealed record MeasureRequest
{
    /// <summary>The program that it is compared with, run on the same input.</summary>
    public required string Reference { get; init; }

    /// <summary>The reference's language; the program's own where silent.</summary>
    public string? ReferenceLanguage { get; init; }

    /// <summary>How often each runs, from 3 to 100.</summary>
    public int Rounds { get; init; } = 10;
}

/// <summary>What each run may use. GET /v1/languages tells the defaults, for members that are silent, and the ceilings.</summary>
/// <param name="CpuSeconds">User plus system time of all its processes, in seconds.</param>
/// <param name="WallSeconds">Elapsed time in seconds; waiting for a slot is not counted. Twice the CPU time where silent.</param>
/// <param name="MemoryMb">Memory of all its processes and files, in MiB; at least 16.</param>
/// <param name="Processes">Processes and threads alive at once.</param>
/// <param name="OutputKb">Kept of each output stream, in KiB.</param>
/// <param name="FileKb">The largest file that it may write, in KiB; outputKb where silent.</param>
/// <param name="OpenFiles">Descriptors that a process of it may have open; from 16.</param>
public sealed record ExecuteLimits(
    double? CpuSeconds = null,
    double? WallSeconds = null,
    int? MemoryMb = null,
    int? Processes = null,
    int? OutputKb = null,
    int? FileKb = null,
    int? OpenFiles = null)
{
    private TestLimits Common => new(CpuSeconds, WallSeconds, MemoryMb, Processes, OutputKb);

    internal Sandboxing.Runs.ResourceLimits Resolve()
    {
        var resolved = Common.Resolve();
        return resolved with { FileKb = FileKb, OpenFiles = OpenFiles ?? resolved.OpenFiles };
    }

    internal IEnumerable<(string Member, string Error)> Errors()
    {
        var most = Sandboxing.Runs.ResourceLimits.Ceiling;
        return Common.Errors()
            .Concat(FileKb is < 1 || FileKb > most.FileKb ? [("fileKb", $"must be above 0 and at most {most.FileKb}, but is {FileKb}")] : Array.Empty<(string, string)>())
            .Concat(OpenFiles is < 16 || OpenFiles > most.OpenFiles ? [("openFiles", $"must be from 16 to {most.OpenFiles}, but is {OpenFiles}")] : Array.Empty<(string, string)>());
    }
}
