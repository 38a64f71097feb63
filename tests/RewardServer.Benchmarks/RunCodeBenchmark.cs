using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;

namespace RewardServer.Benchmarks;

/// <summary>
/// HumanEval through <c>POST /run_code</c> as verl posts it: 64 clients at once, each call a program with its test. Nothing is kept of earlier runs. Every
/// second program is made wrong, and must fail.
/// </summary>
internal static class RunCodeBenchmark
{
    private const int Clients = 64, ShownFaults = 5;

    // As verl waits: compile_timeout, run_timeout and 10 s more.
    private const int Seconds = 10, ClientSeconds = (2 * Seconds) + 10;

    public static async Task<int> RunAsync(double seconds, string path)
    {
        var rows = (await File.ReadAllLinesAsync(path)).Where(line => line.Length > 0).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        await using var server = ServerProcess.Start();
        var client = await server.ClientAsync();
        var tally = new Tally();
        var clock = Stopwatch.StartNew();
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(async _ =>
        {
            while (clock.Elapsed.TotalSeconds < seconds)
            {
                var call = Interlocked.Increment(ref next);
                await PostAsync(client, rows[call / 2 % rows.Count], call % 2 == 0, tally);
            }
        }));
        var taken = clock.Elapsed.TotalSeconds;
        var waits = tally.Waits.Order().ToList();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{waits.Count} calls of {Clients} clients in {taken:F1} s: {waits.Count / taken:F1} calls/s, {tally.Wrong} wrong answers, {tally.Late} time-outs of ours; an answer took {waits[waits.Count / 2]:F2} s in the middle, {waits[waits.Count * 99 / 100]:F2} s at 99%, {waits[^1]:F2} s at most"));
        Console.WriteLine(server.State());
        foreach (var fault in tally.Faults.Take(ShownFaults))
        {
            Console.WriteLine(fault);
        }

        return tally.Wrong == 0 && tally.Late == 0 ? 0 : 1;
    }

    private static async Task PostAsync(HttpClient client, JsonElement row, bool right, Tally tally)
    {
        var solution = right ? Text(row, "canonical_solution") : "    raise NotImplementedError\n";
        var request = new
        {
            compile_timeout = Seconds,
            run_timeout = Seconds,
            code = $"{Text(row, "prompt")}{solution}\n{Text(row, "test")}\ncheck({Text(row, "entry_point")})\n",
            stdin = (string?)null,
            memory_limit_MB = 1024,
            language = "python",
            files = new Dictionary<string, string>(),
            fetch_files = Array.Empty<string>(),
        };
        var clock = Stopwatch.StartNew();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(ClientSeconds));
        try
        {
            using var response = await client.PostAsJsonAsync("/run_code", request, patience.Token);
            var body = await response.Content.ReadAsStringAsync(patience.Token);
            tally.Waits.Add(clock.Elapsed.TotalSeconds);
            if (!response.IsSuccessStatusCode)
            {
                tally.CountLate($"{Text(row, "task_id")}: {(int)response.StatusCode} {body}");
            }
            else if (JsonElement.Parse(body).GetProperty("status").GetString() != (right ? "Success" : "Failed") || body.Contains("TimeLimitExceeded", StringComparison.Ordinal))
            {
                tally.CountWrong($"{Text(row, "task_id")}, {(right ? "right" : "wrong")}: {body}");
            }
        }
        catch (OperationCanceledException)
        {
            tally.Waits.Add(clock.Elapsed.TotalSeconds);
            tally.CountLate($"{Text(row, "task_id")}: no answer within {ClientSeconds} s");
        }
    }

    private static string Text(JsonElement row, string member) => row.GetProperty(member).GetString()!;

    private sealed class Tally
    {
        private int wrong, late;

        public ConcurrentBag<double> Waits { get; } = [];

        public ConcurrentQueue<string> Faults { get; } = [];

        public int Wrong => wrong;

        public int Late => late;

        public void CountWrong(string fault)
        {
            Interlocked.Increment(ref wrong);
            Faults.Enqueue(fault);
        }

        public void CountLate(string fault)
        {
            Interlocked.Increment(ref late);
            Faults.Enqueue(fault);
        }
    }
}
