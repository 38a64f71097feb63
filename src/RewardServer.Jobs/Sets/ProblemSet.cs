using System.Collections.Immutable;
using System.Text.Json;
using RewardServer.Jobs.Rows;

namespace RewardServer.Jobs.Sets;

/// <summary>Problems that stand in a file of their own, by their names: rows that hold completions alone are joined with them. Held in memory.</summary>
public sealed class ProblemSet
{
    /// <summary>The most bytes of all problems where nobody says another number.</summary>
    public const long MostBytes = 1L << 30;

    private readonly Dictionary<string, (long Row, JsonElement Fields)> problems = new(StringComparer.Ordinal);

    private ProblemSet()
    {
    }

    /// <summary>How many there are.</summary>
    public int Count => problems.Count;

    /// <summary>Reads them.</summary>
    /// <param name="rows">The rows of the file.</param>
    /// <param name="map">Which column stands for <c>id</c>; null for none.</param>
    /// <param name="mostBytes">The most bytes of all.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="InvalidDataException">A row cannot be read, has no name or that of another, or all are too large.</exception>
    public static async Task<ProblemSet> ReadAsync(
        IAsyncEnumerable<Row> rows, ImmutableDictionary<string, string>? map = null, long mostBytes = MostBytes, CancellationToken cancellation = default)
    {
        var set = new ProblemSet();
        long bytes = 0;
        await foreach (var row in rows.WithCancellation(cancellation).ConfigureAwait(false))
        {
            bytes += row.Bytes;
            set.Add(row, map);
            if (bytes > mostBytes)
            {
                throw new InvalidDataException($"row {row.Number}: the problems have more than the {mostBytes >> 20} MiB that are held in memory; put each into the rows that answer it");
            }
        }

        return set;
    }

    /// <summary>The problem that a row answers.</summary>
    /// <exception cref="RowException">The row names none, or one that is not there.</exception>
    internal JsonElement Of(Columns row)
    {
        var id = RowIds.Of(row) ?? throw new RowException($"names no problem: it has none of {string.Join(", ", RowIds.Names)}");
        return problems.TryGetValue(id, out var problem) ? problem.Fields : throw new RowException($"answers '{id}', of which there is no problem");
    }

    private void Add(Row row, ImmutableDictionary<string, string>? map)
    {
        try
        {
            var id = row.Error is { } error ? throw new RowException(error)
                : RowIds.Of(new(row.Fields, map)) ?? throw new RowException($"has no name: none of {string.Join(", ", RowIds.Names)}");
            if (!problems.TryAdd(id, (row.Number, row.Fields)))
            {
                throw new RowException($"has the name '{id}', as row {problems[id].Row} has");
            }
        }
        catch (RowException fault)
        {
            throw new InvalidDataException($"row {row.Number} {fault.Message}", fault);
        }
    }
}
