using RewardServer.Cli.Train;
using RewardServer.Grading.Graders.Custom.Scripts;
using RewardServer.Grading.Graders.Judge;
using RewardServer.Grading.Rubrics;
using RewardServer.Grading.Sets;
using RewardServer.Hosting;
using RewardServer.Sandboxing.Pooling;
using Spectre.Console;

namespace RewardServer.Cli;

/// <summary>What a verb needs to grade in its own process, by the settings of the server.</summary>
internal sealed class LocalGraders : IAsyncDisposable
{
    private readonly SandboxPool sandbox;
    private readonly JudgeSet judges;
    private readonly ScriptSet scripts;

    private LocalGraders(Settings settings, SandboxPool sandbox, JudgeSet judges, ScriptSet scripts, IAnsiConsole console)
    {
        (Settings, this.sandbox, this.judges, this.scripts) = (settings, sandbox, judges, scripts);
        Compiler = new(new(sandbox) { Judges = judges, Scripts = scripts });
        Grader = new(sandbox.Slots, (item, exception) => console.MarkupLineInterpolated($"[red]A fault of ours at item {TerminalText.Safe(item.Id)}: {TerminalText.Safe(exception.ToString())}[/]"));
    }

    /// <summary>The settings.</summary>
    public Settings Settings { get; }

    /// <summary>Makes rubrics ready.</summary>
    public RubricCompiler Compiler { get; }

    /// <summary>Grades.</summary>
    public SetGrader Grader { get; }

    /// <summary>Why programs of a language cannot be run here; null where they can.</summary>
    public string? WhyNot(string language) => sandbox.Languages.FirstOrDefault(known => known.Name == language) is { Available: false } missing
        ? $"{language} programs cannot be run here: {missing.Reason}"
        : null;

    /// <summary>Starts the sandbox, the judges and the scripts, and warns where no program can run.</summary>
    /// <param name="console">For people; faults of ours are told there.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="StartException">The settings cannot be used.</exception>
    public static async Task<LocalGraders> StartAsync(IAnsiConsole console, CancellationToken cancellation)
    {
        var settings = Settings.Read(new ConfigurationBuilder().AddJsonFile(Path.GetFullPath("appsettings.json"), optional: true).AddEnvironmentVariables().Build());
        var sandbox = await SandboxPool.StartAsync(settings.Sandbox, TimeProvider.System, cancellation);
        try
        {
            if (!sandbox.Engine.Available)
            {
                console.MarkupLineInterpolated($"[yellow]No sandbox: code tasks are skipped. {sandbox.Engine.Reason} To mend: {sandbox.Engine.Remedy}[/]");
            }

            return new(settings, sandbox, new(settings.Judges, TimeProvider.System), await ScriptStart.RunAsync(settings, cancellation), console);
        }
        catch
        {
            await sandbox.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await scripts.DisposeAsync();
        judges.Dispose();
        await sandbox.DisposeAsync();
    }
}
