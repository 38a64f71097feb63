using System.Collections.Immutable;
using System.CommandLine;
using RewardServer.Hosting;
using RewardServer.Jobs.Sets;

namespace RewardServer.Cli.Check;

/// <summary>The flags that say how the rows of a set are read.</summary>
internal static class SetFlags
{
    /// <summary><c>--set</c>.</summary>
    public static Option<string?> Set() => new("--set")
    {
        Description = $"Which data set the rows are of; by their columns where silent. One of: {string.Join(", ", DataSets.All.Select(shape => shape.Name))}.",
        HelpName = "NAME",
    };

    /// <summary><c>--map</c>.</summary>
    public static Option<string[]> Map() => new("--map")
    {
        Description = "Which columns of the rows stand for those of the set: problem=question,answer=gold.",
        HelpName = "NAME=COLUMN,…",
        AllowMultipleArgumentsPerToken = false,
    };

    /// <summary><c>--kind</c>.</summary>
    public static Option<string?> Kind() => new("--kind")
    {
        Description = $"What the answers of rows of no known set are: {string.Join(", ", DataSets.AnswerKinds)}; math where silent.",
        HelpName = "KIND",
    };

    /// <summary><c>--problems</c>.</summary>
    public static Option<string?> Problems() => new("--problems")
    {
        Description = "The set, where the input has completions alone: its rows are joined by their ids, as HumanEval's samples are.",
        HelpName = "FILE",
    };

    /// <exception cref="StartException">There is no such set or kind, or both are named.</exception>
    public static ISetShape? ShapeOf(string? set, string? kind) => kind is null ? ShapeOf(set)
        : !DataSets.AnswerKinds.Contains(kind) ? throw new StartException([$"--kind: '{kind}' is no kind of answers; it is one of {string.Join(", ", DataSets.AnswerKinds)}"])
        : set is not (null or "answers") ? throw new StartException(["--kind: is for rows of no known set, and --set names one"])
        : DataSets.OfAnswers(kind);

    /// <exception cref="StartException">There is no such set.</exception>
    public static ISetShape? ShapeOf(string? name) => name is null ? null
        : DataSets.Find(name) ?? throw new StartException([$"--set: '{name}' is no set that is known; there are: {string.Join(", ", DataSets.All.Select(shape => shape.Name))}"]);

    /// <exception cref="StartException">It is no list of names and columns, or no set has a column of that name.</exception>
    public static ImmutableDictionary<string, string>? MapOf(string[]? written)
    {
        if (written is not { Length: > 0 })
        {
            return null;
        }

        var (map, errors) = ColumnMap.Read(written);
        return errors.IsEmpty ? map.ToImmutableDictionary(StringComparer.Ordinal) : throw new StartException([.. errors.Select(error => $"--map: {error}")]);
    }
}
