using System.Text.Json;
using System.Text.Json.Nodes;
using RewardServer.Training.Problems;

namespace RewardServer.Training.Tests.Problems;

/// <summary>Makes kinds as recipes do.</summary>
internal static class Kinds
{
    /// <summary>Those that are made from operands and whose answers need no sandbox: the name, and behind a space options other than the defaults.</summary>
    public static TheoryData<string> Seeded { get; } =
    [
        "addition", "multiplication", "linear-equations", "countdown", "knights", "writing", """addition {"languages": {}}""", """knights {"languages": {}}""",
    ];

    /// <summary>One of <see cref="Seeded"/>, with more options.</summary>
    public static SeededKind MakeNamed(string named, string options = "{}")
    {
        var all = JsonNode.Parse(options)!.AsObject();
        foreach (var (member, value) in JsonNode.Parse(named[NameOf(named).Length..] is { Length: > 0 } own ? own : "{}")!.AsObject())
        {
            all[member] = value!.DeepClone();
        }

        return MakeSeeded(NameOf(named), all.ToJsonString());
    }

    /// <summary>The name alone.</summary>
    public static string NameOf(string named) => named.Split(' ')[0];

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

    /// <summary>The same to be graded; of those that a pattern grades few, again and again, for each pattern takes its time to be made.</summary>
    public static IEnumerable<Problem> DrawGraded(IProblemKind kind, int count, Random random)
    {
        var drawn = Draw(kind, kind.Name == "writing" ? 30 : count, random).ToArray();
        return Enumerable.Range(0, count).Select(i => drawn[i % drawn.Length]);
    }
}
