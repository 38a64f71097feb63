using System.Globalization;
using System.Text.Json;

namespace RewardServer.Benchmarks.Grade;

/// <summary>A large set of mathematics through <c>rewardserver grade</c>: how long, in how much memory, and whether every row is in the results once and rightly graded.</summary>
internal static class GradeBenchmark
{
    // What is asked of two cores: a million rows in four minutes, and 500 MB. A start takes its time of few rows.
    private const double SecondsOfAMillion = 240, SecondsOfAStart = 2, MostMb = 500e6 / (1 << 20);

    public static async Task<int> RunAsync(long count, string[] arguments)
    {
        var folder = Directory.CreateTempSubdirectory("grade-benchmark-");
        try
        {
            var (input, output) = (Path.Combine(folder.FullName, "set.jsonl"), Path.Combine(folder.FullName, "results.jsonl"));
            await WriteAsync(input, count);
            var run = await GradeProcess.RunAsync(["--input", input, "--output", output, .. arguments]);
            var (rows, lost, wrong) = Compare(output, count);
            var seconds = Math.Max(SecondsOfAMillion * count / 1e6, SecondsOfAStart);
            var isWithin = run.Seconds <= seconds && run.PeakMb <= MostMb;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
                {count} rows of mathematics, {new FileInfo(input).Length >> 20} MiB in, {new FileInfo(output).Length >> 20} MiB out
                  {run.Seconds:F1} s, {count / run.Seconds:F0} rows/s, {run.CpuSeconds:F1} s of processors, at most {run.PeakMb:F0} MiB resident
                  {rows} results, {lost} rows not there once and in order, {wrong} graded otherwise than they were made
                  {(isWithin ? "within" : "BEYOND")} {seconds:F0} s and {MostMb:F0} MiB
                """));
            return lost == 0 && wrong == 0 && isWithin ? 0 : 1;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task WriteAsync(string path, long count)
    {
        const int Chunk = 10_000;
        await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 20);
        for (long first = 1; first <= count; first += Chunk)
        {
            var lines = new byte[Math.Min(Chunk, count - first + 1)][];
            var start = first;
            Parallel.For(0, lines.Length, i => lines[i] = MathRows.Line(start + i));
            foreach (var line in lines)
            {
                await file.WriteAsync(line);
                file.WriteByte((byte)'\n');
            }
        }
    }

    private static (long Rows, long Lost, long Wrong) Compare(string output, long count)
    {
        long rows = 0;
        long lost = 0;
        long wrong = 0;
        foreach (var line in File.ReadLines(output))
        {
            rows++;
            using var result = JsonDocument.Parse(line);
            lost += result.RootElement.GetProperty("id").GetString() == $"math/{rows}" ? 0 : 1;
            var accuracy = result.RootElement.GetProperty("components").EnumerateArray().First(component => component.GetProperty("name").GetString() == "accuracy");
            var right = accuracy.GetProperty("score").ValueKind == JsonValueKind.Number && accuracy.GetProperty("score").GetDouble() == 1;
            if (right != MathRows.IsRight(rows) && wrong++ < 5)
            {
                Console.WriteLine($"  {result.RootElement.GetProperty("id")}: {accuracy.GetRawText()}");
            }
        }

        return (rows, lost + Math.Max(0, count - rows), wrong);
    }
}
