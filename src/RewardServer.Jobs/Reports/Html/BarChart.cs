namespace RewardServer.Jobs.Reports.Html;

/// <summary>A bar of a histogram.</summary>
/// <param name="Mark">What stands below it.</param>
/// <param name="Title">What it tells when it is pointed at.</param>
/// <param name="Up">Its height.</param>
/// <param name="Down">Its depth, of a second kind that hangs down; 0 where there is none.</param>
internal sealed record Bar(string Mark, string Title, double Up, double Down = 0);

/// <summary>Draws a histogram, or two back to back.</summary>
internal static class BarChart
{
    private const double Width = 460, Height = 250, Left = 46, Right = 14, Top = 12, Bottom = 40;
    private const double MarkWidth = 44;

    public static Markup Draw(string title, string axis, IReadOnlyList<Bar> bars, string upStyle, string downStyle)
    {
        var scale = Scale.Of(0, bars.Max(bar => bar.Up));
        var below = bars.Max(bar => bar.Down);
        var values = below > 0 ? Scale.Of(-Math.Max(below, scale.Step), Math.Max(scale.High, scale.Step)) : scale;
        var svg = Markup.Of($"<svg viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"{title}\">");
        foreach (var tick in values.Ticks)
        {
            var y = Y(values, tick);
            svg.Add($"<line class=\"{(Math.Abs(tick) < values.Step / 2 ? "zero" : "grid")}\" x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{y}\" y2=\"{y}\"/><text class=\"tick\" x=\"{Left - 6}\" y=\"{y + 4}\" text-anchor=\"end\">{Short(Math.Abs(tick))}</text>");
        }

        var step = (Width - Left - Right) / bars.Count;
        var every = (int)Math.Ceiling(MarkWidth / step);
        for (var i = 0; i < bars.Count; i++)
        {
            var (x, width) = (Left + i * step, Math.Min(step * 0.86, 60));
            var left = x + (step - width) / 2;
            Add(svg, upStyle, left, width, Y(values, bars[i].Up), Y(values, 0));
            Add(svg, downStyle, left, width, Y(values, 0), Y(values, -bars[i].Down));
            svg.Add($"<rect class=\"catch\" x=\"{x}\" y=\"{Top}\" width=\"{step}\" height=\"{Height - Top - Bottom}\"><title>{bars[i].Title}</title></rect>");
            if (i % every == 0)
            {
                svg.Add($"<text class=\"tick\" x=\"{x + step / 2}\" y=\"{Height - Bottom + 16}\" text-anchor=\"middle\">{bars[i].Mark}</text>");
            }
        }

        return svg.Add($"<text class=\"tick\" x=\"{(Left + Width - Right) / 2}\" y=\"{Height - 6}\" text-anchor=\"middle\">{axis}</text></svg>");
    }

    private static void Add(Markup svg, string style, double left, double width, double top, double bottom)
    {
        if (bottom > top)
        {
            // One that is not 0 is seen.
            svg.Add($"<rect class=\"bar {style}\" x=\"{left}\" y=\"{top}\" width=\"{width}\" height=\"{Math.Max(1, bottom - top)}\"/>");
        }
    }

    private static string Short(double count) => count >= 1_000_000 ? Figure.Plain(count / 1e6) + "M" : count >= 10_000 ? Figure.Plain(count / 1e3) + "k" : Figure.Plain(count);

    private static double Y(Scale values, double value) => Height - Bottom - values.Place(value) * (Height - Top - Bottom);
}
