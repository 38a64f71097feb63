using System.Collections.Immutable;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Extraction;
using RewardServer.Grading.Graders.Code.Generation;
using RewardServer.Grading.Graders.Code.Parsing;
using RewardServer.Grading.Graders.Code.TestRuns;
using RewardServer.Sandboxing.Pooling;

namespace RewardServer.Grading.Graders.Code;

/// <summary>Everything that is told of a program before it runs: whether its task can be judged, which it is, and whether it is whole.</summary>
/// <param name="tags">The tags of the rubric, which tell the thinking from the response.</param>
/// <param name="rules">How a program is found in a response.</param>
/// <param name="sandbox">Where compilers and parsers run.</param>
/// <param name="generated">What makes and keeps generated tests.</param>
internal sealed class ProgramReading(ThinkTags tags, ExtractionRules rules, SandboxPool sandbox, GeneratedTestStore generated)
{
    private readonly CandidateSearch search = new(tags, rules);
    private readonly CompletenessChecker completeness = new(sandbox);

    /// <summary>Reads the program of an item.</summary>
    /// <returns>The program; or the verdict where there is none, or it cannot be judged.</returns>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async Task<(ReadProgram? Read, Verdict? None)> ReadAsync(Item item, CodeTask task, CancellationToken cancellation)
    {
        await sandbox.LookAgainAsync(task.Language, cancellation).ConfigureAwait(false);
        if (new Judgeability(sandbox, task).Fault() is { } reason)
        {
            return (null, Verdict.Skipped(reason));
        }

        var made = await generated.OfAsync(task, cancellation).ConfigureAwait(false);
        if (made?.Fault is { } unmade)
        {
            return (null, unmade);
        }

        var (found, program, none) = search.Find(item, task);
        if (found is null || program is null)
        {
            return (null, none! with { Details = CodeDetails.None });
        }

        var tests = task.Tests.AddRange(made?.Tests ?? []);
        var surroundings = new Surroundings(task, item.Prompt.LastOf("user") ?? "");
        var whole = await CompletenessOfAsync(found, program, tests, surroundings, cancellation).ConfigureAwait(false);
        return whole.Fault is { } fault ? (null, Verdict.Failed(fault)) : (new(found, program, whole, tests, surroundings, made), null);
    }

    // A driver that calls a program's functions stands in the place of its main function: what is compiled is both.
    private Task<CompletenessReport> CompletenessOfAsync(
        ProgramText found, CandidateProgram program, ImmutableArray<TestCase> tests, Surroundings surroundings, CancellationToken cancellation)
    {
        var first = TestRun.Of(program, tests[0], surroundings).Request;
        return completeness.CheckAsync(program.Language, found.Files, first.Files.SequenceEqual(program.Files) ? null : first, cancellation);
    }
}

/// <summary>A program that was found and read, and did not run yet.</summary>
/// <param name="Found">As it was found.</param>
/// <param name="Program">As it is run.</param>
/// <param name="Whole">Whether it is whole.</param>
/// <param name="Tests">The tests of its task, those that were generated last.</param>
/// <param name="Surroundings">What a test may need beside the two.</param>
/// <param name="Made">What the generated tests follow from; null where there are none.</param>
internal sealed record ReadProgram(
    ProgramText Found, CandidateProgram Program, CompletenessReport Whole, ImmutableArray<TestCase> Tests, Surroundings Surroundings, MadeTests? Made);
