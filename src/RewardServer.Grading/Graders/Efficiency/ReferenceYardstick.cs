using RewardServer.Grading.Completions;
using RewardServer.Grading.Graders.Code;
using RewardServer.Grading.Graders.Code.TestRuns;
using RewardServer.Sandboxing.Pooling;
using RewardServer.Sandboxing.Runs;

namespace RewardServer.Grading.Graders.Efficiency;

/// <summary>A reference, on the test that takes it the longest.</summary>
/// <param name="sandbox">Where both run.</param>
/// <param name="test">The test, with its place among all.</param>
/// <param name="reference">The reference's run of it.</param>
/// <param name="starts">What starting an empty program of the candidate's and of the reference's language takes, in seconds.</param>
/// <param name="surroundings">What the test may need.</param>
internal sealed class ReferenceYardstick(
    SandboxPool sandbox, (int Index, TestCase Case) test, RunRequest reference, (double Program, double Reference) starts, Surroundings surroundings) : IYardstick
{
    // So that a ratio of it is a number.
    private const double LeastSeconds = 1e-6;

    public Verdict? Fault => null;

    public int? Test => test.Index;

    public async Task<(Measurement? Measurement, Verdict? Fault)> MeasureAsync(CandidateProgram program, int rounds, CancellationToken cancellation)
    {
        var (raw, fault) = await MeasuredProgram.MeasureAsync(sandbox, program, test.Case, surroundings, reference, rounds, cancellation).ConfigureAwait(false);
        return raw is null ? (null, fault) : (Measurement.Of(
            [.. raw.ProgramRounds.Select(seconds => Math.Max(seconds - starts.Program, LeastSeconds))],
            [.. raw.ReferenceRounds.Select(seconds => Math.Max(seconds - starts.Reference, LeastSeconds))]), null);
    }
}
