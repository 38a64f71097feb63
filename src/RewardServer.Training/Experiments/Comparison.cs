using System.Collections.Immutable;

namespace RewardServer.Training.Experiments;

/// <summary>How arms compare: each measure where all of them have cost as much as the run that cost least.</summary>
public sealed record Comparison
{
    /// <summary>What the arms are compared at equal amounts of.</summary>
    public required ExperimentAxis At { get; init; }

    /// <summary>How much that is: the cost of the run that cost least.</summary>
    public required double Cost { get; init; }

    /// <summary>The arms, in their order; those that have no run yet are left out.</summary>
    public required ImmutableArray<ComparedArm> Arms { get; init; }

    /// <summary>Compares.</summary>
    /// <param name="experiment">What is asked.</param>
    /// <param name="runs">The runs so far. A seed that not every arm has run yet counts, but not in differences.</param>
    public static Comparison Of(Experiment experiment, IReadOnlyList<MeasuredRun> runs)
    {
        var cost = runs.Count == 0 ? 0 : runs.Min(run => run.Cost(experiment.At));
        string[] measures = [.. runs.SelectMany(run => run.Points).SelectMany(point => point.Values.Keys).Distinct().Order(StringComparer.Ordinal)];
        var first = runs.Where(run => run.Arm == experiment.Arms[0].Name).ToDictionary(run => run.Seed);
        return new()
        {
            At = experiment.At,
            Cost = cost,
            Arms =
            [
                .. from arm in experiment.Arms
                   let own = runs.Where(run => run.Arm == arm.Name).OrderBy(run => run.Seed).ToArray()
                   where own.Length > 0
                   select new ComparedArm(arm.Name, own.Length)
                   {
                       Measures = [.. measures.Select(measure => Compared(measure, own))],
                       Reached = experiment.Reach is { } goal ? Estimate.Of(own.Select(run => run.Until(experiment.At, goal.Measure, goal.Value))) : null,
                   },
            ],
        };

        ComparedMeasure Compared(string measure, MeasuredRun[] own)
        {
            double Value(MeasuredRun run) => run.At(experiment.At, cost, measure);
            var pairs = own.Where(run => first.ContainsKey(run.Seed)).Select(run => Value(run) - Value(first[run.Seed]));
            return new(measure, Estimate.Of(own.Select(Value)), own[0].Arm == experiment.Arms[0].Name ? null : Estimate.Of(pairs), [.. own.Select(Value)]);
        }
    }
}

/// <summary>One arm.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Seeds">How many of its runs there are.</param>
public sealed record ComparedArm(string Name, int Seeds)
{
    /// <summary>Its measures, in the order of their names.</summary>
    public required ImmutableArray<ComparedMeasure> Measures { get; init; }

    /// <summary>What it cost to reach the experiment's goal, over the seeds that did; null where there is no goal.</summary>
    public Estimate? Reached { get; init; }
}

/// <summary>One measure of an arm, at equal cost.</summary>
/// <param name="Name">The measure.</param>
/// <param name="Value">Its mean over seeds.</param>
/// <param name="Difference">Its mean difference to the first arm, seed by seed; null for that arm itself.</param>
/// <param name="Seeds">Its value with each seed, in order; NaN where it was not measured.</param>
public sealed record ComparedMeasure(string Name, Estimate Value, Estimate? Difference, ImmutableArray<double> Seeds);
