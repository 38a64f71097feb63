using System.Collections.Immutable;

namespace RewardServer.Grading.Graders.Efficiency.Growth;

/// <summary>
/// Fits growth to times by least squares of their logarithms, for what disturbs a time does it in proportion. The class is
/// the likeliest by the Bayesian information criterion (Schwarz 1978).
/// </summary>
public static class GrowthFit
{
    /// <summary>The fewest sizes that tell anything.</summary>
    public const int FewestSizes = 4;

    // Less likely than that is not clear.
    private const double Clear = 0.95;

    // A class from which times lie further off than that, in the mean of squares of their logarithms, is none of theirs.
    private const double WidestMisfit = 0.15;

    // Measured times scatter by about so much: a fit that is truer than that is no better for it.
    private const double Scatter = 0.03;

    // Two-sided 95% of Student's t, from 1 degree of freedom on.
    private static readonly double[] Student = [12.71, 4.30, 3.18, 2.78, 2.57, 2.45, 2.36, 2.31, 2.26, 2.23, 2.20, 2.18, 2.16, 2.14, 2.13];

    private static readonly (string Name, Func<double, double> LogOf)[] Classes =
    [
        ("1", _ => 0),
        ("log n", size => Math.Log(Math.Log(size + 1))),
        ("n", Math.Log),
        ("n log n", size => Math.Log(size) + Math.Log(Math.Log(size + 1))),
        ("n^2", size => 2 * Math.Log(size)),
        ("n^3", size => 3 * Math.Log(size)),
    ];

    /// <summary>Fits all.</summary>
    /// <param name="sizes">Times above 0, of different sizes.</param>
    public static MeasuredGrowth Of(ImmutableArray<TimeOfSize> sizes)
    {
        if (sizes.Length < FewestSizes)
        {
            return MeasuredGrowth.Unknown(sizes);
        }

        double[] times = [.. sizes.Select(one => Math.Log(one.Seconds))];
        var power = Line.Through([.. sizes.Select(one => Math.Log(one.Size))], times);
        var exponential = Line.Through([.. sizes.Select(one => (double)one.Size)], times);
        var margin = Student[Math.Min(sizes.Length - 2, Student.Length) - 1] * power.SlopeError;

        var criteria = Classes
            .Select(one => (one.Name, Squares: SquaresAround(times.Select((time, i) => time - one.LogOf(sizes[i].Size)).ToArray()), Parameters: 1))
            .Append((Name: "2^n", Squares: exponential.Slope > 0 ? exponential.Squares : double.PositiveInfinity, Parameters: 2))
            .Select(one => (one.Name, one.Squares, Criterion: Criterion(one.Squares, sizes.Length, one.Parameters)))
            .OrderBy(one => one.Criterion)
            .ToList();
        var fits = Math.Sqrt(criteria[0].Squares / sizes.Length) <= WidestMisfit;
        var confidence = 1 / criteria.Sum(one => Math.Exp((criteria[0].Criterion - one.Criterion) / 2));
        return new(
            fits && confidence >= Clear ? criteria[0].Name : "not clear", confidence, power.Slope, power.Slope - margin, power.Slope + margin, sizes);
    }

    private static double SquaresAround(double[] residuals)
    {
        var mean = residuals.Average();
        return residuals.Sum(residual => (residual - mean) * (residual - mean));
    }

    private static double Criterion(double squares, int count, int parameters) =>
        (count * Math.Log((squares / count) + (Scatter * Scatter))) + (parameters * Math.Log(count));

    private readonly record struct Line(double Slope, double SlopeError, double Squares)
    {
        public static Line Through(double[] x, double[] y)
        {
            var (meanX, meanY) = (x.Average(), y.Average());
            var spread = x.Sum(value => (value - meanX) * (value - meanX));
            var slope = x.Zip(y, (a, b) => (a - meanX) * (b - meanY)).Sum() / spread;
            var squares = x.Zip(y, (a, b) => b - meanY - (slope * (a - meanX))).Sum(residual => residual * residual);
            return new(slope, Math.Sqrt(squares / (x.Length - 2) / spread), squares);
        }
    }
}
