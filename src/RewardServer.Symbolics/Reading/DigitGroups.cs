using RewardServer.Symbolics.Equivalence;

namespace RewardServer.Symbolics.Reading;

/// <summary>
/// The digits before the decimal point, in groups: 1,234 · 1{,}234 · 1 234 · 1\,234 · 1'234 · 1_234 · 1.234.567. One point alone is a decimal
/// point (1.234 is not 1234) unless a decimal comma follows its group (1.234,5).
/// </summary>
internal static class DigitGroups
{
    /// <summary>Reads the digits.</summary>
    public static (string Digits, int End) Scan(string text, int start, bool inBrackets)
    {
        var (digits, at) = Digits(text, start);
        if (digits.Length is 0 or > 3)
        {
            return (digits, at);
        }

        var length = IsSeparator(text, at, inBrackets, out var spaced) ? spaced : IsPlainSeparator(text, start, at, inBrackets) ? 1 : 0;
        return length == 0 ? (digits, at) : Groups(text, digits, at, text.Substring(at, length));
    }

    /// <summary>A run of digits, maybe empty.</summary>
    public static (string Digits, int End) Digits(string text, int at)
    {
        var end = at;
        while (char.IsAsciiDigit(At(text, end)))
        {
            end++;
        }

        return (text[at..end], end);
    }

    /// <summary>Whether a decimal comma stands here: it does after groups that points part.</summary>
    public static bool IsDecimalComma(string text, int start, int at) => At(text, at) == ',' && char.IsAsciiDigit(At(text, at + 1))
        && text.AsSpan(start, at - start).Contains('.');

    private static char At(string text, int at) => at < text.Length ? text[at] : '\0';

    private static (string Digits, int End) Groups(string text, string digits, int at, string separator)
    {
        while (string.CompareOrdinal(text, at, separator, 0, separator.Length) == 0)
        {
            var (group, end) = Digits(text, at + separator.Length);
            if (group.Length != 3)
            {
                break;
            }

            digits += group;
            at = end;
            if (digits.Length > Limits.NumeralDigits)
            {
                break;
            }
        }

        return (digits, at);
    }

    // An apostrophe or underscore before three digits; a point only where it cannot be a decimal one.
    private static bool IsPlainSeparator(string text, int start, int at, bool inBrackets)
    {
        if (At(text, at) is not ('\'' or '_' or '.') || Digits(text, at + 1) is not { Digits.Length: 3, End: var end })
        {
            return false;
        }

        // No thousands start with a zero, and in brackets a comma parts elements: (0.001,12), (1.234,5).
        return text[at] != '.' || (text[start] != '0' && At(text, end) is var mark && (mark == '.' || (mark == ',' && !inBrackets)) && Digits(text, end + 1).Digits.Length is var next && (At(text, end) == '.' ? next == 3 : next is 1 or 2));
    }

    // One comma and any spacing commands, but a comma and mere white space part two elements of a list.
    private static bool IsSeparator(string text, int at, bool inBrackets, out int length)
    {
        var (i, commas, blanks, commands) = (at, 0, 0, 0);
        for (; ; i++)
        {
            var rest = text.AsSpan(Math.Min(i, text.Length));
            if (rest.StartsWith(",") && commas == 0)
            {
                commas++;
            }
            else if (rest.StartsWith("{,}"))
            {
                (commas, commands, i) = (commas + 1, commands + 1, i + 2);
            }
            else if (rest.StartsWith("\\,") || rest.StartsWith("\\!") || rest.StartsWith("\\;") || rest.StartsWith("\\ "))
            {
                (commands, i) = (commands + 1, i + 1);
            }
            else if (rest.StartsWith(" "))
            {
                blanks++;
            }
            else
            {
                break;
            }
        }

        length = i - at;
        var (_, end) = Digits(text, i);
        // "2 100/300" is a mixed number, if a strange one.
        var groups = end - i == 3 && (commas == 1 || At(text, end) != '/');
        return groups && length > 0 && commas <= 1 && (commands > 0 || (commas == 1 ? blanks == 0 && !inBrackets : blanks == 1));
    }
}
