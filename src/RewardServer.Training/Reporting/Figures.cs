using System.Globalization;

namespace RewardServer.Training.Reporting;

/// <summary>Figures as people read them; the same in every culture.</summary>
public static class Figures
{
    private static readonly string[] Powers = ["", "k", "M", "G", "T", "P", "E"];

    /// <summary>With three digits or so: 0.0012, 0.53, 12.3, 14,200.</summary>
    public static string Plain(double value) => Math.Abs(value) switch
    {
        double.NaN or double.PositiveInfinity => value.ToString(CultureInfo.InvariantCulture),
        0 => "0",
        < 1e-4 or >= 1e15 => value.ToString("0.##e0", CultureInfo.InvariantCulture),
        < 0.1 => value.ToString("0.0###", CultureInfo.InvariantCulture),
        < 10 => value.ToString("0.0#", CultureInfo.InvariantCulture),
        < 1000 => value.ToString("0.#", CultureInfo.InvariantCulture),
        _ => value.ToString("#,0", CultureInfo.InvariantCulture),
    };

    /// <summary>A share in hundredths: 45.3%.</summary>
    public static string Share(double share) =>
        double.IsFinite(share) ? (share * 100).ToString("0.#", CultureInfo.InvariantCulture) + "%" : Plain(share);

    /// <summary>With the thousands as a letter: 12.3 G.</summary>
    public static string Scaled(double value)
    {
        if (!double.IsFinite(value))
        {
            return Plain(value);
        }

        var power = value == 0 ? 0 : Math.Clamp((int)Math.Floor(Math.Log10(Math.Abs(value)) / 3), 0, Powers.Length - 1);
        return $"{(value / Math.Pow(1000, power)).ToString("0.##", CultureInfo.InvariantCulture)} {Powers[power]}";
    }

    /// <summary>How much a second: 0 where it took no time.</summary>
    public static double Rate(double amount, double seconds) => seconds > 0 ? amount / seconds : 0;

    /// <summary>A time: 8s, 3m 12s, 1h 05m.</summary>
    public static string Time(double seconds)
    {
        if (!double.IsFinite(seconds) || Math.Abs(seconds) > 1e9)
        {
            return Plain(seconds);
        }

        var time = TimeSpan.FromSeconds(Math.Round(seconds));
        return time.TotalHours >= 1 ? $"{(int)time.TotalHours}h {time.Minutes:00}m" : time.Minutes > 0 ? $"{time.Minutes}m {time.Seconds:00}s" : $"{time.Seconds}s";
    }
}
