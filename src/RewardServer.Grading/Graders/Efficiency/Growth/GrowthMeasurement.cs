using System.Collections.Immutable;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Graders.Code;
using RewardServer.Grading.Graders.Code.Generation;
using RewardServer.Grading.Graders.Code.TestRuns;
using RewardServer.Sandboxing.Pooling;

namespace RewardServer.Grading.Graders.Efficiency.Growth;

/// <summary>Measures a program on generated tests whose sizes double, until one takes long.</summary>
/// <param name="sandbox">Where it runs.</param>
/// <param name="generated">What makes the tests.</param>
internal sealed class GrowthMeasurement(SandboxPool sandbox, GeneratedTestStore generated)
{
    private const int Rounds = 5;

    // One that takes so long is the last: the next would take twice as long or more.
    private const double LongEnough = 1;

    // What is shorter is mostly start.
    private const double LeastSeconds = 0.002, LeastShareOfStart = 0.2;

    /// <summary>The tests, one a size; the candidate has no part in them. The task has generated tests.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async Task<MadeTests> TestsOfAsync(CodeTask task, CancellationToken cancellation)
    {
        var sizes = task.Generated! with { Fresh = false };
        var doublings = (int)Math.Floor(Math.Log2((double)sizes.LargestSize / sizes.SmallestSize));
        return (await generated.OfAsync(task with { Generated = sizes with { Count = doublings + 1 } }, cancellation).ConfigureAwait(false))!;
    }

    /// <summary>Measures a program that passes the task's tests.</summary>
    /// <returns>What was found, or why the program earns nothing: it fails one of these tests. A fault of ours is a failed verdict.</returns>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async Task<(MeasuredGrowth? Growth, Verdict? Fault)> MeasureAsync(
        CandidateProgram program, CodeTask task, MadeTests made, CancellationToken cancellation)
    {
        var times = ImmutableArray.CreateBuilder<TimeOfSize>();
        var surroundings = new Surroundings(task, "");
        for (var index = 0; index < made.Tests.Length; index++)
        {
            var empty = EmptyPrograms.Of(program.Language.Name, made.Tests[index], sandbox)!;
            var (measured, fault) = await MeasuredProgram.MeasureAsync(sandbox, program, made.Tests[index], surroundings, empty, Rounds, cancellation).ConfigureAwait(false);
            if (measured is null)
            {
                return (null, fault);
            }

            var (start, seconds) = (measured.ReferenceSeconds, measured.ProgramSeconds - measured.ReferenceSeconds);
            if (seconds >= Math.Max(LeastSeconds, LeastShareOfStart * start))
            {
                times.Add(new(TestSizes.SizeOf(task.Generated! with { Count = made.Tests.Length }, index), seconds));
            }

            if (seconds >= LongEnough)
            {
                break;
            }
        }

        return (GrowthFit.Of(times.ToImmutable()), null);
    }
}
