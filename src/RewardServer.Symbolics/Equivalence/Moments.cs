namespace RewardServer.Symbolics.Equivalence;

/// <summary>
/// Compares times of day and dates. Either side may leave out which half of the day it is, or the year; what both say must be the same.
/// </summary>
internal static class Moments
{
    private const int HalfDay = 720;

    public static bool AreEqual(Answer gold, Answer prediction)
    {
        if (gold is DateAnswer day && prediction is DateAnswer other)
        {
            return day.Month == other.Month && day.Day == other.Day && (day.Year is null || other.Year is null || day.Year == other.Year);
        }

        return ClockOf(gold) is { } a && ClockOf(prediction) is { } b
            && (a.HalfKnown && b.HalfKnown ? a.Minutes == b.Minutes : (a.Minutes - b.Minutes) % HalfDay == 0);
    }

    // "3:30" reads as a ratio and "5" as a number, and against a time of day they are one.
    private static ClockAnswer? ClockOf(Answer answer) => answer switch
    {
        ClockAnswer clock => clock,
        RatioAnswer { MayBeClock: true, Parts: [var hour, var minute] } when Integer(hour) is { } h && Integer(minute) is { } m
            => new((h * 60) + m, HalfKnown: h is 0 or > 12),
        ScalarAnswer { Unit: null } when Integer(answer) is >= 0 and < 24 and var hour => new(hour * 60, HalfKnown: hour is 0 or > 12),
        _ => null,
    };

    private static int? Integer(Answer answer) =>
        answer is ScalarAnswer { Value: { IsRational: true, Value: { IsInteger: true } value } } && value < 1_000 && value > -1 ? (int)value.Numerator : null;
}
