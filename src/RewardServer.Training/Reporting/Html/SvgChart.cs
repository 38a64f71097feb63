using System.Globalization;
using System.Text;

namespace RewardServer.Training.Reporting.Html;

/// <summary>Draws curves as SVG. Colours come from the page's style, so that they follow light and dark.</summary>
internal static class SvgChart
{
    /// <summary>How many colours the style has; curves beyond begin anew, dashed.</summary>
    public const int Colours = 8;

    private const int Width = 560;
    private const int Height = 240;
    private const int Left = 52;
    private const int Right = 12;
    private const int Top = 10;
    private const int Bottom = 24;
    private const int MostPoints = 280;
    private const int MostDots = 60;

    /// <summary>The picture of a chart; null where no curve has a point.</summary>
    public static string? Draw(Chart chart)
    {
        var curves = chart.Curves.Select(curve => curve.Thinned(MostPoints)).ToArray();
        var points = curves.SelectMany(curve => curve.Points).Where(point => double.IsFinite(point.Value)).ToArray();
        if (points.Length == 0)
        {
            return null;
        }

        var steps = Axis.OfSteps(points.Min(point => point.Step), points.Max(point => point.Step));
        var ends = curves.SelectMany(curve => curve.Band).SelectMany(band => new[] { band.Low, band.High }).Concat(points.Select(point => point.Value)).Where(double.IsFinite).ToArray();
        var values = Axis.OfValues(ends.Min(), ends.Max());
        var svg = new StringBuilder();
        svg.Append(Invariant($"<svg viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"{HtmlText.Escape(chart.Title)}\">"));
        Grid(svg, steps, values, chart);
        for (var index = 0; index < curves.Length; index++)
        {
            DrawBand(svg, curves[index], Style(index), steps, values);
        }

        for (var index = 0; index < curves.Length; index++)
        {
            Draw(svg, curves[index], Style(index), steps, values, chart);
        }

        return svg.Append("</svg>").ToString();
    }

    /// <summary>The style of a curve by its place.</summary>
    public static string Style(int index) => $"c{index % Colours}{(index / Colours % 2 == 1 ? " dashed" : "")}";

    private static void Grid(StringBuilder svg, Axis steps, Axis values, Chart chart)
    {
        foreach (var value in values.Ticks)
        {
            var y = Y(values, value);
            svg.Append(Invariant($"<line class=\"grid\" x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{y:0.#}\" y2=\"{y:0.#}\"/>"));
            svg.Append(Invariant($"<text class=\"tick\" x=\"{Left - 6}\" y=\"{y + 4:0.#}\" text-anchor=\"end\">{HtmlText.Escape(chart.Words(value))}</text>"));
        }

        foreach (var step in steps.Ticks)
        {
            svg.Append(Invariant($"<text class=\"tick\" x=\"{X(steps, step):0.#}\" y=\"{Height - 6}\" text-anchor=\"middle\">{HtmlText.Escape(chart.Places(step))}</text>"));
        }
    }

    private static void DrawBand(StringBuilder svg, Curve curve, string style, Axis steps, Axis values)
    {
        // The means of neighbours have no band.
        if (curve.Band.Length != curve.Points.Length || curve.Band.All(band => !double.IsFinite(band.Low)))
        {
            return;
        }

        var sides = curve.Points.Zip(curve.Band).Where(pair => double.IsFinite(pair.Second.Low)).ToArray();
        var places = sides.Select(pair => (pair.First.Step, pair.Second.High)).Concat(sides.Reverse().Select(pair => (pair.First.Step, pair.Second.Low)))
            .Select(corner => Invariant($"{X(steps, corner.Item1):0.#},{Y(values, corner.Item2):0.#}"));
        svg.Append($"<polygon class=\"band {style}\" points=\"{string.Join(' ', places)}\"/>");
    }

    private static void Draw(StringBuilder svg, Curve curve, string style, Axis steps, Axis values, Chart chart)
    {
        foreach (var part in Parts(curve))
        {
            var places = part.Select(point => Invariant($"{X(steps, point.Step):0.#},{Y(values, point.Value):0.#}"));
            svg.Append($"<polyline class=\"curve {style}\" points=\"{string.Join(' ', places)}\"/>");
        }

        // What is pointed at tells its value; where there are many, the dots are there all the same, unseen.
        var dots = curve.Points.Length <= MostDots ? "dot" : "dot unseen";
        foreach (var point in curve.Points.Where(point => double.IsFinite(point.Value)))
        {
            svg.Append(Invariant($"<circle class=\"{dots} {style}\" cx=\"{X(steps, point.Step):0.#}\" cy=\"{Y(values, point.Value):0.#}\" r=\"2.5\">"));
            svg.Append($"<title>{HtmlText.Escape($"{curve.Name}, {chart.Across} {chart.Places(point.Step)}: {chart.Words(point.Value)}")}</title></circle>");
        }
    }

    private static IEnumerable<List<CurvePoint>> Parts(Curve curve)
    {
        var part = new List<CurvePoint>();
        foreach (var point in curve.Points)
        {
            if (double.IsFinite(point.Value))
            {
                part.Add(point);
            }
            else if (part.Count > 0)
            {
                yield return part;
                part = [];
            }
        }

        if (part.Count > 0)
        {
            yield return part;
        }
    }

    private static double X(Axis steps, double step) => Left + steps.Place(step) * (Width - Left - Right);

    private static double Y(Axis values, double value) => Height - Bottom - values.Place(value) * (Height - Top - Bottom);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
