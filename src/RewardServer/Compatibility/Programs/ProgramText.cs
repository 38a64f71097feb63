using System.Buffers;
using System.Text;
using RewardServer.Sandboxing.Runs;

namespace RewardServer.Compatibility.Programs;

/// <summary>Puts the end of a run into the words of trainers' protocols.</summary>
internal static class ProgramText
{
    private const int KillSignal = 9, FileSizeSignal = 25;

    /// <summary>An output as a text; what is not UTF-8 becomes U+FFFD, and a cut in the middle of a character makes none.</summary>
    /// <param name="kept">What was kept of it.</param>
    /// <param name="written">The bytes that were written.</param>
    public static string Of(ReadOnlyMemory<byte> kept, long written) => Encoding.UTF8.GetString(Whole(kept, written).Span);

    /// <summary>What was kept, without the character that a cut went through.</summary>
    public static ReadOnlyMemory<byte> Whole(ReadOnlyMemory<byte> kept, long written) =>
        written > kept.Length && Rune.DecodeLastFromUtf8(kept.Span, out _, out var length) == OperationStatus.NeedMoreData ? kept[..^length] : kept;

    /// <summary>Standard output.</summary>
    public static string StdoutOf(RunResult run) => Of(run.Stdout, run.StdoutBytes);

    /// <summary>Standard error.</summary>
    public static string StderrOf(RunResult run) => Of(run.Stderr, run.StderrBytes);

    /// <summary>Whether it used up its time.</summary>
    public static bool IsLate(RunResult run) => run.Status is RunStatus.CpuTimeLimit or RunStatus.WallTimeLimit;

    /// <summary>
    /// Its return code as Python's subprocess has it: the exit code, or minus the signal. Over its memory, -9 (killed); over its output, -25 (the signal
    /// of a file that is too large), whatever it ended with. Null where it used up its time.
    /// </summary>
    public static int? ReturnCodeOf(RunResult run) => run.Status switch
    {
        RunStatus.CpuTimeLimit or RunStatus.WallTimeLimit => null,
        RunStatus.MemoryLimit or RunStatus.SlotBreaker => -KillSignal,
        RunStatus.OutputLimit => -FileSizeSignal,
        _ => run.ExitCode ?? -run.Signal,
    };

    /// <summary>Which limit it met, in words; empty where it met none.</summary>
    public static string LimitOf(RunResult run) => run.Status switch
    {
        RunStatus.CpuTimeLimit or RunStatus.WallTimeLimit => "the program used up its time",
        RunStatus.MemoryLimit => "the program used up its memory",
        RunStatus.OutputLimit => "the program wrote more than is kept of an output or a file",
        RunStatus.ProcessLimit => "the program used up its processes",
        RunStatus.SlotBreaker => "the program broke two fresh sandboxes in a row",
        _ => "",
    };
}
