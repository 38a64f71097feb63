using System.CommandLine;
using RewardServer.Cli.Grade;
using RewardServer.Grading.Graders.Judge;
using RewardServer.Grading.Rubrics;
using RewardServer.Grading.Sets;
using RewardServer.Hosting;
using RewardServer.Sandboxing.Pooling;
using Spectre.Console;

namespace RewardServer.Cli;

/// <summary>The verb <c>grade</c>: grades a file of items.</summary>
internal static class GradeCommand
{
    private static readonly Option<string> Input = new("--input")
    {
        Description = "JSON lines, one item each, as POST /v1/grade takes them; - for standard input.",
        HelpName = "FILE",
        Required = true,
    };

    private static readonly Option<string> Output = new("--output")
    {
        Description = "Where the graded items go, one line each in the order of the input; - for standard output.",
        HelpName = "FILE",
        Required = true,
    };

    private static readonly Option<string> RubricName = new("--rubric")
    {
        Description = "A rubric's name, a JSON or YAML file with one, or one as JSON itself.",
        HelpName = "RUBRIC",
        DefaultValueFactory = _ => "r1-zero",
    };

    public static Command Create()
    {
        var command = new Command("grade", "Grades a file of items with the graders of the server; exits with 1 where some failed by a fault of ours.")
        {
            Input, Output, RubricName,
        };
        command.SetAction((parsed, cancellation) => GradeAsync(
            parsed.GetRequiredValue(Input), parsed.GetRequiredValue(Output), parsed.GetRequiredValue(RubricName), cancellation));
        return command;
    }

    private static async Task<int> GradeAsync(string input, string output, string rubricName, CancellationToken cancellation)
    {
        // Standard output may carry results: whatever is for people goes to standard error.
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        var settings = Settings.Read(new ConfigurationBuilder().AddJsonFile(Path.GetFullPath("appsettings.json"), optional: true).AddEnvironmentVariables().Build());
        await using var sandbox = await SandboxPool.StartAsync(settings.Sandbox, TimeProvider.System, cancellation);
        using var judges = new JudgeSet(settings.Judges, TimeProvider.System);
        await using var scripts = await ScriptStart.RunAsync(settings, cancellation);
        var rubric = RubricArgument.Resolve(rubricName, new RubricCompiler(new(sandbox) { Judges = judges, Scripts = scripts }), settings.Rubrics.Folder);
        if (!sandbox.Engine.Available)
        {
            console.MarkupLineInterpolated($"[yellow]No sandbox: code tasks are skipped. {sandbox.Engine.Reason} To mend: {sandbox.Engine.Remedy}[/]");
        }

        var grader = new SetGrader(sandbox.Slots, (item, exception) => console.MarkupLineInterpolated($"[red]A fault of ours at item {item.Id}: {exception}[/]"));
        var summary = new GradeSummary(rubric, TimeProvider.System);
        await using var files = GradeFiles.Open(input, output);
        await GradeProgress.ShowAsync(console, files, summary, update =>
            new GradePipeline(rubric, grader).RunAsync(files, (graded) => update(graded), cancellation));
        summary.Write(console);
        return summary.Failed > 0 ? 1 : 0;
    }
}
