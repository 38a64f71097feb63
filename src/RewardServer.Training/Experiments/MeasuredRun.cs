using System.Collections.Immutable;

namespace RewardServer.Training.Experiments;

/// <summary>A run of an arm with a seed.</summary>
/// <param name="Arm">Name of the arm.</param>
/// <param name="Seed">The seed.</param>
/// <param name="Points">What was measured, in order.</param>
public sealed record MeasuredRun(string Arm, int Seed, ImmutableArray<MeasuredPoint> Points)
{
    /// <summary>What it cost.</summary>
    public double Cost(ExperimentAxis axis) => Points.Length > 0 ? Points[^1].Cost[axis] : 0;

    /// <summary>A measure after some cost: between two measurements, as far between them. NaN where it was not measured by then, or no more after.</summary>
    public double At(ExperimentAxis axis, double cost, string measure)
    {
        var points = Of(axis, measure);
        var after = points.FindIndex(point => point.Cost >= cost);
        return after < 0 || points.Count == 0 ? double.NaN
            : points[after].Cost == cost ? points.FindLast(point => point.Cost == cost).Value
            : after == 0 ? double.NaN
            : Between(points[after - 1], points[after], cost);
    }

    /// <summary>What it cost until a measure was as high as a value; NaN where it never was.</summary>
    public double Until(ExperimentAxis axis, string measure, double value)
    {
        var points = Of(axis, measure);
        var reached = points.FindIndex(point => point.Value >= value);
        if (reached <= 0)
        {
            return reached < 0 ? double.NaN : points[0].Cost;
        }

        var (before, after) = (points[reached - 1], points[reached]);
        return before.Cost + (after.Cost - before.Cost) * (value - before.Value) / (after.Value - before.Value);
    }

    private List<(double Cost, double Value)> Of(ExperimentAxis axis, string measure) =>
        [.. Points.Where(point => point.Values.ContainsKey(measure)).Select(point => (point.Cost[axis], point.Values[measure])).Where(point => double.IsFinite(point.Item2))];

    private static double Between((double Cost, double Value) before, (double Cost, double Value) after, double cost) =>
        before.Value + (after.Value - before.Value) * (cost - before.Cost) / (after.Cost - before.Cost);
}
