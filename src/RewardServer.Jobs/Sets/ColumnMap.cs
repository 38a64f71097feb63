using System.Collections.Immutable;

namespace RewardServer.Jobs.Sets;

/// <summary>Which columns of the rows stand for those of a set, as a person writes it: <c>completion=output,answer=gold</c>.</summary>
public static class ColumnMap
{
    /// <summary>The most columns that can be named.</summary>
    public const int MostColumns = 100;

    /// <summary>Reads it.</summary>
    /// <param name="written">Lists of pairs, separated by commas; spaces around names are left out.</param>
    /// <returns>The columns of the rows by the set's names of them, and everything that is wrong.</returns>
    public static (ImmutableSortedDictionary<string, string> Map, ImmutableArray<string> Errors) Read(params IEnumerable<string> written)
    {
        var map = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        var errors = ImmutableArray.CreateBuilder<string>();
        foreach (var pair in written.SelectMany(list => list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)))
        {
            if (pair.Split('=', 2, StringSplitOptions.TrimEntries) is not [{ Length: > 0 } name, { Length: > 0 } column])
            {
                errors.Add($"'{pair}' is no NAME=COLUMN, as in completion=output,answer=gold");
            }
            else if (!map.TryAdd(name, column))
            {
                errors.Add($"says twice what stands for '{name}'");
            }
        }

        // A misspelt name would stand for nothing, without a word.
        string[] unknown = [.. map.Keys.Where(name => !ColumnNames.All.Contains(name))];
        errors.AddRange(unknown.Select(name => $"no set that is known has a column '{name}', and completions are not called so"));
        if (unknown.Length > 0)
        {
            errors.Add($"NAME is one of: {string.Join(", ", ColumnNames.All)}");
        }

        if (map.Count > MostColumns)
        {
            errors.Add($"must name at most {MostColumns} columns");
        }

        return (map.ToImmutable(), errors.ToImmutable());
    }
}
