namespace RewardServer.Jobs.Reports.Html;

/// <summary>Draws problems by the share that is right in two runs: the larger a circle, the more problems.</summary>
internal static class ShareChart
{
    private const double Width = 460, Height = 300, Left = 72, Right = 24, Top = 22, Bottom = 50, Largest = 13;

    public static Markup Draw(string title, IReadOnlyList<SharePair> pairs, string first, string second)
    {
        var most = pairs.Max(pair => pair.Problems);
        var svg = Markup.Of($"<svg viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"{title}\">");
        foreach (var tick in (double[])[0, 0.25, 0.5, 0.75, 1])
        {
            svg.Add($"<line class=\"grid\" x1=\"{X(0)}\" x2=\"{X(1)}\" y1=\"{Y(tick)}\" y2=\"{Y(tick)}\"/><line class=\"grid\" x1=\"{X(tick)}\" x2=\"{X(tick)}\" y1=\"{Y(0)}\" y2=\"{Y(1)}\"/>");
            svg.Add($"<text class=\"tick\" x=\"{Left - 18}\" y=\"{Y(tick) + 4}\" text-anchor=\"end\">{100 * tick}%</text><text class=\"tick\" x=\"{X(tick)}\" y=\"{Height - Bottom + 28}\" text-anchor=\"middle\">{100 * tick}%</text>");
        }

        svg.Add($"<line class=\"zero\" x1=\"{X(0)}\" y1=\"{Y(0)}\" x2=\"{X(1)}\" y2=\"{Y(1)}\"/>");
        foreach (var pair in pairs)
        {
            var style = pair.Second > pair.First ? "right" : pair.Second < pair.First ? "wrong" : "skipped";
            svg.Add($"<circle class=\"bubble {style}\" cx=\"{X(pair.First)}\" cy=\"{Y(pair.Second)}\" r=\"{Math.Max(2.5, Largest * Math.Sqrt((double)pair.Problems / most))}\"><title>{Figure.Count(pair.Problems)} problems: {100 * pair.First}% right in {first}, {100 * pair.Second}% in {second}</title></circle>");
        }

        return svg.Add($"<text class=\"tick\" x=\"{X(0.5)}\" y=\"{Height - 4}\" text-anchor=\"middle\">right in {first}</text><text class=\"tick\" x=\"12\" y=\"{Y(0.5)}\" text-anchor=\"middle\" transform=\"rotate(-90 12 {Y(0.5)})\">right in {second}</text></svg>");
    }

    private static double X(double share) => Left + share * (Width - Left - Right);

    private static double Y(double share) => Height - Bottom - share * (Height - Top - Bottom);
}
