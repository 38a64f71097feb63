using RewardServer.Sandboxing.Runs;

namespace RewardServer.Grading.Graders.Efficiency;

/// <summary>
/// What a ratio of times earns: 1 up to <see cref="EfficiencyOptions.Fast"/>, 0 from <see cref="EfficiencyOptions.Slow"/>
/// on, and between them in proportion to its logarithm, so that each doubling of the speed counts the same.
/// </summary>
public static class EfficiencyScore
{
    // Where the interval is as narrow as that, more rounds would hardly change what is earned.
    private const double NarrowEnough = 0.05;

    /// <summary>For a ratio that is known.</summary>
    public static double Of(double ratio, EfficiencyOptions options) =>
        Math.Clamp(Math.Log(options.Slow / ratio) / Math.Log(options.Slow / options.Fast), 0, 1);

    /// <summary>For a ratio that was measured: only what is certain is earned, and nothing where that is less than what is not.</summary>
    public static (double Score, string Reason) Of(Measurement measured, EfficiencyOptions options)
    {
        var (certain, possible) = (Of(measured.High, options), Of(measured.Low, options));
        return certain == 1 ? (1, "the program is as fast as asked for")
            : possible == 0 ? (0, "the program is too slow to earn anything")
            : possible - certain > certain ? (0, "the interval of the ratio is wider than the effect")
            : (certain, "the program is between slow and fast");
    }

    /// <summary>Whether more rounds could change much.</summary>
    public static bool IsClear(Measurement measured, EfficiencyOptions options) =>
        Of(measured.Low, options) - Of(measured.High, options) <= NarrowEnough;
}
