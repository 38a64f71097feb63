using System.Diagnostics;
using System.Globalization;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Rubrics;
using RewardServer.Grading.Sets;
using RewardServer.Sandboxing;
using RewardServer.Sandboxing.Pooling;

namespace RewardServer.Benchmarks;

/// <summary>Programs in C# a second, each compiled and run once; every program is distinct.</summary>
internal static class CSharpBenchmark
{
    private const int Rounds = 5, Programs = 60;

    public static async Task RunAsync()
    {
        await using var pool = await SandboxPool.StartAsync(new SandboxOptions(), TimeProvider.System, default);
        var (rubric, errors) = new RubricCompiler(new(pool)).Compile(new RubricDefinition { Components = [new() { Grader = "accuracy" }] });
        var grader = new SetGrader(pool.Slots, (_, fault) => throw fault);
        var rates = new List<double>();
        for (var round = 0; round <= Rounds; round++)
        {
            var items = Enumerable.Range(round * Programs, Programs).Select(Solution).ToList();
            var clock = Stopwatch.StartNew();
            var graded = await grader.GradeAsync(rubric ?? throw new InvalidOperationException(errors[0].Message), items, default);
            if (Array.Find(graded, one => one.Reward != 1) is { } wrong)
            {
                throw new InvalidOperationException($"a right program did not earn its reward: {wrong.Reason ?? wrong.Components[0].Reason}");
            }

            // The first round warms the slots up and is not counted.
            if (round > 0)
            {
                rates.Add(Programs / clock.Elapsed.TotalSeconds);
            }
        }

        rates.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"C# programs compiled and run: median {rates[rates.Count / 2]:F1} a second (from {rates[0]:F1} to {rates[^1]:F1}, {rates.Count} rounds)"));
    }

    private static Item Solution(int number) => new()
    {
        Id = number.ToString(CultureInfo.InvariantCulture),
        Prompt = "Count the words of each length.",
        Completion = $$"""
            ```csharp
            using System.Text;

            var words = (Console.ReadLine() ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var counts = new SortedDictionary<int, int>();
            foreach (var word in words)
                counts[word.Length] = counts.GetValueOrDefault(word.Length) + 1;
            var text = new StringBuilder();
            foreach (var (length, count) in counts)
                text.Append($"{length}:{count + {{number}}} ");
            Console.WriteLine(text.ToString().TrimEnd());
            ```
            """,
        Task = new CodeTask("csharp", [new StdioTest("a bb cc ddd\n", $"1:{1 + number} 2:{2 + number} 3:{1 + number}\n")]),
    };
}
