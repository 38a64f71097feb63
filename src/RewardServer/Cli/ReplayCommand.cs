using System.CommandLine;
using System.Text.Json;
using RewardServer.Cli.Check;
using RewardServer.Cli.Grade;
using RewardServer.Cli.Replay;
using RewardServer.Cli.Train;
using RewardServer.Grading.Completions;
using RewardServer.Hosting;
using RewardServer.Jobs.Replaying;
using RewardServer.Jobs.Rows;
using RewardServer.Jobs.Running;
using Spectre.Console;

namespace RewardServer.Cli;

/// <summary>The verb <c>replay</c>: grades again what results were made of.</summary>
internal static class ReplayCommand
{
    private const int LongestNote = 300;

    private static readonly Argument<string> Results = new("RESULTS") { Description = "Results that grade has written: JSON lines, plain or gzip." };

    private static readonly Option<string> Input = new("--input")
    {
        Description = "What was graded then: the same file, or one with the same rows.",
        HelpName = "FILE",
        Required = true,
    };

    private static readonly Option<string?> RubricName = new("--rubric")
    {
        Description = "A rubric's name, a JSON or YAML file with one, or one as JSON itself; the one that the results name where silent.",
        HelpName = "RUBRIC",
    };

    private static readonly Option<string?> Set = SetFlags.Set();

    private static readonly Option<string[]> Map = SetFlags.Map();

    private static readonly Option<string?> Kind = SetFlags.Kind();

    private static readonly Option<string?> Problems = SetFlags.Problems();

    private static readonly Option<string?> Output = new("--output")
    {
        Description = "Where all changes go, as JSON lines; - for standard output.",
        HelpName = "FILE",
    };

    public static Command Create()
    {
        var command = new Command("replay", """
            Grades again what results were made of, and shows what comes out otherwise: outcome, reward, scores and reasons. Times and memory are not compared.
            Exits with 0 where nothing has changed, with 1 where something has, or nothing could be compared.
            """)
        { Results, Input, RubricName, Set, Map, Kind, Problems, Output };
        command.SetAction(ReplayAsync);
        return command;
    }

    private static async Task<int> ReplayAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        if (new[] { parsed.GetRequiredValue(Results), parsed.GetRequiredValue(Input), parsed.GetValue(Problems) }.Count(path => path == "-") > 1)
        {
            throw new StartException(["only one of RESULTS, --input and --problems can be -"]);
        }

        var (shape, map) = (SetFlags.ShapeOf(parsed.GetValue(Set), parsed.GetValue(Kind)), SetFlags.MapOf(parsed.GetValue(Map)));
        await using var file = OpenFile.Read("RESULTS", parsed.GetRequiredValue(Results));
        await using var input = OpenFile.Read("--input", parsed.GetRequiredValue(Input));
        string? note = null;
        await using var recorded = Recorded.ReadAsync(RowReader.ReadAsync(file, RowFormat.Jsonl, cancellation: cancellation), passed => note = passed).GetAsyncEnumerator(cancellation);
        var samples = new SampleReader(shape, map, await ProblemFile.ReadAsync(parsed.GetValue(Problems), map, cancellation));
        await using var changes = parsed.GetValue(Output) is { } path ? OpenFile.Write("--output", path) : null;
        await using var graders = await LocalGraders.StartAsync(console, cancellation);
        var first = await FirstAsync(recorded) ?? throw new StartException(["RESULTS: there are no results"]);
        var rubric = RubricArgument.Resolve(RubricOf(parsed, first), graders.Compiler, graders.Settings.Rubrics.Folder);
        var grading = new LocalGrading(rubric, graders.Grader, TimeProvider.System);
        var listing = new ReplayListing();
        var output = parsed.GetValue(Output) == "-" ? Console.Error : Console.Out;
        ReplayTally tally;
        try
        {
            tally = await RowProgress.ShowAsync(console, input, "grading again", told => new ResultReplay(grading, rubric, samples).RunAsync(
                AllAsync(recorded),
                RowReader.ReadAsync(input, SampleReader.CompletionColumns(map), cancellation: cancellation),
                async (change, token) =>
                {
                    listing.Add(change);
                    await WriteAsync(changes, change, token);
                },
                sofar =>
                {
                    listing.Set(sofar);
                    told(() => ReplayListing.Line(sofar));
                },
                cancellation));
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            // What was found until then is worth its time.
            await listing.WriteAsync(output, grading.Identity, brokeOff: true);
            throw;
        }

        listing.Set(tally);
        await listing.WriteAsync(output, grading.Identity, brokeOff: false);
        if (note is not null)
        {
            await Console.Error.WriteLineAsync($"rewardserver: {TerminalText.Beginning(note, 1, LongestNote)}");
        }

        return tally.HasChanges || tally.Samples == 0 ? 1 : 0;
    }

    // The results say by which rubric they were graded: one of this server's, or one that only its owner has.
    private static string RubricOf(ParseResult parsed, Recorded first) => parsed.GetValue(RubricName)
        ?? (first.Identity.Rubric is { Length: > 0 } named && !named.StartsWith("inline@", StringComparison.Ordinal) ? named
        : throw new StartException(["--rubric: the results do not name the rubric that they were graded by; say which"]));

    private static async Task<Recorded?> FirstAsync(IAsyncEnumerator<Recorded> recorded)
    {
        try
        {
            return await recorded.MoveNextAsync() ? recorded.Current : null;
        }
        catch (InvalidDataException exception)
        {
            throw new StartException([$"RESULTS: {exception.Message}"]);
        }
    }

    private static async IAsyncEnumerable<Recorded> AllAsync(IAsyncEnumerator<Recorded> rest)
    {
        for (var more = true; more; more = await rest.MoveNextAsync())
        {
            yield return rest.Current;
        }
    }

    private static async Task WriteAsync(Stream? file, ReplayChange change, CancellationToken cancellation)
    {
        if (file is not null)
        {
            await file.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(change, ItemJson.Options), cancellation);
            await file.WriteAsync("\n"u8.ToArray(), cancellation);
        }
    }
}
