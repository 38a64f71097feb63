using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Graders.Code;
using RewardServer.Grading.Graders.Code.TestRuns;
using RewardServer.Grading.Graders.Code.TestRuns.Check;
using RewardServer.Sandboxing;
using RewardServer.Sandboxing.Pooling;
using RewardServer.Sandboxing.Runs;

namespace RewardServer.Benchmarks.Grade;

/// <summary>
/// HumanEval with several samples of each problem, solutions and broken ones by turns, through <c>rewardserver grade</c>, and beside it, before and after, the same programs with their
/// checks in the sandbox alone, as many at once: made ready beforehand, and run, with nothing found, parsed, judged or written.
/// </summary>
internal static class GradeHumanEvalBenchmark
{
    // How much more than the sandbox alone grading may take, in percent.
    private const double MostMore = 5;

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
            var more = 100 * ((run.Seconds / bare) - 1);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
                {programs.Count} programs of HumanEval, {samples} of each problem; {wrong} graded otherwise than they were made
                  the sandbox alone  {bare:F1} s ({before:F1} before, {after:F1} after), {programs.Count / bare:F1} programs/s
                  grade              {run.Seconds:F1} s with its start, {programs.Count / run.Seconds:F1} programs/s, {more:F1}% more ({(more <= MostMore ? "within" : "BEYOND")} {MostMore}%); {run.CpuSeconds:F1} s of processors, at most {run.PeakMb:F0} MiB resident
                """));
            return wrong == 0 && more <= MostMore ? 0 : 1;
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
        var (driver, failure) = await CheckDriver.Of(pool).CompileAsync(pool, default);
        if (failure is not null)
        {
            throw new InvalidOperationException($"the check's driver could not be compiled: {failure.Fault}");
        }

        var requests = programs.ConvertAll(program => RequestOf(program, new(CheckDriver.File, driver!)));
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount + Math.Max(pool.Slots, Environment.ProcessorCount) };
        var clock = Stopwatch.StartNew();
        await Parallel.ForEachAsync(requests, parallel, async (request, token) => await pool.RunAsync(request, token));
        return clock.Elapsed.TotalSeconds;
    }

    private static RunRequest RequestOf(Sample program, SandboxFile driver)
    {
        var candidate = new CandidateProgram(Python, [new(Python.MainFile, Encoding.UTF8.GetBytes(program.Source))], new TestLimits().Resolve());
        var request = TestRun.Of(candidate, program.Task.Tests[0], new(program.Task, program.Prompt)).Request;
        return request with { Files = request.Files.Add(driver) };
    }

    private sealed record Sample(string Source, CodeTask Task, string Prompt, bool IsRight, string Line);
}
