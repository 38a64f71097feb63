using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using RewardServer.Sandboxing;
using RewardServer.Sandboxing.Pooling;
using RewardServer.Sandboxing.Runs;

namespace RewardServer.Benchmarks;

/// <summary>
/// Runs each of HumanEval's solutions with its check in a fresh interpreter and in a fork of the zygote: outputs, errors
/// and exit codes must be the same.
/// </summary>
internal static class ForkCheck
{
    public static async Task<int> RunAsync(string engine, string file)
    {
        await using var pool = await SandboxPool.StartAsync(new SandboxOptions { Engine = engine, Slots = 1 }, TimeProvider.System, default);
        var (fresh, forked) = (new List<double>(), new List<double>());
        var (different, failed, count) = (0, 0, 0);
        foreach (var line in (await File.ReadAllLinesAsync(file)).Where(line => line.Length > 0))
        {
            var row = JsonElement.Parse(line);
            string Text(string name) => row.GetProperty(name).GetString()!;
            foreach (var body in new[] { Text("canonical_solution"), "    return None\n" })
            {
                var code = $"{Text("prompt")}{body}\n{Text("test")}\ncheck({Text("entry_point")})\nprint('ok')\n";
                var program = new RunRequest { Language = "python", Files = [new SandboxFile("main.py", Encoding.UTF8.GetBytes(code))] };
                var one = await TimeAsync(pool, program with { Fresh = true }, fresh);
                var other = await TimeAsync(pool, program, forked);
                count++;
                failed += body.Length > 20 && one.Status != RunStatus.Ok ? 1 : 0;
                if (one.Status != other.Status || one.ExitCode != other.ExitCode
                    || !one.Stdout.Span.SequenceEqual(other.Stdout.Span) || !one.Stderr.Span.SequenceEqual(other.Stderr.Span))
                {
                    different++;
                    Console.WriteLine($"{Text("task_id")}: {one.Status}, {other.Status}");
                }
            }
        }

        fresh.Sort();
        forked.Sort();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{count} programs, {different} different, {failed} solutions that fail; median {fresh[count / 2]:F1} ms fresh, {forked[count / 2]:F1} ms forked"));
        return different == 0 ? 0 : 1;
    }

    private static async Task<RunResult> TimeAsync(SandboxPool pool, RunRequest request, List<double> samples)
    {
        var clock = Stopwatch.StartNew();
        var result = await pool.RunAsync(request, default);
        samples.Add(clock.Elapsed.TotalMilliseconds);
        return result;
    }
}
