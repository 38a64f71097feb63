using System.Collections.Immutable;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Extraction;
using RewardServer.Grading.Graders.Code.Generation;
using RewardServer.Grading.Graders.Code.Parsing;
using RewardServer.Grading.Graders.Code.TestRuns;
using RewardServer.Sandboxing.Pooling;

namespace RewardServer.Grading.Graders.Code;

/// <summary>What is told of a program before it runs: whether its task can be judged, which it is, and whether it is whole.</summary>
/// <param name="tags">The tags of the rubric, which tell the thinking from the response.</param>
/// <param name="rules">How a program is found in a response.</param>
/// <param name="sandbox">Where compilers and parsers run.</param>
/// <param name="generated">What makes and keeps generated tests.</param>
internal sealed class ProgramReading(ThinkTags tags, ExtractionRules rules, SandboxPool sandbox, GeneratedTestStore generated)
{
    private readonly CandidateSearch search = new(tags, rules);
    private readonly CompletenessChecker completeness = new(sandbox);

    /// <summary>Finds the program of an item.</summary>
    /// <returns>The program; or the verdict where there is none, or the task cannot be judged.</returns>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async Task<(ReadProgram? Read, Verdict? None)> FindAsync(Item item, CodeTask task, CancellationToken cancellation)
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
        return found is null || program is null
            ? (null, none! with { Details = CodeDetails.None })
            : (new(found, program, task.Tests.AddRange(made?.Tests ?? []), new(task, item.Prompt.LastOf("user") ?? ""), made), null);
    }

    /// <summary>Tells whether a program is whole.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public Task<CompletenessReport> CheckAsync(ReadProgram read, CancellationToken cancellation)
    {
        // A driver that calls a program's functions stands in the place of its main function: what is compiled is both.
        var first = TestRun.Of(read.Program, read.Tests[0], read.Surroundings).Request;
        return completeness.CheckAsync(read.Program.Language, read.Found.Files, first.Files.SequenceEqual(read.Program.Files) ? null : first, cancellation);
    }
}

/// <summary>A program that was found, and did not run yet.</summary>
/// <param name="Found">As it was found.</param>
/// <param name="Program">As it is run.</param>
/// <param name="Tests">The tests of its task, those that were generated last.</param>
/// <param name="Surroundings">What a test may need beside the two.</param>
/// <param name="Made">What the generated tests follow from; null where there are none.</param>
internal sealed record ReadProgram(
    ProgramText Found, CandidateProgram Program, ImmutableArray<TestCase> Tests, Surroundings Surroundings, MadeTests? Made);
