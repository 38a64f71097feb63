using System.Text;
using RewardServer.Sandboxing.Runs;

namespace RewardServer.Http;

/// <summary>What <c>POST /v1/execute</c> gives back.</summary>
/// <param name="Compile">The compiler's run; null where the language has no compiler.</param>
/// <param name="Runs">The program's runs, in the order of the inputs; empty where it does not compile, or was measured.</param>
/// <param name="Measurement">What was measured, where that was asked for and all runs ended well.</param>
/// <param name="Noise">How well this machine measures; told with a measurement.</param>
public sealed record ExecuteResponse(
    ExecutedRun? Compile, IReadOnlyList<ExecutedRun> Runs, Measurement? Measurement = null, TimingNoise? Noise = null);

/// <summary>One run of a program, or of its compiler.</summary>
public sealed record ExecutedRun
{
    /// <summary>How it ended.</summary>
    public required RunStatus Status { get; init; }

    /// <summary>The exit code, 0 to 255; null where a signal ended it.</summary>
    public int? ExitCode { get; init; }

    /// <summary>The number of the signal that ended it; null where it exited.</summary>
    public int? Signal { get; init; }

    /// <summary>What is kept of standard output; null where it is not UTF-8, and then it stands in stdoutBase64.</summary>
    public string? Stdout { get; init; }

    /// <summary>What is kept of standard error; null where it is not UTF-8, and then it stands in stderrBase64.</summary>
    public string? Stderr { get; init; }

    /// <summary>Standard output that is not UTF-8, in base64; else null.</summary>
    public byte[]? StdoutBase64 { get; init; }

    /// <summary>Standard error that is not UTF-8, in base64; else null.</summary>
    public byte[]? StderrBase64 { get; init; }

    /// <summary>Which of the two outputs are longer than what is kept.</summary>
    public required Truncation Truncated { get; init; }

    /// <summary>User time of all its processes, in seconds.</summary>
    public double UserSeconds { get; init; }

    /// <summary>System time of all its processes, in seconds.</summary>
    public double SystemSeconds { get; init; }

    /// <summary>From start to end, in seconds.</summary>
    public double WallSeconds { get; init; }

    /// <summary>How long it waited for a slot, in seconds; not part of the other times.</summary>
    public double QueueSeconds { get; init; }

    /// <summary>Instructions that all its processes retired in user mode; null where the machine does not count them.</summary>
    public long? Instructions { get; init; }

    /// <summary>The most memory held at once, in MiB.</summary>
    public double PeakMemoryMb { get; init; }

    /// <summary>The files that were asked for and are there, by path; in base64. Null for one that is too large.</summary>
    public IReadOnlyDictionary<string, byte[]?>? Files { get; init; }

    /// <summary>What went wrong on the server's side, for the status sandbox-fault; else null.</summary>
    public string? Fault { get; init; }

    /// <summary>Bytes that are written as base64.</summary>
    internal long BinaryBytes => (StdoutBase64?.LongLength ?? 0) + (StderrBase64?.LongLength ?? 0) + (Files?.Values.Sum(file => file?.LongLength ?? 0) ?? 0);

    internal static ExecutedRun Of(RunResult run, JsonInPieces answer)
    {
        var (text, bytes) = Read(run.Stdout, run.StdoutBytes > run.Stdout.Length, answer);
        var (errorText, errorBytes) = Read(run.Stderr, run.StderrBytes > run.Stderr.Length, answer);
        return new()
        {
            Status = run.Status,
            ExitCode = run.ExitCode,
            Signal = run.Signal,
            Instructions = run.Instructions,
            Stdout = text,
            StdoutBase64 = bytes,
            Stderr = errorText,
            StderrBase64 = errorBytes,
            Truncated = new(run.StdoutBytes > run.Stdout.Length, run.StderrBytes > run.Stderr.Length),
            UserSeconds = run.UserSeconds,
            SystemSeconds = run.SystemSeconds,
            WallSeconds = run.WallSeconds,
            QueueSeconds = run.QueueSeconds,
            PeakMemoryMb = run.PeakMemoryMb,
            Files = run.Files.IsEmpty ? null : run.Files.ToDictionary(file => file.Path, file => file.TooLarge ? null : file.Content.ToArray()),
            Fault = run.Fault,
        };
    }

    // A cut in the middle of a character makes no binary of a text.
    private static (string? Text, byte[]? Bytes) Read(ReadOnlyMemory<byte> bytes, bool cut, JsonInPieces answer)
    {
        var whole = cut ? bytes[..WholeCharacters(bytes.Span)] : bytes;
        return System.Text.Unicode.Utf8.IsValid(whole.Span) ? (answer.Place(whole), null) : (null, bytes.ToArray());
    }

    private static int WholeCharacters(ReadOnlySpan<byte> bytes) =>
        Rune.DecodeLastFromUtf8(bytes, out _, out var length) == System.Buffers.OperationStatus.NeedMoreData ? bytes.Length - length : bytes.Length;
}

/// <summary>Which outputs are longer than what is kept of them.</summary>
/// <param name="Stdout">Standard output.</param>
/// <param name="Stderr">Standard error.</param>
public sealed record Truncation(bool Stdout, bool Stderr);
