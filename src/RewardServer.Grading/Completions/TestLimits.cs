using RewardServer.Sandboxing.Runs;

namespace RewardServer.Grading.Completions;

/// <summary>What each test of a task may use. GET /v1/languages tells the defaults, for members that are silent, and the ceilings.</summary>
/// <param name="CpuSeconds">User plus system time of all its processes, in seconds.</param>
/// <param name="WallSeconds">Elapsed time in seconds; waiting for a slot is not counted. Twice the CPU time where silent.</param>
/// <param name="MemoryMb">Memory of all its processes and files, in MiB; at least 16.</param>
/// <param name="Processes">Processes and threads alive at once.</param>
/// <param name="OutputKb">Kept of each output stream, and the largest file, in KiB.</param>
public sealed record TestLimits(
    double? CpuSeconds = null, double? WallSeconds = null, int? MemoryMb = null, int? Processes = null, int? OutputKb = null)
{
    /// <summary>The limits in full.</summary>
    public ResourceLimits Resolve() => new(
        CpuSeconds ?? ResourceLimits.Default.CpuSeconds,
        WallSeconds ?? ImpliedWallSeconds,
        MemoryMb ?? ResourceLimits.Default.MemoryMb,
        Processes ?? ResourceLimits.Default.Processes,
        OutputKb ?? ResourceLimits.Default.OutputKb);

    /// <summary>Each member that is not positive or is above its ceiling, with what is wrong with it.</summary>
    public IEnumerable<(string Member, string Error)> Errors()
    {
        var ceiling = ResourceLimits.Ceiling;
        return new[]
        {
            Check("cpuSeconds", CpuSeconds, ceiling.CpuSeconds),
            Check("wallSeconds", WallSeconds, ceiling.WallSeconds),
            Check("memoryMb", MemoryMb, ceiling.MemoryMb, LeastMemoryMb),
            Check("processes", Processes, ceiling.Processes),
            Check("outputKb", OutputKb, ceiling.OutputKb),
        }.OfType<(string, string)>();
    }

    // Where only the CPU time is given, a program that waits as long as it computes still ends.
    private double ImpliedWallSeconds =>
        CpuSeconds is { } cpu ? Math.Min(2 * cpu, ResourceLimits.Ceiling.WallSeconds) : ResourceLimits.Default.WallSeconds;

    // Below it an interpreter has no room to start in, and what becomes of it is chance.
    private const int LeastMemoryMb = 16;

    private static (string, string)? Check(string member, double? value, double ceiling, double least = double.Epsilon) =>
        value is { } number && !(number >= least && number <= ceiling)
            ? (member, least > double.Epsilon
                ? FormattableString.Invariant($"must be from {least} to {ceiling}, but is {number}")
                : FormattableString.Invariant($"must be above 0 and at most {ceiling}, but is {number}"))
            : null;
}
