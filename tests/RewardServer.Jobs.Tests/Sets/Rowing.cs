using System.Collections.Immutable;
using System.Text;
using RewardServer.Jobs.Rows;
using RewardServer.Jobs.Running;
using RewardServer.Jobs.Sets;

namespace RewardServer.Jobs.Tests.Sets;

/// <summary>Short ways to read rows of sets.</summary>
internal static class Rowing
{
    /// <summary>The samples of all rows of a file.</summary>
    public static async Task<List<Sample>> ReadAsync(string file, string? set = null, string? map = null, ProblemSet? problems = null, ISetShape? shape = null)
    {
        var reader = new SampleReader(set is null ? shape : DataSets.Find(set)!, MapOf(map), problems);
        var samples = new List<Sample>();
        await foreach (var row in RowReader.ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(file)), cancellation: TestContext.Current.CancellationToken))
        {
            samples.AddRange(reader.Read(row));
        }

        return samples;
    }

    /// <summary>The one sample of a row.</summary>
    public static async Task<Sample> OneAsync(string row, string? set = null, string? map = null) => Assert.Single(await ReadAsync(row, set, map));

    /// <summary>What a row asks.</summary>
    public static async Task<SetRow> ProblemAsync(string file)
    {
        await foreach (var row in RowReader.ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(file)), cancellation: TestContext.Current.CancellationToken))
        {
            return DataSets.Read(new(row.Fields));
        }

        throw new InvalidOperationException("no row");
    }

    public static ImmutableDictionary<string, string>? MapOf(string? map) =>
        map?.Split(',').Select(pair => pair.Split('=')).ToImmutableDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
}
