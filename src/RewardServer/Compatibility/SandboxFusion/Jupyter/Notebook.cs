using System.Collections.Immutable;
using RewardServer.Sandboxing.Interpreters;
using RewardServer.Sandboxing.Runs;

namespace RewardServer.Compatibility.SandboxFusion.Jupyter;

/// <summary>Runs cells in an interpreter, within the time and the room that all of them have together.</summary>
internal static class Notebook
{
    // What is kept of all cells together: of each of the two outputs, and of displays, in KiB.
    private const int OutputKb = 16 << 10, DisplayKb = 16 << 10;

    // Of each cell, however much the ones before took.
    private const int LeastKb = 4;

    private const int DiedCode = 1;

    /// <summary>The most that an answer can hold, in KiB.</summary>
    /// <param name="withFiles">Whether files are to come back.</param>
    public static long MostKb(bool withFiles) => (2L * OutputKb) + DisplayKb + (withFiles ? RunRequest.MaxOutputFileBytes / 1024 : 0);

    /// <summary>Runs them.</summary>
    /// <returns>The answer; or a fault of ours.</returns>
    public static async Task<(JupyterResponse? Answer, string? Fault)> RunAsync(
        PythonInterpreter interpreter, JupyterRequest request, ImmutableArray<string> cells, CancellationToken cancellation)
    {
        var ran = ImmutableArray.CreateBuilder<CellResponse>(cells.Length);
        var (seconds, outputs, displays) = (0.0, 0L, 0L);
        foreach (var code in cells)
        {
            var left = request.TotalSeconds - seconds;
            if (left <= 0)
            {
                return (Late(request, seconds), null);
            }

            var result = await interpreter.RunAsync(
                new()
                {
                    Code = code,
                    IsNotebook = true,
                    Seconds = Math.Min(request.CellSeconds ?? left, left),
                    OutputKb = LeftOf(OutputKb, outputs),
                    DisplayKb = LeftOf(DisplayKb, displays),
                },
                cancellation);
            seconds += result.Seconds;
            outputs += Math.Max(result.Stdout.Length, result.Stderr.Length);
            if (result.Status == CellStatus.Fault)
            {
                return (null, result.Problem);
            }

            if (result.Status == CellStatus.Died)
            {
                return (Died(result, seconds), null);
            }

            // One that was interrupted for itself alone has an error, and the next one goes on with the state.
            if (result.Status == CellStatus.Timeout && (result.IsLost || request.CellSeconds is not { } own || own >= left))
            {
                return (Late(request, seconds), null);
            }

            displays += result.Displays.Sum(display => (long)display.GetRawText().Length) + (result.Error?.Traceback.Sum(piece => (long)piece.Length) ?? 0);
            ran.Add(CellResponse.Of(result));
        }

        return (new() { Status = RunCodeResponse.Success, Driver = new(CommandResult.Finished, seconds, 0, "", ""), Cells = ran.ToImmutable() }, null);
    }

    // What is over is dropped, and its cell runs all the same.
    private static int LeftOf(int mostKb, long bytes) => (int)Math.Clamp(mostKb - (bytes / 1024), LeastKb, mostKb);

    private static JupyterResponse Late(JupyterRequest request, double seconds) => new()
    {
        Status = RunCodeResponse.Failed,
        Message = $"the cells did not end within {Math.Min(request.TotalSeconds, request.CellSeconds ?? request.TotalSeconds)} s",
        Driver = new(CommandResult.TimeLimitExceeded, seconds, null, "", ""),
    };

    private static JupyterResponse Died(CellResult result, double seconds) => new()
    {
        Status = RunCodeResponse.Failed,
        Message = "the kernel died: " + result.End,
        Driver = new(CommandResult.Finished, seconds, DiedCode, "", "The kernel died: " + result.End + "\n"),
    };
}
