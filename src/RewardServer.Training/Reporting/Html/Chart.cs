using System.Collections.Immutable;
using System.Globalization;

namespace RewardServer.Training.Reporting.Html;

/// <summary>Curves over the steps of a run, or over what else it cost.</summary>
/// <param name="Title">What they are of.</param>
/// <param name="Note">What that means, in a sentence.</param>
/// <param name="Words">How a value is written.</param>
/// <param name="Curves">The curves; those without points are left out.</param>
internal sealed record Chart(string Title, string Note, Func<double, string> Words, params ImmutableArray<Curve> Curves)
{
    /// <summary>How a place on the axis below is written.</summary>
    public Func<double, string> Places { get; init; } = place => place.ToString("0", CultureInfo.InvariantCulture);

    /// <summary>What stands there, in a word.</summary>
    public string Across { get; init; } = "step";
}

/// <summary>One curve.</summary>
/// <param name="Name">What it is called in the legend.</param>
/// <param name="Points">Its points, by rising steps. Values that are no numbers are gaps.</param>
internal sealed record Curve(string Name, ImmutableArray<CurvePoint> Points)
{
    /// <summary>Between which values it lies, point by point; none where that is not known.</summary>
    public ImmutableArray<(double Low, double High)> Band { get; init; } = [];

    /// <summary>The last value that is a number; null where there is none.</summary>
    public double? Last => Points.Where(point => double.IsFinite(point.Value)).Select(point => (double?)point.Value).LastOrDefault();

    /// <summary>The curve in at most so many points: means of neighbours.</summary>
    public Curve Thinned(int most)
    {
        var size = (Points.Length + most - 1) / most;
        return size <= 1 ? this : this with
        {
            Points = [.. Points.Chunk(size).Select(chunk => new CurvePoint(chunk[^1].Step, chunk.Average(point => point.Value)))],
        };
    }
}

/// <summary>A point of a curve.</summary>
/// <param name="Step">After which step, or what it cost until then.</param>
/// <param name="Value">What was measured.</param>
internal readonly record struct CurvePoint(double Step, double Value);
