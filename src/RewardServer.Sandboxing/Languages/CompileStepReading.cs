using RewardServer.Sandboxing.Engines;
using RewardServer.Sandboxing.Runs;

namespace RewardServer.Sandboxing.Languages;

/// <summary>A compilation as a run of the sandbox's, and back.</summary>
internal static class CompileStepReading
{
    /// <summary>The compiler's run.</summary>
    public static AgentRun RunOf(Language language, CompileStep step, IReadOnlyList<SandboxFile> files) =>
        step.BundleForResident is { } bundle
            ? new AgentRun(language.VersionCommand, language.Environment, [], bundle(files), step.Limits) { ByResident = true }
            : new AgentRun(Language.Filled(step.Command, files[0].Path), language.Environment, files, default, step.Limits) { OutputFiles = step.Artifacts };

    /// <summary>What the compiler's run made.</summary>
    public static Compilation Read(CompileStep step, RunResult run)
    {
        if (run.Status != RunStatus.Ok)
        {
            return new(run with { Stdout = step.BundleForResident is null ? run.Stdout : default, Files = [] }, []);
        }

        return step.BundleForResident is null
            ? new(run with { Files = [] }, run.Files.Any(file => file.Path == step.Artifacts[0] && !file.TooLarge) ? Artifacts(run) : [])
            : new(run with { Stdout = default, StdoutBytes = 0 }, [new SandboxFile(step.Artifacts[0], run.Stdout)]);
    }

    /// <summary>The result of a program that was not come to.</summary>
    public static RunResult ResultOf(Compilation compilation) => compilation.Run.Status switch
    {
        RunStatus.SandboxFault or RunStatus.SlotBreaker => new RunResult
        {
            Status = compilation.Run.Status,
            Fault = compilation.Run.Fault,
            QueueSeconds = compilation.Run.QueueSeconds,
        },
        _ => new RunResult { Status = RunStatus.CompileError, Compilation = compilation },
    };

    private static System.Collections.Immutable.ImmutableArray<SandboxFile> Artifacts(RunResult run) =>
        [.. run.Files.Select(file => new SandboxFile(file.Path, file.Content, Executable: true))];
}
