using RewardServer.Symbolics.Expressions;

namespace RewardServer.Symbolics.Evaluation;

/// <summary>Where a formula is evaluated: the value that each variable takes.</summary>
internal delegate Rational SamplePoint(string variable);

/// <summary>
/// The values that variables take where formulas are compared: exact rationals that depend on the number of the point and on the name, and on
/// nothing else. Every third point has all of its values in one range, so that domains such as x &gt; 1 are met; the others mix ranges.
/// </summary>
internal static class SamplePoints
{
    /// <summary>How many points there are.</summary>
    public const int Count = 30;

    // One prime a point, so that nothing of a single period, such as sin(1009πx), vanishes at them all.
    private static readonly int[] Denominators =
    [
        1_009, 1_013, 1_019, 1_021, 1_031, 1_033, 1_039, 1_049, 1_051, 1_061, 1_063, 1_069, 1_087, 1_091, 1_093,
        1_097, 1_103, 1_109, 1_117, 1_123, 1_129, 1_151, 1_153, 1_163, 1_171, 1_181, 1_187, 1_193, 1_201, 1_213,
    ];

    // Low end, width, and whether only integers are taken.
    private static readonly (int Low, int Width, bool Integers)[] Ranges =
        [(0, 1, false), (1, 9, false), (-1, 1, false), (2, 12, true), (-10, 9, false), (10, 90, false)];

    public static SamplePoint At(int point) => variable => At(point, variable);

    public static Rational At(int point, string variable)
    {
        var hash = Mix((uint)point, variable);
        var range = Ranges[point % 3 == 0 ? point / 3 % Ranges.Length : (int)(hash % (uint)Ranges.Length)];
        var place = hash / 16;
        var denominator = Denominators[point % Denominators.Length];
        return range.Integers
            ? range.Low + (int)(place % (uint)range.Width)
            : Rational.Create(((long)range.Low * denominator) + 1 + (place % (((long)range.Width * denominator) - 1)), denominator);
    }

    // FNV-1a with a last stir: the same on every machine.
    private static uint Mix(uint seed, string text)
    {
        var hash = 2_166_136_261u ^ (seed * 2_654_435_761u);
        foreach (var character in text)
        {
            hash = (hash ^ character) * 16_777_619u;
        }

        hash = (hash ^ (hash >> 15)) * 2_246_822_519u;
        return hash ^ (hash >> 13);
    }
}
