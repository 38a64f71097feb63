using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;

namespace RewardServer.Benchmarks;

/// <summary>Problems of ten tests each through <c>POST /v1/grade</c>: every program is distinct, every test a process of its own.</summary>
internal static class ProblemsBenchmark
{
    private const int Rounds = 5, Problems = 100, Tests = 10, CallsInFlight = 4;

    private static int serial;

    public static async Task RunAsync()
    {
        var clock = Stopwatch.StartNew();
        await using var server = ServerProcess.Start();
        var client = await server.ClientAsync();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"start until it listens, slots warm: {clock.Elapsed.TotalSeconds:F2} s"));
        foreach (var (name, imports) in new[] { ("ten-test problems", ""), ("the same with numpy imported", "import numpy\n") })
        {
            var rates = new List<double>();
            for (var round = 0; round <= Rounds; round++)
            {
                clock.Restart();
                await Parallel.ForAsync(0, CallsInFlight, async (_, _) => await GradeAsync(client, imports, Problems / CallsInFlight));

                // The first round warms the server up and is not counted.
                if (round > 0)
                {
                    rates.Add(Problems / clock.Elapsed.TotalSeconds);
                }
            }

            rates.Sort();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: median {rates[rates.Count / 2]:F1} problems/s (from {rates[0]:F1} to {rates[^1]:F1}, {rates.Count} rounds)"));
        }
    }

    private static async Task GradeAsync(HttpClient client, string imports, int count)
    {
        var items = Enumerable.Range(0, count).Select(_ =>
        {
            var own = Interlocked.Increment(ref serial);
            return new
            {
                id = $"p{own}",
                prompt = "Add the numbers.",
                completion = $"<think>Add.</think><answer>```python\n{imports}def solve{own}(numbers):\n    return sum(numbers) + {own}\nn = int(input())\nprint(solve{own}([int(x) for x in input().split()][:n]))\n```</answer>",
                task = new
                {
                    kind = "code",
                    language = "python",
                    tests = Enumerable.Range(1, Tests).Select(test => new { kind = "stdio", stdin = $"{test}\n{string.Join(' ', Enumerable.Range(1, test))}\n", stdout = $"{(test * (test + 1) / 2) + own}\n" }),
                },
            };
        });
        using var response = await client.PostAsJsonAsync("/v1/grade", new { rubric = "r1-zero", items });
        var body = await response.Content.ReadFromJsonAsync<JsonElement>();
        if (!response.IsSuccessStatusCode || body.GetProperty("items").EnumerateArray().Any(item => item.GetProperty("reward").ValueKind != JsonValueKind.Number || item.GetProperty("reward").GetDouble() != 2))
        {
            throw new InvalidOperationException("a right program did not earn its reward: " + body);
        }
    }
}
