namespace RewardServer.Jobs.Reports.Html;

/// <summary>Where values lie on an axis that begins and ends at round numbers.</summary>
/// <param name="Low">Its beginning.</param>
/// <param name="High">Its end, above.</param>
/// <param name="Step">From one mark to the next.</param>
internal readonly record struct Scale(double Low, double High, double Step)
{
    private const int Marks = 4;

    /// <summary>The marks.</summary>
    public IEnumerable<double> Ticks
    {
        get
        {
            var (low, step) = (Low, Step);
            return Enumerable.Range(0, (int)Math.Round((High - Low) / Step) + 1).Select(place => low + place * step);
        }
    }

    /// <summary>A scale that holds two values.</summary>
    public static Scale Of(double least, double most)
    {
        if (!(most > least))
        {
            (least, most) = (Math.Min(least, 0), Math.Max(most, least == 0 ? 1 : 0));
        }

        var step = Round((most - least) / Marks);
        return new(Math.Floor(least / step + 1e-9) * step, Math.Ceiling(most / step - 1e-9) * step, step);
    }

    /// <summary>0 at its beginning, 1 at its end; never beyond.</summary>
    public double Place(double value) => Math.Clamp((value - Low) / (High - Low), 0, 1);

    // 1, 2, 2.5 or 5 of a power of ten, not below.
    private static double Round(double step)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(step)));
        return (step / power) switch { <= 1 => 1, <= 2 => 2, <= 2.5 => 2.5, <= 5 => 5, _ => 10 } * power;
    }
}
