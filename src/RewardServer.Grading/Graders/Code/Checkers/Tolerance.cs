using System.Globalization;

namespace RewardServer.Grading.Graders.Code.Checkers;

/// <summary>By how much a written number may differ from the expected one: within either will do.</summary>
/// <param name="Absolute">As a distance.</param>
/// <param name="Relative">As a share of the expected number's absolute value.</param>
internal readonly record struct Tolerance(double Absolute, double Relative)
{
    // So many characters without an exponent are exact as a decimal.
    private const int ExactLength = 20;
    private const double LargestExact = 1e6;

    /// <summary>Whether there is any.</summary>
    public bool IsSome => Absolute > 0 || Relative > 0;

    /// <summary>Whether both are finite numbers and near enough to each other.</summary>
    public bool Holds(ReadOnlySpan<char> expected, ReadOnlySpan<char> given)
    {
        if (!WrittenNumber.TryRead(expected, out var want) || !WrittenNumber.TryRead(given, out var have))
        {
            return false;
        }

        if (IsExact(expected) && IsExact(given) && Math.Max(Absolute, Relative) <= LargestExact)
        {
            return HoldsExactly(Decimal(expected), Decimal(given));
        }

        // Doubles of long integers can be equal where the integers are not.
        var distance = WrittenNumber.Distance(expected, given) is { } exact ? (double)exact : Math.Abs(want - have);
        return distance <= Absolute || distance <= Relative * Math.Abs(want);
    }

    // 1.1 is within 0.1 of 1, which doubles would deny.
    private bool HoldsExactly(decimal want, decimal have)
    {
        var distance = Math.Abs(want - have);
        return distance <= (decimal)Absolute || distance <= (decimal)Relative * Math.Abs(want);
    }

    private static bool IsExact(ReadOnlySpan<char> text) => text.Length <= ExactLength && !text.ContainsAny('e', 'E');

    private static decimal Decimal(ReadOnlySpan<char> text) => decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
}
