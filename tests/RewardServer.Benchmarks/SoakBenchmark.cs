using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;

namespace RewardServer.Benchmarks;

/// <summary>Many clients at once, for long: every run prints a number of its own, and none may be lost, wrong or empty.</summary>
internal static class SoakBenchmark
{
    public static async Task<int> RunAsync(int runs, int clients)
    {
        await using var server = ServerProcess.Start();
        var client = await server.ClientAsync();
        client.Timeout = TimeSpan.FromMinutes(10);
        var wrong = 0;
        var clock = Stopwatch.StartNew();
        for (var part = 0; part < 10; part++)
        {
            await Parallel.ForAsync(0, runs / 10, new ParallelOptions { MaxDegreeOfParallelism = clients }, async (run, token) =>
            {
                var expected = string.Create(CultureInfo.InvariantCulture, $"{part}-{run}");
                using var response = await client.PostAsJsonAsync("/v1/execute", new { language = "python", code = $"print('{expected}')" }, token);
                var body = await response.Content.ReadFromJsonAsync<JsonElement>(token);
                if (!response.IsSuccessStatusCode || body.GetProperty("runs")[0].GetProperty("stdout").GetString() != expected + "\n")
                {
                    Interlocked.Increment(ref wrong);
                    Console.WriteLine(body);
                }
            });
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{(part + 1) * (runs / 10)} runs, {wrong} wrong, {(part + 1) * (runs / 10) / clock.Elapsed.TotalSeconds:F0} runs/s; server: {server.State()}"));
        }

        return wrong == 0 ? 0 : 1;
    }
}
