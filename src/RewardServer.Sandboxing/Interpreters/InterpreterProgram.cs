using RewardServer.Sandboxing.Engines;
using RewardServer.Sandboxing.Languages;
using RewardServer.Sandboxing.Runs;

namespace RewardServer.Sandboxing.Interpreters;

/// <summary>The long run of a live interpreter. Its sources stand in its command line, so that no cell finds them among its files.</summary>
internal static class InterpreterProgram
{
    // What all cells together can make it write: their outputs, bounded one by one.
    private const int MostOutputKb = 1 << 20;

    private static readonly string Main = Resource("interpreter_main");

    // Each after those that it imports.
    private static readonly string[] Modules =
    [
        .. new[] { "interpreter_show", "interpreter_trace", "interpreter_lines", "interpreter_cell", "interpreter_worker", "interpreter_slot", "interpreter_child" }
            .SelectMany(name => new[] { name, Resource(name) }),
    ];

    /// <summary>The run.</summary>
    /// <param name="python">The language, whose interpreter it is.</param>
    /// <param name="request">What it may use.</param>
    public static AgentRun RunOf(Language python, InterpreterRequest request) => new(
        [python.Command[0], "-B", "-s", "-c", Main, .. Modules],
        [.. python.Environment, "MPLBACKEND=agg"],
        request.Files,
        default,
        new ResourceLimits(InterpreterRequest.CpuSeconds, InterpreterRequest.LifeSeconds, request.MemoryMb, request.Processes, MostOutputKb) { FileKb = 64 << 10 })
    {
        IsStreamed = true,
        KeepsScratch = true,
        OutputFiles = request.OutputFiles,
    };

    private static string Resource(string name)
    {
        using var reader = new StreamReader(typeof(InterpreterProgram).Assembly.GetManifestResourceStream("interpreter/" + name)!);
        return reader.ReadToEnd();
    }
}
