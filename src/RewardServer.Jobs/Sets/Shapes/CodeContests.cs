using System.Collections.Immutable;
using System.Text.Json;
using RewardServer.Grading.Completions;
using RewardServer.Sandboxing.Runs;

namespace RewardServer.Jobs.Sets.Shapes;

/// <summary>
/// CodeContests (Li et al. 2022, arXiv:2203.07814): <c>description</c>, and tests in three columns, each <c>{"input": […], "output": […]}</c> or a list of such pairs. Of
/// the generated ones there are as many as a task may have beside the others.
/// </summary>
internal sealed class CodeContests : ISetShape
{
    private static readonly string[] Given = ["public_tests", "private_tests", "generated_tests"];

    // PYTHON3 in the set's own enumeration.
    private const string Python = "3";

    public string Name => "codecontests";

    public string Description => "name, description, public_tests, private_tests, generated_tests";

    public bool Fits(Columns columns) => columns.Have("description") && Array.Exists(Given, name => columns.Have(name));

    public SetRow Read(Columns columns)
    {
        var tests = Tests(columns, Given[0]).Select(test => test with { Visible = true })
            .Concat(Tests(columns, Given[1])).Concat(Tests(columns, Given[2])).Take(CodeTask.MostTests).ToImmutableArray<TestCase>();
        return new(columns.TextOrNull("name") ?? RowIds.Of(columns), columns.Text("description"), new CodeTask("python", tests, Limits(columns)))
        {
            Gold = Solution(columns),
            Complete = WrittenPrograms.Complete,
        };
    }

    private static IEnumerable<StdioTest> Tests(Columns columns, string name) => columns.Find(name) is null || columns.IsBlank(name)
        ? []
        : Pairs(columns, name, "input", "output").Select(pair => new StdioTest(pair.First, AcceptedTexts.FromText(pair.Second)));

    // As a table of two columns, or as rows.
    private static List<(string First, string Second)> Pairs(Columns columns, string name, string first, string second)
    {
        var table = columns.Structured(name);
        if (table.ValueKind == JsonValueKind.Array)
        {
            return [.. table.EnumerateArray().Select(row => row.ValueKind == JsonValueKind.Object
                ? (new Columns(row).Text(first), new Columns(row).Text(second))
                : throw new RowException($"has '{name}' that are no objects"))];
        }

        var both = table.ValueKind == JsonValueKind.Object ? new Columns(table) : throw new RowException($"has '{name}' that are neither an object nor a list");
        var (firsts, seconds) = (both.Have(first) ? both.List(first) : [], both.Have(second) ? both.List(second) : []);
        return firsts.Count == seconds.Count
            ? [.. firsts.Zip(seconds, (one, other) => (Text(one, $"{name}.{first}"), Text(other, $"{name}.{second}")))]
            : throw new RowException($"has {firsts.Count} in '{name}.{first}' and {seconds.Count} in '{name}.{second}'");
    }

    private static string Text(JsonElement value, string name) => value.ValueKind switch
    {
        JsonValueKind.String => JsonTexts.Of(value),
        JsonValueKind.Number => value.GetRawText(),
        _ => throw new RowException($"has a '{name}' with what is no text"),
    };

    // The limits are meant for fast languages: those of this server stand where they are lower.
    private static TestLimits? Limits(Columns columns)
    {
        var seconds = columns.Find("time_limit") is not { } limit ? 0
            : limit.ValueKind == JsonValueKind.Number ? limit.GetDouble()
            : limit.ValueKind == JsonValueKind.Object && new Columns(limit) is var time ? (time.Have("seconds") ? time.Whole("seconds") : 0) + (time.Have("nanos") ? time.Whole("nanos") / 1e9 : 0)
            : 0;
        var memory = columns.Have("memory_limit_bytes") ? columns.Whole("memory_limit_bytes") >> 20 : 0;
        var (least, most) = (ResourceLimits.Default, ResourceLimits.Ceiling);
        return seconds <= least.CpuSeconds && memory <= least.MemoryMb ? null
            : new(Math.Clamp(seconds, least.CpuSeconds, most.CpuSeconds), MemoryMb: (int)Math.Clamp(memory, least.MemoryMb, most.MemoryMb));
    }

    private static string? Solution(Columns columns) => columns.Find("solutions") is null || columns.IsBlank("solutions")
        ? null
        : Pairs(columns, "solutions", "language", "solution").Where(pair => pair.First is Python or "PYTHON3").Select(pair => WrittenPrograms.Fenced(pair.Second)).FirstOrDefault();
}
