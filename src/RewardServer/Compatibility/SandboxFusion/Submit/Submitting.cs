using System.Collections.Immutable;
using System.Text;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Graders;
using RewardServer.Grading.Graders.Code;
using RewardServer.Http;
using RewardServer.Sandboxing.Pooling;
using RewardServer.Sandboxing.Runs;

namespace RewardServer.Compatibility.SandboxFusion.Submit;

/// <summary>Judges completions that were submitted: finds the program, runs it on the problem's tests, and tells of each what became of it.</summary>
/// <param name="sandbox">Where programs run.</param>
/// <param name="budget">Bounds the output that all calls hold.</param>
/// <param name="time">The clock.</param>
internal sealed class Submitting(SandboxPool sandbox, OutputBudget budget, TimeProvider time)
{
    // Far above what anyone writes: length must never break a run.
    private const int LongestProgram = 1_000_000;

    // Kept of each output for the answer, in KiB.
    private const int KeptKb = 64;

    // SandboxFusion's client waits for ever unless it is told otherwise (scripts/client/src/sandbox_fusion/client.py): what the tests may take counts.
    private const double LeastSeconds = 120, Spare = 60, MostSeconds = 3600;

    private readonly ProgramTests tests = new(sandbox);
    private readonly CustomExtraction custom = new(sandbox);

    /// <summary>Judges one.</summary>
    /// <param name="http">The call.</param>
    /// <param name="request">What it submits.</param>
    /// <param name="problem">By what it is judged.</param>
    /// <param name="within">How long it may take; null for what the tests may take.</param>
    /// <exception cref="OperationCanceledException">The client is gone.</exception>
    public async Task<SubmitEnd> JudgeAsync(HttpContext http, SubmitRequest request, JudgedProblem problem, TimeSpan? within = null)
    {
        if (problem.Unjudgeable is { } reason)
        {
            return SubmitEnd.SkippedBy(reason);
        }

        var task = problem.TaskFor(request.Settings);
        if (task.Errors().FirstOrDefault() is { Member: { } member, Error: var error })
        {
            return SubmitEnd.MalformedBy("config.provided_data", $"{member}: {error}");
        }

        using var deadline = new Deadline(http, within ?? SecondsFor(task), time);
        try
        {
            http.Response.RegisterForDispose(await budget.ReserveAsync(MostKept(task), deadline.Token));
            return await JudgeAsync(request, problem, task, deadline.Token);
        }
        catch (OperationCanceledException) when (deadline.HasPassed)
        {
            return SubmitEnd.FailedBy($"not judged within {deadline.Seconds:0.#} s: the server is busy");
        }
        catch (SandboxBusyException busy)
        {
            return SubmitEnd.FailedBy(busy.Message);
        }
        catch (ObjectDisposedException)
        {
            return SubmitEnd.FailedBy("the sandbox is closed: the server stops");
        }
    }

    private async Task<SubmitEnd> JudgeAsync(SubmitRequest request, JudgedProblem problem, CodeTask task, CancellationToken cancellation)
    {
        if (await tests.WhyNotAsync(task, cancellation) is { } reason)
        {
            return SubmitEnd.SkippedBy(reason);
        }

        var logic = request.Settings.CustomExtractLogic;
        var finding = problem.Extracts && !string.IsNullOrWhiteSpace(logic) ? await custom.RunAsync(logic, request.Completion!, cancellation) : new([]);
        return finding switch
        {
            { Failed: { } fault } => SubmitEnd.FailedBy(fault),
            { Unjudgeable: { } missing } => SubmitEnd.SkippedBy(missing),
            { Fault: { } wrong } => SubmitEnd.MalformedBy("config.custom_extract_logic", wrong),
            _ => await JudgeAsync(request, problem, task, Found(request, problem, finding), finding.Raised, cancellation),
        };
    }

    private static FoundCode Found(SubmitRequest request, JudgedProblem problem, CustomFinding finding)
    {
        var found = !problem.Extracts ? new(request.Completion!, null)
            : finding.Raised is null ? FoundCode.In(problem.Prepare(request.Completion!), problem.Language, finding.Blocks)
            : FoundCode.None;
        return found with { Code = problem.Cut(found.Code) };
    }

    private async Task<SubmitEnd> JudgeAsync(
        SubmitRequest request, JudgedProblem problem, CodeTask task, FoundCode found, string? raised, CancellationToken cancellation)
    {
        var program = problem.Program(found.Code);
        var answer = new SubmitResponse
        {
            Id = request.Id,
            Accepted = false,
            ExtractedCode = found.Code,
            FullCode = problem.Check is { } check ? $"{program}\n{check}" : null,
            TestCode = problem.Check,
            ExtractedType = found.Type,
            Extra = raised is null ? null : new Dictionary<string, string> { ["custom_extract_error"] = raised },
        };
        if (program.Length > LongestProgram)
        {
            return SubmitEnd.Of(answer with { FullCode = null, Extra = new Dictionary<string, string> { ["reason"] = $"the program is longer than {LongestProgram} characters" } });
        }

        var options = new ProgramTestOptions { StopAtFirstFailure = !request.Settings.Has("run_all_cases"), KeptBytes = KeptKb << 10, Accepts = problem.Accepts };
        ImmutableArray<SandboxFile> files = [new("main", Encoding.UTF8.GetBytes(program)), .. problem.Files];
        TestedProgram tested;
        try
        {
            tested = await tests.RunAsync(task, files, problem.Prompt, options, cancellation);
        }
        catch (ArgumentException malformed)
        {
            // What only the sandbox can know: files that find no room beside each other.
            return SubmitEnd.MalformedBy("config.provided_data", malformed.Message);
        }

        // An empty program is right where nothing is to be printed, and no answer.
        var isAnswer = !problem.Extracts || found.Code.Length > 0;
        var full = request.Settings.Has("return_full_case");
        return tested.Outcome switch
        {
            Outcome.Failed => SubmitEnd.FailedBy(tested.Reason!),
            Outcome.Skipped => SubmitEnd.SkippedBy(tested.Reason!),
            _ => SubmitEnd.Of(answer with
            {
                Accepted = isAnswer && tested.Runs.All(run => run.Passed),
                Tests = [.. tested.Runs.Select(run => SubmittedTest.Of(run, problem.TestInfo(run.Report.Index, full || !run.Passed)))],
            }),
        };
    }

    private TimeSpan SecondsFor(CodeTask task)
    {
        var perTest = (task.Limits ?? new()).Resolve().WallSeconds;
        return TimeSpan.FromSeconds(Math.Clamp(Spare + (CountOf(task) * perTest / Math.Max(1, sandbox.Slots)), LeastSeconds, MostSeconds));
    }

    // What runs at once holds all of its output, what was judged the start of it.
    private long MostKept(CodeTask task)
    {
        var running = 2L * Math.Max((task.Limits ?? new()).Resolve().OutputKb, CustomExtraction.MostKb) * Math.Min(CountOf(task), Math.Max(1, sandbox.Slots));
        return Math.Min(running + (2L * KeptKb * CountOf(task)), budget.Most);
    }

    private static int CountOf(CodeTask task) => Math.Max(1, task.Tests.Length + (task.Generated?.Count ?? 0));
}
