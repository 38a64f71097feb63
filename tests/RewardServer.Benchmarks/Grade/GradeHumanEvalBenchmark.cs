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
/// HumanEval with several samples of each problem, solutions and broken ones by turns, through <c>rewardserver grade</c>, and by turns with it the same programs with their
/// checks in the sandbox alone, as many at once: made ready beforehand, and run, with nothing found, parsed, judged or written. What is compared are rates, without the start of
/// sandbox and process, which a run of one row tells.
/// </summary>
internal static class GradeHumanEvalBenchmark
{
    // How much more than the sandbox alone grading may take, in percent.
    private const double MostMore = 5;

    // On a machine that others share, one run says little.
    private const int Rounds = 5;

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
            var single = Path.Combine(folder.FullName, "one.jsonl");
            await File.WriteAllTextAsync(single, programs[0].Line);
            Task<GradeRun> GradeAsync(string set) =>
                GradeProcess.RunAsync(["--input", set, "--output", output, "--overwrite", "--rubric", """{"components":[{"grader":"accuracy"}]}""", .. arguments]);

            var starts = new List<double>();
            var (bare, grade, wrong) = (new List<double>(), new List<GradeRun>(), 0);
            for (var round = 0; round < Rounds; round++)
            {
                bare.Add(await BareAsync(programs));
                starts.Add((await GradeAsync(single)).Seconds);
                grade.Add(await GradeAsync(input));
                wrong += File.ReadLines(output).Zip(programs).Count(pair => JsonElement.Parse(pair.First).GetProperty("reward") is not { ValueKind: JsonValueKind.Number } reward || reward.GetDouble() != (pair.Second.IsRight ? 1 : 0));
            }

            bare.Sort();
            starts.Sort();
            var (alone, start, run) = (bare[Rounds / 2], starts[Rounds / 2], grade.OrderBy(run => run.Seconds).ElementAt(Rounds / 2));
            var more = 100 * (((run.Seconds - start) / alone) - 1);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
                {programs.Count} programs of HumanEval, {samples} of each problem, in the median of {Rounds} runs by turns; {wrong} graded otherwise than they were made
                  the sandbox alone  {alone:F1} s (from {bare[0]:F1} to {bare[^1]:F1}), {programs.Count / alone:F1} programs/s
                  grade              {run.Seconds:F1} s (from {grade.Min(run => run.Seconds):F1} to {grade.Max(run => run.Seconds):F1}), {start:F1} s of them its start: {programs.Count / (run.Seconds - start):F1} programs/s, {more:F1}% more time ({(more <= MostMore ? "within" : "BEYOND")} {MostMore}%; {100 * ((run.Seconds / alone) - 1):F1}% with its start)
                                     {run.CpuSeconds:F1} s of processors, at most {run.PeakMb:F0} MiB resident
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
