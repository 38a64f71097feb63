namespace RewardServer.Grading.Rubrics.Transforms;

/// <summary>
/// The words of a text: runs of letters, marks and digits; of scripts that put no space between words (Han, kana, Thai) and of Hangul,
/// each character. Case does not count.
/// </summary>
internal static class WordHashes
{
    /// <summary>How many words there are.</summary>
    public static int Count(string text)
    {
        var count = 0;
        for (var at = 0; Next(text, ref at, out _); count++)
        {
        }

        return count;
    }

    /// <summary>A hash of each word, in order: the same on every machine and in every process.</summary>
    public static List<ulong> Of(string text)
    {
        var hashes = new List<ulong>();
        for (var at = 0; Next(text, ref at, out var start);)
        {
            var hash = StableHash.Start;
            foreach (var letter in text.AsSpan(start, at - start))
            {
                hash = StableHash.Add(hash, char.ToLowerInvariant(letter));
            }

            hashes.Add(hash);
        }

        return hashes;
    }

    private static bool Next(string text, ref int at, out int start)
    {
        while (at < text.Length && !IsPart(text[at]))
        {
            at++;
        }

        start = at;
        if (at < text.Length && IsWhole(text[at]))
        {
            at++;
            return true;
        }

        while (at < text.Length && IsPart(text[at]) && !IsWhole(text[at]))
        {
            at++;
        }

        return at > start;
    }

    private static bool IsPart(char letter) => letter < 128
        ? char.IsAsciiLetterOrDigit(letter)
        : char.IsLetterOrDigit(letter) || char.IsSurrogate(letter) || char.GetUnicodeCategory(letter) is System.Globalization.UnicodeCategory.NonSpacingMark or System.Globalization.UnicodeCategory.SpacingCombiningMark;

    private static bool IsWhole(char letter) =>
        letter is (>= '\u0e00' and <= '\u0e7f') or (>= '\u3040' and <= '\u30ff') or (>= '\u3400' and <= '\u9fff') or (>= '\uac00' and <= '\ud7af') or (>= '\uf900' and <= '\ufaff');
}
