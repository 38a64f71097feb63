using System.Text.Json;
using RewardServer.Training.Problems;

namespace RewardServer.Training.Tests.Problems;

/// <summary>Makes kinds as recipes do.</summary>
internal static class Kinds
{
    /// <summary>The names of those that are made from operands.</summary>
    public static TheoryData<string> Seeded { get; } = ["addition", "multiplication", "linear-equations", "countdown"];

    /// <summary>A kind by its name, with options as JSON.</summary>
    public static IProblemKind Make(string name, string options = "{}")
    {
        var (kind, errors) = ProblemKinds.Make(name, JsonElement.Parse(options));
        return kind ?? throw new InvalidOperationException(string.Join("; ", errors));
    }

    /// <summary>One that is made from operands.</summary>
    public static SeededKind MakeSeeded(string name, string options = "{}") => (SeededKind)Make(name, options);

    /// <summary>Problems of all parts by turns.</summary>
    public static IEnumerable<Problem> Draw(IProblemKind kind, int count, Random random) =>
        Enumerable.Range(0, count).Select(i => kind.Draw((Split)(i % 3), random));
}
