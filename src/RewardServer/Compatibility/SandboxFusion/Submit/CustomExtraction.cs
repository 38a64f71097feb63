using System.Text.Json;
using RewardServer.Compatibility.Programs;
using RewardServer.Sandboxing.Pooling;
using RewardServer.Sandboxing.Runs;

namespace RewardServer.Compatibility.SandboxFusion.Submit;

/// <summary>
/// Runs a caller's <c>custom_extract_logic</c>, in the sandbox alone: Python that sees <c>completion</c>, <c>CodeBlock</c>, <c>extract_fenced_code</c> and
/// <c>extract_heuristic_code</c>, and hands what it found to <c>submit_code_blocks</c>.
/// </summary>
/// <param name="sandbox">Where it runs.</param>
internal sealed class CustomExtraction(SandboxPool sandbox)
{
    private const string Result = "blocks.json";

    private static readonly byte[] Driver = ReadDriver();

    // One of these every logic can take: what raises over all of them raises whatever the completion.
    private static readonly string[] Probes =
        ["Here it is:\n\n```python\ndef f(n):\n    return n + 1\n\nprint(f(1))\n```\nThat is all.", "def f(n):\n    return n + 1\n", ""];

    private static readonly ResourceLimits Limits = new(CpuSeconds: 10, WallSeconds: 20, MemoryMb: 512, Processes: 16, OutputKb: MostKb);

    /// <summary>The most KiB that it can come to hold of each of its outputs.</summary>
    public const int MostKb = 8192;

    /// <summary>Runs it.</summary>
    /// <exception cref="SandboxBusyException">Too many programs wait.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async Task<CustomFinding> RunAsync(string logic, string completion, CancellationToken cancellation)
    {
        if (await LanguageHere.WhyNoPythonAsync(sandbox, cancellation) is { } missing)
        {
            return new([]) { Unjudgeable = $"custom_extract_logic: {missing}" };
        }

        var found = await RunOnceAsync(logic, completion, cancellation);
        foreach (var probe in Probes.Where(_ => found.Fault is not null))
        {
            // Each in a clean sandbox: no completion may make its own fault look like the caller's, whose call is then refused.
            var probed = await RunOnceAsync(logic, probe, cancellation);
            if (probed.Failed is not null)
            {
                return probed;
            }

            if (probed.Fault is null)
            {
                return new([]) { Raised = found.Fault };
            }
        }

        return found;
    }

    private async Task<CustomFinding> RunOnceAsync(string logic, string completion, CancellationToken cancellation)
    {
        var run = await sandbox.RunAsync(
            new()
            {
                Language = "python",
                Files = [new(sandbox.MainFileOf("python"), Driver)],
                Stdin = JsonSerializer.SerializeToUtf8Bytes(new { logic, completion }),
                OutputFiles = [Result],
                Limits = Limits,
            },
            cancellation);
        return run.Status switch
        {
            RunStatus.SandboxFault => new([]) { Failed = $"the sandbox failed: {run.Fault}" },
            _ when run.Files.FirstOrDefault(file => file.Path == Result) is { TooLarge: false } file && run.Status == RunStatus.Ok => Read(file.Content.Span),
            _ => new([]) { Raised = $"custom_extract_logic came to no end on this completion ({run.Status})" },
        };
    }

    private static CustomFinding Read(ReadOnlySpan<byte> json)
    {
        try
        {
            var wire = JsonSerializer.Deserialize<Wire>(json, JsonSerializerOptions.Web);
            if (wire is not null && !(wire.Blocks ?? []).Any(block => block is not { Language: not null, Code: not null }))
            {
                return new(wire.Blocks ?? []) { Fault = wire.Fault, Raised = wire.Raised };
            }
        }
        catch (JsonException)
        {
            // As below.
        }

        // It can write there, too, whatever it likes.
        return new([]) { Raised = "custom_extract_logic wrote over what it found" };
    }

    private static byte[] ReadDriver()
    {
        using var stream = typeof(CustomExtraction).Assembly.GetManifestResourceStream("custom_extract.py")!;
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }

    private sealed record Wire(CustomBlock[]? Blocks, string? Fault, string? Raised);
}

/// <summary>A program that a caller's logic found.</summary>
/// <param name="Priority">The highest counts; a fenced block has 30, one that is never closed 20, a guess 10.</param>
/// <param name="Language">Its language, by SandboxFusion's name; empty where it is not said.</param>
/// <param name="Code">Its text.</param>
internal sealed record CustomBlock(int Priority, string Language, string Code);

/// <summary>What a caller's logic found.</summary>
/// <param name="Blocks">Its programs; none where something went wrong.</param>
internal sealed record CustomFinding(IReadOnlyList<CustomBlock> Blocks)
{
    /// <summary>What is wrong with the logic itself, whatever the completion: the call's fault.</summary>
    public string? Fault { get; init; }

    /// <summary>What went wrong over this completion: it holds no program by this logic.</summary>
    public string? Raised { get; init; }

    /// <summary>Why it cannot be run here at all.</summary>
    public string? Unjudgeable { get; init; }

    /// <summary>A fault of ours.</summary>
    public string? Failed { get; init; }
}
