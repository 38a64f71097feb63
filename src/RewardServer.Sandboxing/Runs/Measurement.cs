using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace RewardServer.Sandboxing.Runs;

/// <summary>
/// How long a program takes beside another one: both run in turn, on one processor, several times, and the CPU times of
/// each round are compared, for what slows the machine for a while slows both. The mean of the middle half of these ratios
/// counts. The least times do not: on a busy machine single runs come out a fifth too short, so that the more there are the
/// worse the least is.
/// </summary>
/// <param name="Ratio">The program's CPU time over the reference's: the mean of the middle half of the rounds' ratios.</param>
/// <param name="Low">The lower end of the interval that holds 95% of the ratios of resampled rounds (bootstrap; Efron 1979).</param>
/// <param name="High">Its upper end.</param>
/// <param name="ProgramSeconds">The program's CPU time, the median of the rounds.</param>
/// <param name="ReferenceSeconds">The reference's.</param>
/// <param name="Rounds">How often each ran.</param>
/// <param name="InstructionRatio">
/// The program's fewest instructions in user mode over the reference's, which hardly vary from run to run; null where they
/// are not counted (<see cref="RunResult.Instructions"/>).
/// </param>
public sealed record Measurement(
    double Ratio, double Low, double High, double ProgramSeconds, double ReferenceSeconds, int Rounds, double? InstructionRatio = null)
{
    private const int Resamples = 1000;

    /// <summary>The program's CPU time in each round, in seconds.</summary>
    [JsonIgnore]
    public ImmutableArray<double> ProgramRounds { get; init; } = [];

    /// <summary>The reference's CPU time in each round, in seconds.</summary>
    [JsonIgnore]
    public ImmutableArray<double> ReferenceRounds { get; init; } = [];

    /// <param name="program">The program's runs, each in turn with</param>
    /// <param name="reference">one of the reference.</param>
    internal static Measurement Of(IReadOnlyList<RunResult> program, IReadOnlyList<RunResult> reference)
    {
        static List<double> Times(IReadOnlyList<RunResult> runs) => [.. runs.Select(run => run.UserSeconds + run.SystemSeconds)];
        var (fewest, fewestOfReference) = (program.Min(run => run.Instructions), reference.Min(run => run.Instructions));
        var counted = program.Concat(reference).All(run => run.Instructions is not null);
        return Of(Times(program), Times(reference)) with { InstructionRatio = counted ? (double)fewest! / fewestOfReference! : null };
    }

    /// <summary>Of CPU times that are known; at least one round.</summary>
    /// <param name="program">CPU seconds of the program's runs, each in turn with</param>
    /// <param name="reference">those of the reference.</param>
    public static Measurement Of(IReadOnlyList<double> program, IReadOnlyList<double> reference)
    {
        // The same numbers give the same interval.
        var random = new Random(program.Count);
        double[] rounds = [.. program.Zip(reference, (own, other) => own / other)];
        var (sample, ratios) = (new double[rounds.Length], new double[Resamples]);
        for (var resample = 0; resample < Resamples; resample++)
        {
            for (var draw = 0; draw < sample.Length; draw++)
            {
                sample[draw] = rounds[random.Next(rounds.Length)];
            }

            ratios[resample] = MiddleMean(sample);
        }

        Array.Sort(ratios);
        return new(MiddleMean(rounds), ratios[(int)(0.025 * Resamples)], ratios[(int)(0.975 * Resamples)], Median(program), Median(reference), program.Count)
        {
            ProgramRounds = [.. program],
            ReferenceRounds = [.. reference],
        };
    }

    // Sorts what it is given.
    private static double MiddleMean(double[] values)
    {
        Array.Sort(values);
        var aside = values.Length / 4;
        return values.AsSpan(aside, values.Length - (2 * aside)).ToArray().Average();
    }

    private static double Median(IReadOnlyList<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[sorted.Length / 2] + sorted[(sorted.Length - 1) / 2]) / 2;
    }
}

/// <summary>How much the CPU time of one and the same loop varies on this machine, as tried when the server started.</summary>
/// <param name="LeastSeconds">The least CPU time of the loop.</param>
/// <param name="MedianExcess">By what share of it the median is above it.</param>
/// <param name="WorstExcess">By what share of it the longest is above it.</param>
/// <param name="Samples">How often it ran.</param>
public sealed record TimingNoise(double LeastSeconds, double MedianExcess, double WorstExcess, int Samples)
{
    /// <summary>The loop, a program in Python: what is measured beside it can be compared with what was on another machine.</summary>
    public static RunRequest Loop { get; } = new()
    {
        Language = "python",
        Files = [new SandboxFile("main.py", "n = 0\nfor i in range(200000): n += i * i\n"u8.ToArray())],
        Fresh = true,
    };
}
