using System.Collections.Immutable;
using System.Text;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Graders.Code.Generation;
using RewardServer.Grading.Graders.Code.TestRuns;
using RewardServer.Sandboxing.Pooling;
using RewardServer.Sandboxing.Runs;

namespace RewardServer.Grading.Graders.Code;

/// <summary>
/// Runs a program that its caller found by rules of its own on the tests of a task, and tells of each test the run, too: for
/// protocols whose answer has both.
/// </summary>
/// <param name="sandbox">Where programs run.</param>
public sealed class ProgramTests(SandboxPool sandbox)
{
    /// <summary>How many tests a program may bring to a time limit; those after them are not run, or it would hold its slots for hours.</summary>
    public const int MostTimeLimits = 5;

    private readonly GeneratedTestStore generated = new(sandbox);

    /// <summary>Why nobody can be judged by a task here; null where that can be.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async Task<string?> WhyNotAsync(CodeTask task, CancellationToken cancellation)
    {
        await sandbox.LookAgainAsync(task.Language, cancellation).ConfigureAwait(false);
        return new Judgeability(sandbox, task).Fault();
    }

    /// <summary>Runs the tests, as many at once as there are slots.</summary>
    /// <param name="task">The task.</param>
    /// <param name="files">The program's files; the first is its main file, whatever its name.</param>
    /// <param name="prompt">What the model was asked; empty where that is not known. Its helpers stand beside a check.</param>
    /// <param name="options">How they are run.</param>
    /// <param name="cancellation">Ends the runs.</param>
    /// <exception cref="ArgumentException">The files cannot stand beside each other, or find no room.</exception>
    /// <exception cref="SandboxBusyException">Too many programs wait.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async Task<TestedProgram> RunAsync(
        CodeTask task, ImmutableArray<SandboxFile> files, string prompt, ProgramTestOptions options, CancellationToken cancellation)
    {
        if (await WhyNotAsync(task, cancellation).ConfigureAwait(false) is { } reason)
        {
            return new(Outcome.Skipped, reason, []);
        }

        var made = await generated.OfAsync(task, cancellation).ConfigureAwait(false);
        if (made?.Fault is { } unmade)
        {
            return new(unmade.Outcome, unmade.Reason, []);
        }

        var language = CodeLanguage.All[task.Language];
        var program = new CandidateProgram(language, files.SetItem(0, files[0] with { Path = language.MainFile }), (task.Limits ?? new()).Resolve());
        var tests = task.Tests.AddRange(made?.Tests ?? []);
        return Outcomes(await RunAsync(program, tests, new(task, prompt), options, cancellation).ConfigureAwait(false));
    }

    private async Task<ImmutableArray<TestedRun>> RunAsync(
        CandidateProgram program, ImmutableArray<TestCase> tests, Surroundings surroundings, ProgramTestOptions options, CancellationToken cancellation)
    {
        var runs = new TestedRun?[tests.Length];
        var stops = new Stops(options.StopAtFirstFailure ? 1 : MostTimeLimits);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, sandbox.Slots), CancellationToken = cancellation };
        await Parallel.ForAsync(0, tests.Length, parallel, async (index, token) =>
        {
            if (stops.IsPast(index))
            {
                return;
            }

            var (judgement, run) = await TestRun.Of(program, tests[index], surroundings).RunAsync(sandbox, token).ConfigureAwait(false);
            var report = TestReport.Of(index, tests[index], Relaxed(judgement, index, run, options), run);
            runs[index] = new(report, Shortened(run, options.KeptBytes));
            if (options.StopAtFirstFailure ? !runs[index]!.Passed : report.Status is TestStatus.CpuTimeLimit or TestStatus.WallTimeLimit)
            {
                stops.Add(index);
            }
        }).ConfigureAwait(false);

        // What ran beside the one that ends them, or before it was known, counts as not run: chance must not decide.
        var all = runs.Select((run, index) => run is null || stops.IsPast(index) ? NotRun(index, tests[index]) : run);
        return options.StopAtFirstFailure ? [.. all.Where(run => run.Report.Status != TestStatus.NotRun)] : [.. all];
    }

    private static Judgement Relaxed(Judgement judgement, int index, RunResult run, ProgramTestOptions options) =>
        judgement.Status == TestStatus.WrongAnswer && run.Status == RunStatus.Ok && options.Accepts is { } accepts && accepts(index, Encoding.UTF8.GetString(run.Stdout.Span))
            ? new(TestStatus.Passed, "the output is the expected one by the caller's rule")
            : judgement;

    private static TestedProgram Outcomes(ImmutableArray<TestedRun> runs) =>
        runs.FirstOrDefault(run => run.Report.Status == TestStatus.Fault) is { } fault ? new(Outcome.Failed, $"test {fault.Report.Index}: {fault.Report.Reason}", [])
            : runs.FirstOrDefault(run => run.Report.Status == TestStatus.BrokenCheck) is { } broken ? new(Outcome.Skipped, $"test {broken.Report.Index}: {broken.Report.Reason}", [])
            : new(Outcome.Scored, null, runs);

    private static TestedRun NotRun(int index, TestCase test) =>
        new(TestReport.NotRun(index, test) with { Reason = $"not run: {MostTimeLimits} earlier tests ran into a time limit" }, null);

    // A slice would keep all of it in memory.
    private static RunResult Shortened(RunResult run, int bytes) => run with
    {
        Stdout = Start(run.Stdout, bytes),
        Stderr = Start(run.Stderr, bytes),
        Report = default,
        Files = [],
    };

    private static ReadOnlyMemory<byte> Start(ReadOnlyMemory<byte> bytes, int most) => bytes.Length <= most ? bytes : bytes[..most].ToArray();

    // The tests that end the rest: the first so many of them in the order of the tests.
    private sealed class Stops(int most)
    {
        private readonly Lock gate = new();
        private readonly SortedSet<int> first = [];

        public void Add(int index)
        {
            lock (gate)
            {
                first.Add(index);
                if (first.Count > most)
                {
                    first.Remove(first.Max);
                }
            }
        }

        public bool IsPast(int index)
        {
            lock (gate)
            {
                return first.Count == most && index > first.Max;
            }
        }
    }
}

/// <summary>How <see cref="ProgramTests"/> runs tests.</summary>
public sealed record ProgramTestOptions
{
    /// <summary>Whether tests after the first that did not pass are not run; they are then left out.</summary>
    public bool StopAtFirstFailure { get; init; }

    /// <summary>Bytes that are kept of each output stream of a run after it was judged.</summary>
    public int KeptBytes { get; init; } = 64 << 10;

    /// <summary>Whether an output that a test's checker refuses will do all the same: of the test's place, and the output. Null where none does.</summary>
    public Func<int, string, bool>? Accepts { get; init; }
}

/// <summary>What became of a program's tests.</summary>
/// <param name="Outcome">Scored where they were run.</param>
/// <param name="Reason">Why they were not; null where they were.</param>
/// <param name="Runs">Each test that was run, in the task's order.</param>
public sealed record TestedProgram(Outcome Outcome, string? Reason, ImmutableArray<TestedRun> Runs);

/// <summary>What became of one test.</summary>
/// <param name="Report">How it ended.</param>
/// <param name="Run">The candidate's run, with the start of what it wrote; null where it was not run.</param>
public sealed record TestedRun(TestReport Report, RunResult? Run)
{
    /// <summary>Whether it passed.</summary>
    public bool Passed => Report.Status == TestStatus.Passed;
}
