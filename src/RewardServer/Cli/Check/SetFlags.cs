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

    /// <exception cref="StartException">There is no such set.</exception>
    public static ISetShape? ShapeOf(string? name) => name is null ? null
        : DataSets.Find(name) ?? throw new StartException([$"--set: '{name}' is no set that is known; there are: {string.Join(", ", DataSets.All.Select(shape => shape.Name))}"]);

    /// <exception cref="StartException">It is no list of names and columns.</exception>
    public static ImmutableDictionary<string, string>? MapOf(string[]? written)
    {
        if (written is not { Length: > 0 })
        {
            return null;
        }

        var map = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var pair in written.SelectMany(list => list.Split(',')))
        {
            if (pair.Split('=', 2) is not [{ Length: > 0 } name, { Length: > 0 } column] || !map.TryAdd(name.Trim(), column.Trim()))
            {
                throw new StartException([$"--map: '{pair}' is no NAME=COLUMN, or names a column a second time"]);
            }
        }

        return map.ToImmutable();
    }
}
