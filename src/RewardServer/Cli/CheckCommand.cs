using System.CommandLine;
using RewardServer.Cli.Check;
using RewardServer.Jobs.Checking;
using RewardServer.Jobs.Rows;
using RewardServer.Jobs.Running;
using Spectre.Console;

namespace RewardServer.Cli;

/// <summary>The verb <c>check</c>: whether a set can be trusted.</summary>
internal static class CheckCommand
{
    private static readonly Argument<string> File = new("FILE")
    {
        Description = "The set: JSON lines, a JSON array or CSV, plain or gzip; - for standard input.",
    };

    private static readonly Option<string?> Set = SetFlags.Set();

    private static readonly Option<string[]> Map = SetFlags.Map();

    private static readonly Option<string?> Kind = SetFlags.Kind();

    private static readonly Option<string?> Json = new("--json")
    {
        Description = "Where everything that is found goes as JSON; - for standard output.",
        HelpName = "FILE",
    };

    public static Command Create()
    {
        var command = new Command("check", """
            Checks a data set before it is trusted: every gold, graded as a completion, must be right, and as an answer to another row's task wrong.
            Exits with 0 where all is well, with 1 where rows fail, cannot be judged, or none could be tried.
            """)
        { File, Set, Map, Kind, Json };
        command.SetAction(CheckAsync);
        return command;
    }

    private static async Task<int> CheckAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        var (shape, map) = (SetFlags.ShapeOf(parsed.GetValue(Set), parsed.GetValue(Kind)), SetFlags.MapOf(parsed.GetValue(Map)));
        await using var input = OpenFile.Read("FILE", parsed.GetRequiredValue(File));
        await using var file = parsed.GetValue(Json) is { } json ? new CheckFile(OpenFile.Write("--json", json)) : null;
        await using var graders = await LocalGraders.StartAsync(console, cancellation);
        var rubric = graders.Compiler.Compile(SetCheck.Rubric).Rubric!;
        var check = new SetCheck(new LocalGrading(rubric, graders.Grader, TimeProvider.System), shape, map, graders.WhyNot);
        var listing = new CheckListing();
        var output = parsed.GetValue(Json) == "-" ? Console.Error : Console.Out;
        CheckTally tally;
        try
        {
            tally = await RowProgress.ShowAsync(console, input, "checking", told => check.RunAsync(
                RowReader.ReadAsync(input, cancellation: cancellation),
                async (findings, sofar) =>
                {
                    listing.Add(findings, sofar);
                    await (file?.AddAsync(findings, cancellation) ?? Task.CompletedTask);
                    told(() => CheckListing.Line(sofar));
                },
                cancellation));
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            // What was found until then is worth its time.
            await listing.WriteAsync(output);
            throw;
        }

        await (file?.EndAsync(tally, cancellation) ?? Task.CompletedTask);
        await listing.WriteAsync(output);
        return tally.IsWell ? 0 : 1;
    }
}
