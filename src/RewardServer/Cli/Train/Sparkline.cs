namespace RewardServer.Cli.Train;

/// <summary>A curve in one line of text.</summary>
internal static class Sparkline
{
    private const string Levels = "▁▂▃▄▅▆▇█";

    /// <summary>Values from left to right, the least lowest; more than the width are drawn as means of neighbours. What is no number is a gap.</summary>
    public static string Of(IReadOnlyList<double> values, int width)
    {
        var drawn = values.Count <= width ? values : [.. Enumerable.Range(0, width).Select(place => Mean(values, place, width))];
        var finite = drawn.Where(double.IsFinite).ToArray();
        if (finite.Length == 0)
        {
            return "";
        }

        var (least, spread) = (finite.Min(), finite.Max() - finite.Min());
        return string.Concat(drawn.Select(value => !double.IsFinite(value) ? ' '
            : spread > 0 ? Levels[(int)Math.Min(Levels.Length - 1, (value - least) / spread * Levels.Length)]
            : Levels[0]));
    }

    private static double Mean(IReadOnlyList<double> values, int place, int width)
    {
        var (from, to) = ((int)((long)place * values.Count / width), (int)((long)(place + 1) * values.Count / width));
        return Enumerable.Range(from, to - from).Average(index => values[index]);
    }
}
