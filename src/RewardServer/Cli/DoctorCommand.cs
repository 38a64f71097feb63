using System.CommandLine;
using System.Text.Json;
using RewardServer.Cli.Doctor;
using RewardServer.Grading.Completions;
using RewardServer.Hosting;
using Spectre.Console;

namespace RewardServer.Cli;

/// <summary><c>doctor</c>: says what this machine has and lacks for the sandbox, and how to mend it.</summary>
internal static class DoctorCommand
{
    private static readonly Option<bool> Json = new("--json") { Description = "As JSON, for programs." };

    public static Command Create()
    {
        var command = new Command("doctor", """
            Looks at what this machine has for the sandbox: engines, images, languages, cgroups, user ids. Each language is
            tried in a slot. Exit code 0 where Python programs can be run isolated, else 1. Settings are those of the server.
            """)
        { Json };
        command.SetAction((parsed, cancellation) => RunAsync(parsed.GetValue(Json), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(bool json, CancellationToken cancellation)
    {
        var settings = Settings.Read(new ConfigurationBuilder()
            .AddJsonFile(Path.GetFullPath("appsettings.json"), optional: true)
            .AddEnvironmentVariables()
            .Build());
        var examination = await Examination.OfAsync(settings.Sandbox, cancellation);
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(examination, ItemJson.Options));
        }
        else
        {
            Write(AnsiConsole.Console, examination);
        }

        return examination.Healthy ? 0 : 1;
    }

    private static void Write(IAnsiConsole console, Examination examination)
    {
        var table = new Table().Border(TableBorder.None).HideHeaders().AddColumn("").AddColumn("").AddColumn("");
        foreach (var finding in examination.Findings)
        {
            table.AddRow(finding.Ok ? "[green]ok[/]" : finding.Needed ? "[red]missing[/]" : "[yellow]-[/]", Markup.Escape(finding.Subject), Markup.Escape(finding.Found));
            if (finding.Remedy is { } remedy)
            {
                table.AddRow("", "", "[dim]to mend:[/] " + Markup.Escape(remedy));
            }
        }

        console.Write(table);
        console.WriteLine(examination.Healthy ? "Python programs can be run isolated." : "No Python program can be run: code tasks are skipped.");
    }
}
