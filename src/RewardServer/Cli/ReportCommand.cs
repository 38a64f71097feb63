using System.CommandLine;
using RewardServer.Cli.Report;
using RewardServer.Cli.Train;
using RewardServer.Hosting;
using RewardServer.Jobs.Reports;
using RewardServer.Jobs.Reports.Html;
using Spectre.Console;

namespace RewardServer.Cli;

/// <summary>The verb <c>report</c>: tells what results come to, or what differs between two.</summary>
internal static class ReportCommand
{
    private const int RedirectedWidth = 140;

    private static readonly Argument<string[]> Results = new("results")
    {
        Description = "A file of results as grade writes it, plain or gzip, - for standard input; or two of them, to compare.",
        HelpName = "results.jsonl [other.jsonl]",
        Arity = new(1, 2),
    };

    private static readonly Option<string[]> By = new("--by")
    {
        Description = "A column of the rows to tell results by, whatever values it has; may be given several times. Columns with few values are told without it.",
        HelpName = "COLUMN",
        DefaultValueFactory = _ => [],
    };

    private static readonly Option<string?> Html = new("--html") { Description = "Where a page with plots goes, whole in one file; - for standard output.", HelpName = "FILE" };

    private static readonly Option<string?> Json = new("--json") { Description = "Where the figures go as JSON; - for standard output.", HelpName = "FILE" };

    private static readonly Option<string?> Differences = new("--differences")
    {
        Description = "Of two files: where all lines go that differ, one JSON object each; - for standard output.",
        HelpName = "FILE",
    };

    public static Command Create()
    {
        var command = new Command("report", "Tells what results come to: pass@k, maj@k, intervals, reasons; or what differs between two runs.") { Results, By, Html, Json, Differences };
        command.SetAction((parsed, cancellation) => ReportAsync(
            parsed.GetRequiredValue(Results), parsed.GetRequiredValue(By), parsed.GetValue(Html), parsed.GetValue(Json), parsed.GetValue(Differences), cancellation));
        return command;
    }

    private static async Task<int> ReportAsync(string[] results, string[] by, string? html, string? json, string? differences, CancellationToken cancellation)
    {
        Check(results, by, differences);
        var options = new ReportOptions { By = [.. by] };
        await using var first = ResultFile.Open(results[0]);
        await using var second = results.Length == 2 ? ResultFile.Open(results[1]) : null;
        await using var outputs = ReportOutputs.Open(html, json, differences);
        using var builder = new ReportBuilder(options);
        if (second is null)
        {
            Note(await first.ReadAsync(builder.Add, cancellation));
            var report = Built(builder, by, first);
            Show(outputs, console => ReportTable.Write(console, report));
            await outputs.WriteAsync(() => HtmlReport.Of(report, first.Name), report, cancellation);
            return 0;
        }

        using var other = new ReportBuilder(options);
        using var comparing = new ComparisonBuilder();
        Note(await first.ReadAsync(line => { builder.Add(line); comparing.AddFirst(line); }, cancellation));
        Note(await second.ReadAsync(line => { other.Add(line); comparing.AddSecond(line); }, cancellation));
        var compared = new ComparedReports(Built(builder, by, first), Built(other, by, second), comparing.Build(outputs.Differences));
        var (one, two) = first.Name == second.Name ? (first.Place, second.Place) : (first.Name, second.Name);
        Show(outputs, console => ComparisonTable.Write(console, compared, one, two));
        await outputs.WriteAsync(() => HtmlReport.Of(compared.Comparison, compared.First, compared.Second, one, two), compared, cancellation);
        return 0;
    }

    private static void Check(string[] results, string[] by, string? differences)
    {
        string[] errors =
        [
            .. results is ["-", "-"] ? (string[])["results: only one of two can be -"] : [],
            .. differences is not null && results.Length == 1 ? (string[])["--differences: needs two files of results"] : [],
            .. by.Distinct().Count() > ReportOptions.MostColumns ? (string[])[$"--by: at most {ReportOptions.MostColumns} columns"] : [],
        ];
        if (errors.Length > 0)
        {
            throw new StartException(errors);
        }
    }

    private static Jobs.Reports.Report Built(ReportBuilder builder, string[] by, ResultFile file)
    {
        Jobs.Reports.Report report;
        try
        {
            report = builder.Build();
        }
        catch (InvalidDataException exception)
        {
            throw new IOException($"{file.Place}: {exception.Message}", exception);
        }

        string[] missing = [.. by.Except(report.Columns.Select(column => column.Name))];
        return missing.Length == 0 ? report : throw new StartException([.. missing.Select(name =>
            $"--by: no scored line of {file.Place} has the column '{name}'; there {(report.Columns.IsEmpty ? "is none with few values" : $"are {TerminalText.Beginning(string.Join(", ", report.Columns.Select(column => column.Name)), 1, 300)}")}")]);
    }

    private static void Show(ReportOutputs outputs, Action<IAnsiConsole> write)
    {
        if (outputs.UsesStandardOutput)
        {
            return;
        }

        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Out) });
        if (Console.IsOutputRedirected)
        {
            console.Profile.Width = RedirectedWidth;
        }

        write(console);
    }

    private static void Note(string? note)
    {
        if (note is not null)
        {
            Console.Error.WriteLine($"rewardserver: {note}");
        }
    }
}
