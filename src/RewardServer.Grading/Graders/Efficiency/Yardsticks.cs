using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Graders.Code;
using RewardServer.Grading.Graders.Code.Generation.Properties;
using RewardServer.Grading.Graders.Code.TestRuns;
using RewardServer.Sandboxing.Pooling;
using RewardServer.Sandboxing.Runs;

namespace RewardServer.Grading.Graders.Efficiency;

/// <summary>
/// Finds what programs of a task are compared with, and keeps it: whether there is anything to compare with must not
/// change from one candidate to the next.
/// </summary>
/// <param name="sandbox">Where references run.</param>
internal sealed class Yardsticks(SandboxPool sandbox)
{
    private const long MostBytes = 16 << 20, BytesOfOne = 4096;

    // The largest inputs, among which the one that takes longest nearly always is.
    private const int TestsTried = 30;

    private const int StartRounds = 5;

    // What is shorter cannot be told from the noise of starting.
    private const double LeastSeconds = 0.002, LeastShareOfStart = 0.5;

    private readonly ContentStore<IYardstick> kept = new(MostBytes, _ => BytesOfOne, yardstick => yardstick.Fault is null or { Outcome: Outcome.Skipped });

    /// <summary>The yardstick of a task.</summary>
    /// <param name="task">The task.</param>
    /// <param name="tests">Its tests, those that were generated last.</param>
    /// <param name="cancellation">Ends the runs.</param>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async Task<IYardstick> OfAsync(CodeTask task, ImmutableArray<TestCase> tests, CancellationToken cancellation)
    {
        var measurable = tests.Index().Where(test => IsMeasurable(test.Item)).ToImmutableArray();
        return measurable.IsEmpty ? Skipped("no test of the task can be measured: only stdio and call tests can")
            : EmptyPrograms.Of(task.Language, measurable[0].Item, sandbox) is null ? Skipped($"the speed of '{task.Language}' programs is not measured")
            : task.Reference is { } reference ? await kept.GetAsync(KeyOf(task, tests), () => MakeAsync(task, reference, measurable, cancellation), cancellation).ConfigureAwait(false)
            : task.Baseline is not { } baseline ? Skipped("the task has neither a reference nor a baseline to compare with")
            : measurable.Length < tests.Length ? Skipped("a baseline is for all tests, and not all of them can be measured: only stdio and call tests can")
            : baseline.CpuSeconds < LeastSeconds ? Skipped("the baseline is too short to compare with")
            : Unavailable("python") is { } reason ? Skipped($"a baseline is scaled by a loop in Python, which cannot be run here: {reason}")
            : new BaselineYardstick(sandbox, baseline, tests, new(task, ""));
    }

    private static bool IsMeasurable(TestCase test) => test is StdioTest or CallTest or PropertyTest;

    private static NoYardstick Skipped(string reason) => new(Verdict.Skipped(reason));

    private async Task<IYardstick> MakeAsync(
        CodeTask task, ProgramSource source, ImmutableArray<(int Index, TestCase Case)> tests, CancellationToken cancellation)
    {
        var judgeability = new Judgeability(sandbox, task with { Language = source.Language });
        if ((Unavailable(source.Language) ?? judgeability.FaultOf([.. tests.Select(test => test.Case)])) is { } reason)
        {
            return Skipped($"the reference cannot be run here: {reason}");
        }

        if (!CodeLanguage.All.TryGetValue(source.Language, out var language) || EmptyPrograms.Of(source.Language, tests[0].Case, sandbox) is null)
        {
            return Skipped($"the speed of '{source.Language}' programs is not measured");
        }

        var (program, surroundings) = (new CandidateProgram(language, source.Source, (task.Limits ?? new()).Resolve()), new Surroundings(task, ""));
        var longest = (Test: tests[0], Seconds: -1.0);
        foreach (var test in tests.OrderByDescending(test => test.Case.InputBytes).Take(TestsTried))
        {
            var (judgement, run) = await TestRun.Of(program, test.Case, surroundings).RunAsync(sandbox, cancellation).ConfigureAwait(false);
            if (judgement.Score < 1)
            {
                return judgement.Status == TestStatus.Fault ? new NoYardstick(Verdict.Failed(judgement.Reason))
                    : Skipped($"the reference does not pass test {test.Index}: {judgement.Reason}");
            }

            longest = run.UserSeconds + run.SystemSeconds > longest.Seconds ? (test, run.UserSeconds + run.SystemSeconds) : longest;
        }

        var request = TestRun.Of(program, longest.Test.Case, surroundings).Request;
        var (measured, _, _) = await sandbox.MeasureAsync(request, EmptyPrograms.Of(source.Language, longest.Test.Case, sandbox)!, StartRounds, cancellation).ConfigureAwait(false);
        var start = task.Language == source.Language ? measured?.ReferenceSeconds : await StartAsync(task.Language, longest.Test.Case, cancellation).ConfigureAwait(false);
        return measured is null || start is null ? new NoYardstick(Verdict.Failed("the start of an empty program could not be measured"))
            : measured.ProgramSeconds - measured.ReferenceSeconds < Math.Max(LeastSeconds, LeastShareOfStart * measured.ReferenceSeconds)
                ? Skipped("the reference is too quick on every test to compare with")
            : new ReferenceYardstick(sandbox, longest.Test, request, (start.Value, measured.ReferenceSeconds), surroundings);
    }

    // Null where it could not be run.
    private async Task<double?> StartAsync(string language, TestCase test, CancellationToken cancellation)
    {
        if (Unavailable(language) is not null || EmptyPrograms.Of(language, test, sandbox) is not { } empty)
        {
            return 0;
        }

        var (measured, _, _) = await sandbox.MeasureAsync(empty, empty, StartRounds, cancellation).ConfigureAwait(false);
        return measured?.ReferenceSeconds;
    }

    private string? Unavailable(string language) =>
        sandbox.Languages.FirstOrDefault(known => known.Name == language) is not { } found ? $"'{language}' is not a language this server knows"
            : found.Available ? null : found.Reason;

    private static string KeyOf(CodeTask task, ImmutableArray<TestCase> tests) => ContentKey.Of(
    [
        Encoding.UTF8.GetBytes(task.Language),
        JsonSerializer.SerializeToUtf8Bytes(task.Reference, ItemJson.Options),
        JsonSerializer.SerializeToUtf8Bytes((task.Limits ?? new()).Resolve(), ItemJson.Options),
        JsonSerializer.SerializeToUtf8Bytes(task.Checker, ItemJson.Options),
        JsonSerializer.SerializeToUtf8Bytes(task.Generated?.Property, ItemJson.Options),
        .. tests.Select(test => (ReadOnlyMemory<byte>)JsonSerializer.SerializeToUtf8Bytes(test is PropertyTest property ? property.Inner : test, ItemJson.Options)),
    ]);

    private sealed record NoYardstick(Verdict Fault) : IYardstick
    {
        public int? Test => null;

        public Task<(Measurement? Measurement, Verdict? Fault)> MeasureAsync(CandidateProgram program, int rounds, CancellationToken cancellation) =>
            Task.FromResult<(Measurement?, Verdict?)>((null, Fault));
    }
}
