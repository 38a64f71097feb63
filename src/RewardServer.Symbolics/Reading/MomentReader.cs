using System.Collections.Frozen;
using System.Globalization;
using RewardServer.Symbolics.Expressions;

namespace RewardServer.Symbolics.Reading;

/// <summary>
/// Reads an answer that is a time of day (<c>3:30 PM</c>, <c>5 p.m.</c>, <c>17:00</c>) or a date (<c>March 5, 2020</c>, <c>5th of March</c>,
/// <c>2020-03-05</c>). Dates in slashes are fractions, for nobody can tell their order.
/// </summary>
internal static class MomentReader
{
    private const int LongestMoment = 14;

    private static readonly FrozenDictionary<string, int> Months = new[]
    {
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
    }.SelectMany((name, i) => new[] { (name, i), (name[..3], i) }).DistinctBy(n => n.Item1).Append(("sept", 8))
        .ToFrozenDictionary(n => n.Item1, n => n.Item2 + 1);

    private static readonly FrozenSet<string> Weekdays = new[]
    {
        "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "the", "of", "on", "at",
    }.ToFrozenSet();

    /// <summary>The moment; null where the answer is none.</summary>
    public static Expression? Read(List<Token> tokens)
    {
        if (tokens.Count > LongestMoment || !tokens.Exists(t => t.Kind == TokenKind.Number || (t.Kind == TokenKind.Text && t.Text.Any(char.IsAsciiDigit))))
        {
            return null;
        }

        var parts = tokens.SkipLast(1).SelectMany(Parts).ToList();
        return (Expression?)ReadClock(parts) ?? ReadDate([.. parts.Where(p => p != "," && p != "." && !Weekdays.Contains(p))]);
    }

    private static IEnumerable<string> Parts(Token token) => token.Kind switch
    {
        TokenKind.Text or TokenKind.Letters => token.Text.ToLowerInvariant().Split([' ', ','], StringSplitOptions.RemoveEmptyEntries),
        TokenKind.Number or TokenKind.Mark => [token.Text],
        _ => ["?"],
    };

    private static Clock? ReadClock(List<string> parts)
    {
        var (hour, minute, rest) = parts switch
        {
            [var h, ":", var m, .. var after] when m.Length == 2 => (Number(h), Number(m), after),
            [var h, .. var after] => (Number(h), 0, after),
            _ => (-1, -1, parts),
        };
        if (hour is < 0 or > 23 || minute is < 0 or > 59)
        {
            return null;
        }

        var half = string.Concat(rest).Replace(".", string.Empty, StringComparison.Ordinal);
        return half is "am" or "pm" && hour is >= 1 and <= 12 ? new Clock((hour % 12 * 60) + minute + (half == "pm" ? 720 : 0), HalfKnown: true)
            : half.Length == 0 && parts is [_, ":", ['0', _]] ? new Clock((hour * 60) + minute, HalfKnown: hour is 0 or > 12)
            : null;
    }

    private static Date? ReadDate(List<string> parts) => parts switch
    {
        [var m, var d] when Month(m) > 0 => DateOf(null, m, d),
        [var d, var m] when Month(m) > 0 => DateOf(null, m, d),
        [var m, var d, var y] when Month(m) > 0 => DateOf(y, m, d),
        [var d, var m, var y] when Month(m) > 0 => DateOf(y, m, d),
        [{ Length: 4 } y, "-", { Length: 2 } m, "-", { Length: 2 } d] when Number(m) is > 0 and <= 12 => Checked(Number(y), Number(m), Number(d)),
        _ => null,
    };

    private static Date? DateOf(string? year, string month, string day) =>
        year is { Length: not 4 } ? null : Checked(year is null ? null : Number(year), Month(month), Number(day));

    private static Date? Checked(int? year, int month, int day) =>
        year is null or > 0 && day >= 1 && day <= DateTime.DaysInMonth(year ?? 2000, month) ? new Date(year, month, day) : null;

    /// <summary>Whether the word is a month's name or its abbreviation, in lower case.</summary>
    public static bool IsMonth(string word) => Months.ContainsKey(word);

    private static int Month(string word) => Months.GetValueOrDefault(word.TrimEnd('.'));

    private static int Number(string digits) =>
        digits.Length <= 4 && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : -1;
}
