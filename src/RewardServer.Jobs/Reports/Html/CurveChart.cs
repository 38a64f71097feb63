using RewardServer.Jobs.Reports.Statistics;

namespace RewardServer.Jobs.Reports.Html;

/// <summary>A curve over k.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Style">Its colour, by the name of its style.</param>
/// <param name="Points">Its points, by k.</param>
internal sealed record Curve(string Name, string Style, IReadOnlyList<(int K, Interval Value)> Points);

/// <summary>How values are written.</summary>
/// <param name="Value">Beside others, as of a point.</param>
/// <param name="Tick">At an axis.</param>
internal sealed record Wording(Func<double, string> Value, Func<double, string> Tick)
{
    public static Wording Share { get; } = new(Figure.Percent, share => Figure.Plain(100 * share) + "%");

    public static Wording Number { get; } = new(Figure.Mean, Figure.Plain);
}

/// <summary>Draws curves over k with their intervals; k doubles from mark to mark.</summary>
internal static class CurveChart
{
    private const double Width = 460, Height = 250, Left = 46, Right = 14, Top = 12, Bottom = 40;

    public static Markup Draw(string title, IReadOnlyList<Curve> curves, Scale values, Wording words)
    {
        var ks = curves.SelectMany(curve => curve.Points).Select(point => point.K).Distinct().Order().ToArray();
        var svg = Markup.Of($"<svg viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"{title}\">");
        foreach (var tick in values.Ticks)
        {
            var y = Y(values, tick);
            svg.Add($"<line class=\"grid\" x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{y}\" y2=\"{y}\"/><text class=\"tick\" x=\"{Left - 6}\" y=\"{y + 4}\" text-anchor=\"end\">{words.Tick(tick)}</text>");
        }

        foreach (var k in ks.Where((k, place) => IsMarked(ks, k, place)))
        {
            svg.Add($"<text class=\"tick\" x=\"{X(ks, k)}\" y=\"{Height - Bottom + 16}\" text-anchor=\"middle\">{Figure.Count(k)}</text>");
        }

        svg.Add($"<text class=\"tick\" x=\"{(Left + Width - Right) / 2}\" y=\"{Height - 6}\" text-anchor=\"middle\">k, completions of a problem</text>");
        foreach (var curve in curves)
        {
            Draw(svg, curve, ks, values, words);
        }

        return svg.Add($"</svg>");
    }

    private static void Draw(Markup svg, Curve curve, int[] ks, Scale values, Wording words)
    {
        var high = curve.Points.Select(point => Place(ks, values, point.K, point.Value.High ?? point.Value.Mean));
        var low = curve.Points.Reverse().Select(point => Place(ks, values, point.K, point.Value.Low ?? point.Value.Mean));
        svg.Add($"<polygon class=\"band {curve.Style}\" points=\"{string.Join(' ', high.Concat(low))}\"/>");
        svg.Add($"<polyline class=\"curve {curve.Style}\" points=\"{string.Join(' ', curve.Points.Select(point => Place(ks, values, point.K, point.Value.Mean)))}\"/>");
        foreach (var (k, value) in curve.Points)
        {
            svg.Add($"<circle class=\"dot {curve.Style}\" cx=\"{X(ks, k)}\" cy=\"{Y(values, value.Mean)}\" r=\"3\"><title>{curve.Name}, k = {k}: {words.Value(value.Mean)}, 95% interval {Figure.Range(value, words.Value)}</title></circle>");
        }
    }

    // Marks must not run into one another: the last stands, and others where there is room before the next.
    private static bool IsMarked(int[] ks, int k, int place) => place == ks.Length - 1 || (X(ks, ks[place + 1]) - X(ks, k) > 20 && X(ks, ks[^1]) - X(ks, k) > 28);

    private static string Place(int[] ks, Scale values, int k, double value) => FormattableString.Invariant($"{X(ks, k):0.#},{Y(values, value):0.#}");

    private static double X(int[] ks, int k) => Left + (ks.Length == 1 ? 0.5 : Math.Log((double)k / ks[0]) / Math.Log((double)ks[^1] / ks[0])) * (Width - Left - Right);

    private static double Y(Scale values, double value) => Height - Bottom - values.Place(value) * (Height - Top - Bottom);
}
