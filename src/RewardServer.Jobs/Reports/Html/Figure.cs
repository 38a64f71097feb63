using System.Globalization;
using RewardServer.Jobs.Reports.Statistics;

namespace RewardServer.Jobs.Reports.Html;

/// <summary>Figures as people read them.</summary>
internal static class Figure
{
    private const string None = "–";

    public static string Count(double count) => count.ToString("#,0", CultureInfo.InvariantCulture);

    public static string Percent(double share) => Fixed(100 * share, "0.0") + "%";

    public static string Share(double share) => share is > 0 and < 0.001 ? "<0.1%" : Percent(share);

    public static string Percents(Interval interval) => interval is { Low: { } low, High: { } high } ? $"{Fixed(100 * low, "0.0")} to {Percent(high)}" : None;

    public static string Points(double difference) => Fixed(100 * difference, "+0.0;−0.0;0.0");

    public static string Plain(double number) => Math.Abs(number) switch
    {
        0 => "0",
        < 0.001 or >= 1e15 => Fixed(number, "0.##e0"),
        < 0.1 => Fixed(number, "0.####"),
        < 10 => Fixed(number, "0.###"),
        < 1000 => Fixed(number, "0.#"),
        _ => Fixed(number, "#,0"),
    };

    /// <summary>Beside others of its kind: with as many digits after the point.</summary>
    public static string Mean(double number) => Math.Abs(number) is 0 or (>= 0.001 and < 10) ? Fixed(number, "0.000") : Plain(number);

    public static string Signed(double number) => (number > 0 ? "+" : "") + Mean(number).Replace('-', '−');

    public static string Range(Interval interval) => Range(interval, Mean);

    /// <summary>An interval in words of one's own; a dash where there is none.</summary>
    public static string Range(Interval interval, Func<double, string> words) => interval is { Low: { } low, High: { } high } ? $"{words(low)} to {words(high)}" : None;

    /// <summary>A chance of a test.</summary>
    public static string Chance(double p) => p < 0.0001 ? "<0.0001" : Fixed(p, p < 0.1 ? "0.0000" : "0.000");

    private static string Fixed(double number, string format) => number.ToString(format, CultureInfo.InvariantCulture);
}
