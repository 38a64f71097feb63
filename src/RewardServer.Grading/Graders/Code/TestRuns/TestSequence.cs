using System.Collections.Concurrent;
using System.Collections.Immutable;
using RewardServer.Grading.Completions;
using RewardServer.Sandboxing.Pooling;

namespace RewardServer.Grading.Graders.Code.TestRuns;

/// <summary>Runs a program's tests, as many at once as there are slots.</summary>
/// <param name="sandbox">Where they run.</param>
/// <param name="stopAtFirstFailure">Whether what comes after a test that earned nothing, within its group, is not run.</param>
internal sealed class TestSequence(SandboxPool sandbox, bool stopAtFirstFailure)
{
    /// <summary>Runs them all.</summary>
    /// <returns>What became of each, in their order; the same whatever ran first.</returns>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async Task<ImmutableArray<TestReport>> RunAsync(
        CandidateProgram program, ImmutableArray<TestCase> tests, Surroundings surroundings, CancellationToken cancellation)
    {
        var reports = new TestReport?[tests.Length];
        var firstFailures = new ConcurrentDictionary<string, int>(StringComparer.Ordinal);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = sandbox.Slots, CancellationToken = cancellation };
        await Parallel.ForAsync(0, tests.Length, parallel, async (index, token) =>
        {
            var test = tests[index];
            if (IsAfterFailure(index))
            {
                return;
            }

            var (judgement, run) = await TestRun.Of(program, test, surroundings).RunAsync(sandbox, token).ConfigureAwait(false);
            reports[index] = TestReport.Of(index, test, judgement, run);
            // One that earned a part has not decided what its group earns: the others may earn less.
            if (judgement.Score == 0)
            {
                firstFailures.AddOrUpdate(ScopeOf(test), index, (_, earlier) => Math.Min(earlier, index));
            }
        }).ConfigureAwait(false);

        // One that ran beside the first failure, or before it was known, counts as not run: chance must not decide.
        return [.. reports.Select((report, index) => report is null || IsAfterFailure(index) ? TestReport.NotRun(index, tests[index]) : report)];

        bool IsAfterFailure(int index) =>
            stopAtFirstFailure && firstFailures.TryGetValue(ScopeOf(tests[index]), out var first) && first < index;
    }

    private static string ScopeOf(TestCase test) => test.Group ?? "";
}
