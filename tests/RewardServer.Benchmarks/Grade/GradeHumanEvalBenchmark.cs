using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Extraction;
using RewardServer.Grading.Graders.Code;
using RewardServer.Grading.Graders.Code.Parsing;
using RewardServer.Sandboxing;
using RewardServer.Sandboxing.Pooling;
using RewardServer.Sandboxing.Runs;

namespace RewardServer.Benchmarks.Grade;

/// <summary>
/// HumanEval with several samples of each problem, solutions and broken ones by turns, through <c>rewardserver grade</c>, and beside it the same runs in the sandbox alone:
/// each program parsed and checked, as many at once.
/// </summary>
internal static class GradeHumanEvalBenchmark
{
    private static readonly CodeLanguage Python = CodeLanguage.All["python"];

    public static async Task<int> RunAsync(string path, int samples, string[] arguments)
    {
        var rows = (await File.ReadAllLinesAsync(path)).Where(line => line.Length > 0).Select(line => JsonElement.Parse(line)).ToList();
        var programs = rows.SelectMany(row => Enumerable.Range(0, samples).Select(sample => Of(row, sample))).ToList();
        var folder = Directory.CreateTempSubdirectory("grade-humaneval-");
        try
        {
            var (input, output) = (Path.Combine(folder.FullName, "set.jsonl"), Path.Combine(folder.FullName, "results.jsonl"));
            await File.WriteAllLinesAsync(input, programs.Select(program => program.Line));
            var before = await BareAsync(programs);
            var run = await GradeProcess.RunAsync(["--input", input, "--output", output, "--rubric", """{"components":[{"grader":"accuracy"}]}""", .. arguments]);
            var after = await BareAsync(programs);
            var wrong = File.ReadLines(output).Zip(programs).Count(pair => JsonElement.Parse(pair.First).GetProperty("reward") is not { ValueKind: JsonValueKind.Number } reward || reward.GetDouble() != (pair.Second.IsRight ? 1 : 0));
            var bare = (before + after) / 2;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
                {programs.Count} programs of HumanEval, {samples} of each problem; {wrong} graded otherwise than they were made
                  the sandbox alone  {bare:F1} s ({before:F1} before, {after:F1} after), {programs.Count / bare:F1} programs/s
                  grade              {run.Seconds:F1} s with its start, {programs.Count / run.Seconds:F1} programs/s, {100 * ((run.Seconds / bare) - 1):F1}% more; {run.CpuSeconds:F1} s of processors, at most {run.PeakMb:F0} MiB resident
                """));
            return wrong == 0 ? 0 : 1;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static Sample Of(JsonElement row, int sample)
    {
        string Text(string name) => row.GetProperty(name).GetString()!;
        var isRight = sample % 2 == 0;
        // A text of its own each, so that none is graded from memory.
        var source = $"{Text("prompt")}{(isRight ? Text("canonical_solution") : "    return None\n")}\n# {sample}\n";
        var task = new CodeTask("python", [new CheckTest(Text("test"), EntryPoint: Text("entry_point"))]);
        var item = new Item { Id = $"{Text("task_id")}#{sample}", Prompt = Text("prompt"), Completion = $"```python\n{source}```", Task = task };
        return new(source, task, Text("prompt"), isRight, JsonSerializer.Serialize(item, ItemJson.Options));
    }

    private static async Task<double> BareAsync(List<Sample> programs)
    {
        await using var pool = await SandboxPool.StartAsync(new SandboxOptions(), TimeProvider.System, default);
        var (parsing, tests) = (new CompletenessChecker(pool), new ProgramTests(pool));
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount + Math.Max(pool.Slots, Environment.ProcessorCount) };
        var clock = Stopwatch.StartNew();
        await Parallel.ForEachAsync(programs, parallel, async (program, token) =>
        {
            await parsing.CheckAsync(Python, [new ProgramFile(Python.MainFile, program.Source)], null, token);
            ImmutableArray<SandboxFile> files = [new(Python.MainFile, Encoding.UTF8.GetBytes(program.Source))];
            await tests.RunAsync(program.Task, files, program.Prompt, new(), token);
        });
        return clock.Elapsed.TotalSeconds;
    }

    private sealed record Sample(string Source, CodeTask Task, string Prompt, bool IsRight, string Line);
}
