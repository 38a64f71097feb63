using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;

namespace RewardServer.Benchmarks;

/// <summary>HumanEval through <c>POST /v1/grade</c>: how many canonical solutions and empty bodies pass, and how long the whole set takes.</summary>
internal static class HumanEvalBenchmark
{
    private const int Rounds = 5, CallsInFlight = 4;

    private static int serial;

    public static async Task<int> RunAsync(string path)
    {
        var rows = (await File.ReadAllLinesAsync(path)).Where(line => line.Length > 0).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        await using var server = ServerProcess.Start();
        var client = await server.ClientAsync();
        var empty = await GradeAsync(client, rows, _ => "    pass\n");
        var walls = new List<double>();
        var passed = rows.Count;
        for (var round = 0; round < Rounds; round++)
        {
            var clock = Stopwatch.StartNew();
            passed = Math.Min(passed, await GradeAsync(client, rows, row => Text(row, "canonical_solution")));
            walls.Add(clock.Elapsed.TotalSeconds);
        }

        walls.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"canonical solutions: {passed} of {rows.Count} pass; empty bodies: {empty}; the whole set: median {walls[Rounds / 2]:F2} s (from {walls[0]:F2} to {walls[^1]:F2}, {Rounds} rounds)"));
        return passed == rows.Count && empty == 0 ? 0 : 1;
    }

    // Every program is a text of its own, so that none is graded from memory.
    private static async Task<int> GradeAsync(HttpClient client, List<JsonElement> rows, Func<JsonElement, string> solution)
    {
        var passed = 0;
        await Parallel.ForEachAsync(rows.Chunk((rows.Count / CallsInFlight) + 1), new ParallelOptions { MaxDegreeOfParallelism = CallsInFlight }, async (chunk, token) =>
        {
            var items = chunk.Select(row => new
            {
                id = Text(row, "task_id"),
                prompt = Text(row, "prompt"),
                completion = $"```python\n{Text(row, "prompt")}{solution(row)}\n# {Interlocked.Increment(ref serial)}\n```",
                task = new
                {
                    kind = "code",
                    language = "python",
                    tests = new[] { new { kind = "check", harness = $"{Text(row, "test")}\ncheck({Text(row, "entry_point")})" } },
                },
            });
            using var response = await client.PostAsJsonAsync("/v1/grade", new { rubric = new { components = new[] { new { grader = "accuracy" } } }, items }, token);
            var body = await response.Content.ReadFromJsonAsync<JsonElement>(token);
            var rewards = body.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("reward").GetDouble()).ToList();
            Interlocked.Add(ref passed, rewards.Count(reward => reward == 1));
        });
        return passed;
    }

    private static string Text(JsonElement row, string member) => row.GetProperty(member).GetString()!;
}
