using System.Diagnostics;
using System.Globalization;

namespace RewardServer.Benchmarks.Grade;

/// <summary>What a run of <c>rewardserver grade</c> took.</summary>
/// <param name="Seconds">From start to end, the process's own start and end included.</param>
/// <param name="PeakMb">The most memory that it held resident at once (VmHWM), in MiB; without its sandbox's processes.</param>
/// <param name="CpuSeconds">Time of processors that it used itself.</param>
internal sealed record GradeRun(double Seconds, double PeakMb, double CpuSeconds);

/// <summary>Runs <c>rewardserver grade</c> as a person does.</summary>
internal static class GradeProcess
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(100);

    /// <exception cref="InvalidOperationException">It did not end well.</exception>
    public static async Task<GradeRun> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "rewardserver.dll"), "grade", .. arguments]);
        var clock = Stopwatch.StartNew();
#pragma warning disable RS0030 // The program that is measured runs outside of the sandbox.
        using var process = Process.Start(start)!;
#pragma warning restore RS0030
        var ended = process.WaitForExitAsync();
        double peak = 0;
        var cpu = TimeSpan.Zero;
        while (!ended.IsCompleted)
        {
            (peak, cpu) = Look(process, peak, cpu);
            await Task.WhenAny(ended, Task.Delay(Glance));
        }

        return process.ExitCode == 0
            ? new(clock.Elapsed.TotalSeconds, peak, cpu.TotalSeconds)
            : throw new InvalidOperationException($"grade ended with {process.ExitCode}");
    }

    // A process that has just ended has neither.
    private static (double PeakMb, TimeSpan Cpu) Look(Process process, double peak, TimeSpan cpu)
    {
        try
        {
            var line = File.ReadLines($"/proc/{process.Id}/status").FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
            var held = line is null ? 0 : double.Parse(line[6..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture) / 1024;
            return (Math.Max(peak, held), process.HasExited ? cpu : process.TotalProcessorTime);
        }
        catch (Exception exception) when (exception is IOException or InvalidOperationException)
        {
            return (peak, cpu);
        }
    }
}
