using System.CommandLine;
using RewardServer.Cli.Grade;
using RewardServer.Cli.Report;
using RewardServer.Cli.Train;
using RewardServer.Jobs.Rows;
using RewardServer.Jobs.Running;
using Spectre.Console;

namespace RewardServer.Cli;

/// <summary>The verb <c>grade</c>: grades a data set, and reports on it.</summary>
internal static class GradeCommand
{
    private const int RedirectedWidth = 140;

    public static Command Create()
    {
        var command = new Command("grade", """
            Grades the completions of a data set, in this process or by a server, a line of results for each in their order; at the end a report.
            Exits with 1 where some failed by a fault of ours or nothing was scored, with 3 where a file or the server broke off, and with 130 at Ctrl-C; --resume then goes on, and grades those that failed anew.
            """);
        GradeFlags.AddTo(command);
        command.SetAction((parsed, cancellation) => GradeAsync(GradeFlags.Read(parsed), cancellation));
        return command;
    }

    private static async Task<int> GradeAsync(GradeArguments arguments, CancellationToken cancellation)
    {
        // Standard output may carry results: whatever is for people goes to standard error.
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        console.Profile.Width = console.Profile.Out.IsTerminal ? console.Profile.Width : RedirectedWidth;
        await using var input = OpenFile.Read("--input", arguments.Input);
        var samples = new SampleReader(arguments.Shape, arguments.Map, await ProblemFile.ReadAsync(arguments, cancellation));
        var rows = await FirstRow.CheckedAsync(RowReader.ReadAsync(input, SampleReader.CompletionColumns(arguments.Map), cancellation: cancellation), samples, cancellation);
        GradeOutput.Check(arguments);
        await using var files = await ReportFiles.OpenAsync(arguments.Reports);
        await using var graders = await Graders.StartAsync(arguments, console, cancellation);
        using var report = new RunReport();
        await using var results = await GradeOutput.OpenAsync(arguments, graders.Grading, report, cancellation);
        if (results.Warning is { } warning)
        {
            await Console.Error.WriteLineAsync($"rewardserver: {TerminalText.Safe(warning)}");
        }

        var meter = new GradeMeter(input, report.Tally, TimeProvider.System);
        var run = new GradeRun(graders.Grading, samples, results, report, meter);
        try
        {
            await GradeProgress.ShowAsync(console, meter, () => run.RunAsync(rows, cancellation));
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            await Console.Error.WriteLineAsync($"Stopped after row {report.Tally.LastRow}. {results.HowToGoOn}");
            throw;
        }

        await EndAsync(arguments, console, report, files, meter, cancellation);
        return report.Tally is { Failed: 0, Scored: > 0 } ? 0 : 1;
    }

    private static async Task EndAsync(GradeArguments arguments, IAnsiConsole console, RunReport report, ReportFiles files, GradeMeter meter, CancellationToken cancellation)
    {
        await Console.Error.WriteLineAsync(meter.Line);
        if (report.Build() is not { } built)
        {
            await Console.Error.WriteLineAsync(TerminalText.Safe($"There is no report: {report.Fault}"));
            return;
        }

        ReportTable.Write(console, built);
        await files.WriteAsync(built, Path.GetFileName(arguments.Input), cancellation);
        if (report.Tally.Scored == 0)
        {
            await Console.Error.WriteLineAsync("rewardserver: nothing was scored: each line of the results says why");
        }
    }
}
