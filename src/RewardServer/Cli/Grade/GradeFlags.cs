using System.CommandLine;
using RewardServer.Cli.Check;
using RewardServer.Hosting;
using RewardServer.Jobs.Running;
using RewardServer.Jobs.Sets;

namespace RewardServer.Cli.Grade;

/// <summary>The flags of <c>grade</c>.</summary>
internal static class GradeFlags
{
    private static readonly Option<string> Input = new("--input")
    {
        Description = "The set with what models wrote: JSON lines, a JSON array or CSV, plain or gzip; - for standard input.",
        HelpName = "FILE",
        Required = true,
    };

    private static readonly Option<string> Output = new("--output")
    {
        Description = "Where results go, one JSON line a completion in the order of the input; - for standard output.",
        HelpName = "FILE",
        Required = true,
    };

    private static readonly Option<string> RubricName = new("--rubric")
    {
        Description = "A rubric's name, a JSON or YAML file with one, or one as JSON itself.",
        HelpName = "RUBRIC",
        DefaultValueFactory = _ => "r1-zero",
    };

    private static readonly Option<string?> Set = SetFlags.Set();

    private static readonly Option<string[]> Map = SetFlags.Map();

    private static readonly Option<string?> Kind = new("--kind")
    {
        Description = $"What the answers of rows of no known set are: {string.Join(", ", DataSets.AnswerKinds)}; math where silent.",
        HelpName = "KIND",
    };

    private static readonly Option<string?> Problems = new("--problems")
    {
        Description = "The set, where the input has completions alone: its rows are joined by their ids, as HumanEval's samples are.",
        HelpName = "FILE",
    };

    private static readonly Option<bool> NoDeduplicate = new("--no-deduplicate") { Description = "Works on every completion anew, also where the same answer to the same task was graded before." };

    private static readonly Option<bool> Resume = new("--resume") { Description = "Goes on with the results that the output holds, after the last row that is whole there; rows that failed are graded anew." };

    private static readonly Option<bool> Overwrite = new("--overwrite") { Description = "Lets an output that holds something be replaced; without it, such a file is refused." };

    private static readonly Option<string?> Server = new("--server")
    {
        Description = "A RewardServer that grades, such as http://127.0.0.1:8080; this process where silent.",
        HelpName = "URL",
    };

    private static readonly Option<string?> ApiKey = new("--api-key-env")
    {
        Description = "The variable of the environment that holds the server's key.",
        HelpName = "NAME",
    };

    private static readonly Option<double> Patience = new("--patience")
    {
        Description = "How many seconds the server may give no answer, however often it is asked, before the run ends.",
        HelpName = "SECONDS",
        DefaultValueFactory = _ => ServerGrading.Patience.TotalSeconds,
    };

    private static readonly Option<string[]> Reports = new("--report")
    {
        Description = "Where the report goes beside the table: a file that ends in .html or .json. May be given twice.",
        HelpName = "FILE",
    };

    /// <summary>Adds them.</summary>
    public static void AddTo(Command command)
    {
        foreach (var option in (Option[])[Input, Output, RubricName, Set, Map, Kind, Problems, NoDeduplicate, Resume, Overwrite, Server, ApiKey, Patience, Reports])
        {
            command.Options.Add(option);
        }
    }

    /// <exception cref="StartException">Something in them is wrong; all of it is told at once.</exception>
    public static GradeArguments Read(ParseResult parsed)
    {
        var errors = Errors(parsed).ToList();
        return errors.Count > 0 ? throw new StartException(errors) : new()
        {
            Input = parsed.GetRequiredValue(Input),
            Output = parsed.GetRequiredValue(Output),
            Rubric = parsed.GetRequiredValue(RubricName),
            Shape = parsed.GetValue(Kind) is { } kind ? DataSets.OfAnswers(kind) : SetFlags.ShapeOf(parsed.GetValue(Set)),
            Map = SetFlags.MapOf(parsed.GetValue(Map)),
            Problems = parsed.GetValue(Problems),
            Anew = parsed.GetValue(NoDeduplicate),
            Resume = parsed.GetValue(Resume),
            Overwrite = parsed.GetValue(Overwrite),
            Server = parsed.GetValue(Server) is { } server ? new(server) : null,
            ApiKey = parsed.GetValue(ApiKey) is { } variable ? Environment.GetEnvironmentVariable(variable) : null,
            Patience = TimeSpan.FromSeconds(parsed.GetValue(Patience)),
            Reports = [.. parsed.GetValue(Reports) ?? []],
        };
    }

    private static IEnumerable<string> Errors(ParseResult parsed)
    {
        if (parsed.GetValue(Kind) is { } kind && !DataSets.AnswerKinds.Contains(kind))
        {
            yield return $"--kind: '{kind}' is no kind of answers; it is one of {string.Join(", ", DataSets.AnswerKinds)}";
        }

        if (parsed.GetValue(Kind) is not null && parsed.GetValue(Set) is not (null or "answers"))
        {
            yield return "--kind: is for rows of no known set, and --set names one";
        }

        if (parsed.GetValue(Resume) && parsed.GetValue(Overwrite))
        {
            yield return "--resume: keeps what --overwrite replaces; give one of them";
        }

        if (parsed.GetValue(Resume) && parsed.GetValue(Output) == "-")
        {
            yield return "--resume: needs an --output that can be read again, and standard output cannot";
        }

        if (parsed.GetValue(Server) is { } server && !(Uri.TryCreate(server, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"))
        {
            yield return $"--server: '{server}' is no address such as http://127.0.0.1:8080";
        }

        if (parsed.GetValue(ApiKey) is { } variable && string.IsNullOrEmpty(Environment.GetEnvironmentVariable(variable)))
        {
            yield return $"--api-key-env: the environment has no variable {variable}";
        }

        if (!(parsed.GetValue(Patience) is >= 0 and <= 86_400))
        {
            yield return $"--patience: must be from 0 to 86400 seconds, but is {parsed.GetValue(Patience)}";
        }

        foreach (var file in (parsed.GetValue(Reports) ?? []).Where(file => !ReportFiles.IsOne(file)))
        {
            yield return $"--report: '{file}' ends in neither .html nor .json";
        }
    }
}
