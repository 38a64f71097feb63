namespace RewardServer.Sandboxing.Runs;

/// <summary>
/// How long a program takes beside another one: both run in turn, on one processor, several times, and their least CPU
/// times are compared. What else the machine does adds to a time and never takes from it, so that the least is the
/// truest, and what slows the machine for a while slows both.
/// </summary>
/// <param name="Ratio">The program's least CPU time over the reference's.</param>
/// <param name="Low">The lower end of the interval that holds 95% of the ratios of resampled rounds (bootstrap; Efron 1979).</param>
/// <param name="High">Its upper end.</param>
/// <param name="ProgramSeconds">The program's least CPU time.</param>
/// <param name="ReferenceSeconds">The reference's least CPU time.</param>
/// <param name="Rounds">How often each ran.</param>
/// <param name="InstructionRatio">
/// The program's fewest instructions in user mode over the reference's, which hardly vary from run to run; null where they
/// are not counted (<see cref="RunResult.Instructions"/>).
/// </param>
public sealed record Measurement(
    double Ratio, double Low, double High, double ProgramSeconds, double ReferenceSeconds, int Rounds, double? InstructionRatio = null)
{
    private const int Resamples = 1000;

    /// <param name="program">The program's runs, each in turn with</param>
    /// <param name="reference">one of the reference.</param>
    internal static Measurement Of(IReadOnlyList<RunResult> program, IReadOnlyList<RunResult> reference)
    {
        static List<double> Times(IReadOnlyList<RunResult> runs) => [.. runs.Select(run => run.UserSeconds + run.SystemSeconds)];
        var (fewest, fewestOfReference) = (program.Min(run => run.Instructions), reference.Min(run => run.Instructions));
        var counted = program.Concat(reference).All(run => run.Instructions is not null);
        return Of(Times(program), Times(reference)) with { InstructionRatio = counted ? (double)fewest! / fewestOfReference! : null };
    }

    /// <param name="program">CPU seconds of the program's runs, each in turn with</param>
    /// <param name="reference">those of the reference.</param>
    internal static Measurement Of(IReadOnlyList<double> program, IReadOnlyList<double> reference)
    {
        // The same numbers give the same interval.
        var random = new Random(program.Count);
        var ratios = new double[Resamples];
        for (var sample = 0; sample < Resamples; sample++)
        {
            var (least, leastReference) = (double.MaxValue, double.MaxValue);
            for (var draw = 0; draw < program.Count; draw++)
            {
                var round = random.Next(program.Count);
                (least, leastReference) = (Math.Min(least, program[round]), Math.Min(leastReference, reference[round]));
            }

            ratios[sample] = least / leastReference;
        }

        Array.Sort(ratios);
        return new(
            program.Min() / reference.Min(), ratios[(int)(0.025 * Resamples)], ratios[(int)(0.975 * Resamples)], program.Min(), reference.Min(), program.Count);
    }
}

/// <summary>How much the CPU time of one and the same loop varies on this machine, as tried when the server started.</summary>
/// <param name="LeastSeconds">The least CPU time of the loop.</param>
/// <param name="MedianExcess">By what share of it the median is above it.</param>
/// <param name="WorstExcess">By what share of it the longest is above it.</param>
/// <param name="Samples">How often it ran.</param>
public sealed record TimingNoise(double LeastSeconds, double MedianExcess, double WorstExcess, int Samples);
