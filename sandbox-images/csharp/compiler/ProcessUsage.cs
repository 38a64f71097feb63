using System.ComponentModel;
using System.Globalization;
using System.Runtime.InteropServices;

namespace RewardServer.CSharpCompiler;

/// <summary>How a run ended, as the agent is told.</summary>
/// <param name="Status">As of wait(2).</param>
/// <param name="UserMicroseconds">Processor time outside the kernel.</param>
/// <param name="SystemMicroseconds">Processor time inside the kernel.</param>
/// <param name="PeakKib">Memory.</param>
internal sealed record Ending(int Status, long UserMicroseconds, long SystemMicroseconds, long PeakKib)
{
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"ended {Status} {UserMicroseconds} {SystemMicroseconds} {PeakKib}");
}

/// <summary>What this process has used so far.</summary>
internal sealed partial record ProcessUsage(long UserMicroseconds, long SystemMicroseconds, long PeakKib, long ResidentKib)
{
    private const int Self = 0;

    public static unsafe ProcessUsage Now()
    {
        // struct rusage: two struct timeval (long seconds, long microseconds), the largest resident set in KiB, 13 more.
        var numbers = stackalloc long[18];
        return getrusage(Self, numbers) == 0
            ? new((numbers[0] * 1_000_000) + numbers[1], (numbers[2] * 1_000_000) + numbers[3], numbers[4], Environment.WorkingSet / 1024)
            : throw new Win32Exception(Marshal.GetLastPInvokeError());
    }

    /// <summary>
    /// The share of a run that began at <paramref name="before"/>. The kernel's peak is that of all runs: where this one
    /// has not raised it, what is resident at its end stands for its own.
    /// </summary>
    public Ending Since(ProcessUsage before, int status) =>
        new(status, UserMicroseconds - before.UserMicroseconds, SystemMicroseconds - before.SystemMicroseconds, PeakKib > before.PeakKib ? PeakKib : ResidentKib);

    [LibraryImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static unsafe partial int getrusage(int who, long* usage);
}
