using System.Buffers;

namespace RewardServer.Grading.Graders.Language.Words;

/// <summary>What begins like a Latin word and is none: addresses, which are not counted, and encoded data.</summary>
internal static class LongTokens
{
    // At most so much is left out: a thinking must not be written as one address.
    private const int LongestUrl = 200;

    // So many letters and digits without a space are encoded data.
    private const int Encoded = 25;

    private static readonly SearchValues<char> NoUrl = SearchValues.Create("<>\"`|\\^{}");

    /// <summary>Where an address ends that begins with a word, or 0 where it is none.</summary>
    /// <param name="text">The text.</param>
    /// <param name="start">Where the word begins.</param>
    /// <param name="end">Where it ends, before the text does.</param>
    public static int EndOfUrl(string text, int start, int end)
    {
        var rest = text.AsSpan(end);
        if (!rest.StartsWith("://") && !(rest[0] == '.' && text.AsSpan(start..end).Equals("www", StringComparison.OrdinalIgnoreCase)))
        {
            return 0;
        }

        rest = rest[..Math.Min(rest.Length, LongestUrl)];
        var length = rest.IndexOfAnyExceptInRange('!', '~');
        rest = length < 0 ? rest : rest[..length];
        length = rest.IndexOfAny(NoUrl);
        return end + (length < 0 ? rest.Length : length);
    }

    /// <summary>Where encoded data end that begin with a letter, or 0 where there are none.</summary>
    public static int EndOfData(string text, int start)
    {
        var head = text.AsSpan(start, Math.Min(Encoded, text.Length - start));
        var digits = 0;
        foreach (var c in head)
        {
            if (!IsData(c))
            {
                return 0;
            }

            digits += char.IsAsciiDigit(c) ? 1 : 0;
        }

        if (head.Length < Encoded || digits == 0)
        {
            return 0;
        }

        var end = start + Encoded;
        while (end < text.Length && IsData(text[end]))
        {
            end++;
        }

        return end;
    }

    private static bool IsData(char c) => char.IsAsciiLetterOrDigit(c) || c is '+' or '/' or '_' or '=';
}
