using System.Buffers;
using System.Globalization;

namespace RewardServer.Compatibility.SandboxFusion.Submit;

/// <summary>
/// When a printed output is the expected one, as SandboxFusion has it: line by line, without the white space around each and without the case of
/// letters, and a line that is a number may be another writing of it. Where the expected number has a point or an exponent it may differ by
/// a share of 0.00001; unlike there, an integer must be met exactly, or 1000001 would do for 1000000.
/// </summary>
internal static class PrintedLines
{
    private const double Share = 1e-5, Least = 1e-10;
    private const int LongestNumber = 400;
    private static readonly SearchValues<char> OfNumbers = SearchValues.Create("0123456789+-.eE");
    private const NumberStyles Decimal = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    /// <summary>Whether they are the same.</summary>
    /// <param name="expected">What is to be printed.</param>
    /// <param name="printed">What was.</param>
    public static bool Same(string expected, string printed)
    {
        var wanted = expected.AsSpan().Trim();
        var given = printed.AsSpan().Trim();
        if (wanted.Count('\n') != given.Count('\n'))
        {
            return false;
        }

        while (true)
        {
            if (!SameLine(First(ref wanted, out var more), First(ref given, out _)))
            {
                return false;
            }

            if (!more)
            {
                return true;
            }
        }
    }

    private static ReadOnlySpan<char> First(ref ReadOnlySpan<char> rest, out bool more)
    {
        var end = rest.IndexOf('\n');
        more = end >= 0;
        var line = more ? rest[..end] : rest;
        rest = more ? rest[(end + 1)..] : [];
        return line.Trim();
    }

    private static bool SameLine(ReadOnlySpan<char> wanted, ReadOnlySpan<char> given) =>
        wanted.Equals(given, StringComparison.OrdinalIgnoreCase)
        || (TryRead(wanted, out var want) && TryRead(given, out var have) && (IsInteger(wanted) ? SameInteger(wanted, given) : Math.Abs(have - want) < Share * Math.Max(Math.Abs(want), Least)));

    private static bool TryRead(ReadOnlySpan<char> text, out double value)
    {
        value = 0;
        return text.Length is > 0 and <= LongestNumber && !text.ContainsAnyExcept(OfNumbers)
            && double.TryParse(text, Decimal, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);
    }

    private static bool IsInteger(ReadOnlySpan<char> text) => !text.ContainsAny('.', 'e', 'E');

    // Such as 5.0 for 5. What no decimal holds is one of the two only as it is written.
    private static bool SameInteger(ReadOnlySpan<char> wanted, ReadOnlySpan<char> given) =>
        decimal.TryParse(wanted, Decimal, CultureInfo.InvariantCulture, out var want)
        && decimal.TryParse(given, Decimal, CultureInfo.InvariantCulture, out var have)
        && want == have;
}
