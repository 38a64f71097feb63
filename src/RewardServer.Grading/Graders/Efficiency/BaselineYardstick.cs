using System.Collections.Immutable;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Graders.Code;
using RewardServer.Grading.Graders.Code.TestRuns;
using RewardServer.Sandboxing.Pooling;
using RewardServer.Sandboxing.Runs;

namespace RewardServer.Grading.Graders.Efficiency;

/// <summary>
/// A time that was recorded, in loops of the machine that it was recorded on: the candidate runs in turn with the same
/// loop here, over all tests.
/// </summary>
/// <param name="sandbox">Where it runs.</param>
/// <param name="baseline">The time.</param>
/// <param name="tests">The tests; all can be measured.</param>
/// <param name="surroundings">What they may need.</param>
internal sealed class BaselineYardstick(SandboxPool sandbox, SpeedBaseline baseline, ImmutableArray<TestCase> tests, Surroundings surroundings) : IYardstick
{
    public Verdict? Fault => null;

    public int? Test => null;

    public async Task<(Measurement? Measurement, Verdict? Fault)> MeasureAsync(CandidateProgram program, int rounds, CancellationToken cancellation)
    {
        var (sums, loops) = (new double[rounds], Enumerable.Repeat(double.MaxValue, rounds).ToArray());
        foreach (var test in tests)
        {
            var (measured, fault) = await MeasuredProgram.MeasureAsync(sandbox, program, test, surroundings, TimingNoise.Loop, rounds, cancellation).ConfigureAwait(false);
            if (measured is null)
            {
                return (null, fault);
            }

            for (var round = 0; round < rounds; round++)
            {
                sums[round] += measured.ProgramRounds[round];
                loops[round] = Math.Min(loops[round], measured.ReferenceRounds[round]);
            }
        }

        var scale = baseline.CpuSeconds / baseline.LoopSeconds;
        return (Measurement.Of(sums, [.. loops.Select(loop => loop * scale)]), null);
    }
}
