using System.Globalization;
using RewardServer.Jobs.Reports.Statistics;

namespace RewardServer.Cli.Report;

/// <summary>Figures as the terminal shows them.</summary>
internal static class ReportFigures
{
    private const string None = "–";

    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    public static string Percent(double share) => (100 * share).ToString("0.0", CultureInfo.InvariantCulture) + "%";

    public static string Percent(Interval? interval) => interval is null ? None : $"{Percent(interval.Mean)} {Range(interval, end => Soft($"{100 * end:0.0}"))}";

    public static string Number(Interval? interval) => interval is null ? None : $"{Number(interval.Mean)} {Range(interval, end => Soft($"{end:0.000}"))}";

    public static string Number(double number) => number.ToString(Math.Abs(number) >= 100 ? "N0" : Math.Abs(number) >= 10 ? "0.0" : "0.000", CultureInfo.InvariantCulture);

    public static string Points(Interval difference) => $"{Soft($"{100 * difference.Mean:+0.0;-0.0;0.0} points")} {Range(difference, end => Soft($"{100 * end:0.0}"))}";

    public static string Chance(double p) => p < 0.0001 ? "<0.0001" : p.ToString("0.0000", CultureInfo.InvariantCulture);

    public static string Share(double share) => share is > 0 and < 0.001 ? "<0.1%" : Percent(share);

    private static string Range(Interval interval, Func<double, string> words) => interval is { Low: { } low, High: { } high } ? $"[{words(low)}, {words(high)}]" : $"[{None}]";

    private static string Soft(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
