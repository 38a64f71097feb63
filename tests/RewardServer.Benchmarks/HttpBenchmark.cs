using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace RewardServer.Benchmarks;

/// <summary>Measures the server as a trainer sees it: another process, spoken to over HTTP.</summary>
internal static class HttpBenchmark
{
    private const int Starts = 5;
    private const int Rounds = 7;
    private const int ItemsACall = 128;
    private const int CallsInFlight = 4;

    public static async Task RunAsync(string input, string rubric)
    {
        var lines = (await File.ReadAllLinesAsync(input)).Where(line => line.Length > 0).ToArray();
        var starts = new List<double>();
        for (var i = 0; i < Starts; i++)
        {
            var clock = Stopwatch.StartNew();
            await using var server = ServerProcess.Start();
            await PostAsync(await server.ClientAsync(), rubric, lines[..1]);
            starts.Add(clock.Elapsed.TotalSeconds);
        }

        Report("start to first answer", "s", starts);
        await using var running = ServerProcess.Start();
        var client = await running.ClientAsync();
        var rates = new List<double>();
        var walls = new List<double>();
        // The first round warms the server up and is not counted.
        for (var round = 0; round <= Rounds; round++)
        {
            var clock = Stopwatch.StartNew();
            var rewards = await GradeAllAsync(client, rubric, lines);
            if (round == 0)
            {
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{lines.Length} items, mean reward {rewards.Average():F4}"));
                continue;
            }

            walls.Add(clock.Elapsed.TotalSeconds);
            rates.Add(lines.Length / clock.Elapsed.TotalSeconds);
        }

        Report("whole set", "s", walls);
        Report("rate", "items/s", rates);
    }

    private static async Task<double[]> GradeAllAsync(HttpClient client, string rubric, string[] lines)
    {
        var chunks = lines.Chunk(ItemsACall).ToArray();
        var rewards = new double[chunks.Length][];
        await Parallel.ForAsync(0, chunks.Length, new ParallelOptions { MaxDegreeOfParallelism = CallsInFlight }, async (i, _) =>
            rewards[i] = await PostAsync(client, rubric, chunks[i]));
        return [.. rewards.SelectMany(chunk => chunk)];
    }

    private static async Task<double[]> PostAsync(HttpClient client, string rubric, string[] lines)
    {
        using var content = new StringContent(
            $$"""{"rubric":{{rubric}},"items":[{{string.Join(',', lines)}}]}""", Encoding.UTF8, "application/json");
        using var response = await client.PostAsync(new Uri("/v1/grade", UriKind.Relative), content);
        var body = await response.Content.ReadAsByteArrayAsync();
        return response.IsSuccessStatusCode
            ? [.. JsonElement.Parse(body).GetProperty("items").EnumerateArray().Select(item => item.GetProperty("reward").GetDouble())]
            : throw new InvalidOperationException(Encoding.UTF8.GetString(body));
    }

    private static void Report(string what, string unit, List<double> samples)
    {
        samples.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{what}: median {samples[samples.Count / 2]:G4} {unit} (from {samples[0]:G4} to {samples[^1]:G4}, {samples.Count} samples)"));
    }
}
