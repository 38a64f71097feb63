using System.Globalization;
using System.Numerics;

namespace RewardServer.Grading.Graders.Code.Checkers;

/// <summary>
/// Numbers as programs write them: decimal digits with a point and an exponent. What other languages or libraries would
/// read as a number (nan, 0x1p3, 1_0, digits of other scripts) is none, and nothing is read whose value is not finite.
/// </summary>
internal static class WrittenNumber
{
    // Far more digits than any type of a language prints; what is longer is not read, so that no time goes into it.
    private const int Longest = 1000;

    /// <summary>The value of a finite number, rounded to the nearest double.</summary>
    public static bool TryRead(ReadOnlySpan<char> text, out double value)
    {
        value = 0;
        return text.Length <= Longest && IsDecimal(text)
            && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);
    }

    /// <summary>Whether a text looks like a number to some reader of numbers, and is not one that <see cref="TryRead"/> reads.</summary>
    public static bool Pretends(ReadOnlySpan<char> text)
    {
        if (TryRead(text, out _))
        {
            return false;
        }

        var bare = text is ['+' or '-', ..] ? text[1..] : text;
        return IsDecimal(text)
            || Is(bare, "nan") || Is(bare, "inf") || Is(bare, "infinity") || bare.StartsWith("nan(", StringComparison.OrdinalIgnoreCase)
            || bare.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
            || IsOfOddDigits(bare);
    }

    /// <summary>The one writing that all writings of a value share; null for what is no decimal number or beyond all exponents.</summary>
    public static string? Canonical(ReadOnlySpan<char> text)
    {
        if (!IsDecimal(text))
        {
            return null;
        }

        var mark = text.IndexOfAny('e', 'E');
        long exponent = 0;
        if (mark >= 0 && !long.TryParse(text[(mark + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent))
        {
            return null;
        }

        var mantissa = (mark < 0 ? text : text[..mark]).TrimStart("+-");
        var point = mantissa.IndexOf('.');
        var digits = point < 0 ? mantissa.ToString() : string.Concat(mantissa[..point], mantissa[(point + 1)..]);
        var significant = digits.AsSpan().Trim('0');
        var trailing = digits.Length - digits.AsSpan().TrimEnd('0').Length;
        return significant.IsEmpty ? "0"
            : Math.Abs(exponent) > long.MaxValue / 2 ? null
            : string.Create(CultureInfo.InvariantCulture, $"{(text[0] == '-' ? "-" : "")}{significant}e{exponent - (point < 0 ? 0 : mantissa.Length - point - 1) + trailing}");
    }

    /// <summary>The distance of two numbers that are written without a point or exponent, however long; null for others.</summary>
    public static BigInteger? Distance(ReadOnlySpan<char> one, ReadOnlySpan<char> other) =>
        IsInteger(one) && IsInteger(other) && one.Length <= Longest && other.Length <= Longest
            ? BigInteger.Abs(BigInteger.Parse(one, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) - BigInteger.Parse(other, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture))
            : null;

    private static bool IsInteger(ReadOnlySpan<char> text) =>
        (text is ['+' or '-', ..] ? text[1..] : text) is { IsEmpty: false } digits && !digits.ContainsAnyExceptInRange('0', '9');

    private static bool IsDecimal(ReadOnlySpan<char> text)
    {
        var rest = text is ['+' or '-', ..] ? text[1..] : text;
        var digits = TakeDigits(ref rest);
        if (rest is ['.', ..])
        {
            rest = rest[1..];
            digits += TakeDigits(ref rest);
        }

        if (digits > 0 && rest is ['e' or 'E', ..])
        {
            rest = rest is [_, '+' or '-', ..] ? rest[2..] : rest[1..];
            digits = TakeDigits(ref rest);
        }

        return digits > 0 && rest.IsEmpty;
    }

    private static int TakeDigits(ref ReadOnlySpan<char> text)
    {
        var end = text.IndexOfAnyExceptInRange('0', '9');
        var length = end < 0 ? text.Length : end;
        text = text[length..];
        return length;
    }

    // 1_0, and digits that are not those of ASCII.
    private static bool IsOfOddDigits(ReadOnlySpan<char> text)
    {
        var (digits, odd) = (0, 0);
        foreach (var letter in text)
        {
            digits += char.IsDigit(letter) ? 1 : 0;
            odd += letter == '_' || (char.IsDigit(letter) && !char.IsAscii(letter)) ? 1 : 0;
            if (!char.IsDigit(letter) && letter is not ('_' or '.' or '+' or '-' or 'e' or 'E'))
            {
                return false;
            }
        }

        return digits > 0 && odd > 0;
    }

    private static bool Is(ReadOnlySpan<char> text, string word) => text.Equals(word, StringComparison.OrdinalIgnoreCase);
}
