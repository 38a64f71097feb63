namespace RewardServer.Training.Reporting.Html;

/// <summary>An axis: its ends, and round numbers between them.</summary>
/// <param name="Low">The value at its beginning.</param>
/// <param name="High">The value at its end; above <paramref name="Low"/>.</param>
/// <param name="Between">From one mark to the next.</param>
internal readonly record struct Axis(double Low, double High, double Between)
{
    private const int Marks = 5;

    /// <summary>The marks.</summary>
    public IEnumerable<double> Ticks
    {
        get
        {
            var (between, first) = (Between, Math.Ceiling(Low / Between - 1e-9));
            return Enumerable.Range(0, (int)(Math.Floor(High / Between + 1e-9) - first) + 1).Select(place => (first + place) * between);
        }
    }

    /// <summary>An axis of values: it begins and ends at marks, and at 0 where that is near.</summary>
    public static Axis OfValues(double least, double most)
    {
        var low = least >= 0 && least < most * 0.6 ? 0 : least;
        var spread = most - low;
        if (spread <= Math.Abs(most) * 1e-9)
        {
            // A flat curve lies in the middle.
            var room = most == 0 ? 1 : Math.Abs(most) / 2;
            (low, most, spread) = (low - room, most + room, 2 * room);
        }

        var between = Round(spread / Marks);
        return new(Math.Floor(low / between + 1e-9) * between, Math.Ceiling(most / between - 1e-9) * between, between);
    }

    /// <summary>An axis of steps.</summary>
    public static Axis OfSteps(double first, double last) => new(first, Math.Max(last, first + 1), Math.Max(1, Round((last - first) / Marks)));

    /// <summary>Where a value lies: 0 at the beginning, 1 at the end.</summary>
    public double Place(double value) => (value - Low) / (High - Low);

    // 1, 2 or 5 of a power of ten, not below.
    private static double Round(double between)
    {
        if (between <= 0)
        {
            return 1;
        }

        var power = Math.Pow(10, Math.Floor(Math.Log10(between)));
        return (between / power) switch { <= 1 => 1, <= 2 => 2, <= 5 => 5, _ => 10 } * power;
    }
}
