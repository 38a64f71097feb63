using System.Buffers;
using System.Globalization;
using System.Text;
using RewardServer.Grading.Extraction.Words;

namespace RewardServer.Grading.Graders.Repetition;

/// <summary>
/// Words in the form in which n-grams compare them. Published penalties compare what stands between white space, so that "very, very. very;"
/// repeats nothing; here punctuation and characters that nobody sees are no part of a word, but for what stands between two digits.
/// </summary>
internal static class ComparedWord
{
    private static readonly SearchValues<char> Plain = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789+-*/=<>^|%$&@#~");

    // What may be unseen is not ASCII.
    private static readonly SearchValues<char> Unseen = SearchValues.Create([.. Enumerable.Range(128, char.MaxValue + 1 - 128).Select(unit => (char)unit).Where(IsUnseen)]);

    /// <summary>The text without characters that nobody sees; the text itself where it has none.</summary>
    public static ReadOnlySpan<char> WithoutUnseen(ReadOnlySpan<char> text)
    {
        if (!text.ContainsAny(Unseen))
        {
            return text;
        }

        var seen = new StringBuilder(text.Length);
        while (text.IndexOfAny(Unseen) is >= 0 and var at)
        {
            seen.Append(text[..at]);
            text = text[(at + 1)..];
        }

        return seen.Append(text).ToString();
    }

    /// <summary>The word without its punctuation; empty where it has nothing else.</summary>
    /// <param name="word">A word in lower case, of at most <see cref="WordReader.Longest"/> characters.</param>
    /// <param name="room">Where it is written, if it is not the word itself.</param>
    public static ReadOnlySpan<char> Of(ReadOnlySpan<char> word, Span<char> room)
    {
        if (!word.ContainsAnyExcept(Plain))
        {
            return word;
        }

        var length = 0;
        for (var at = 0; at < word.Length; at++)
        {
            if (!IsPunctuation(word[at]) || (at > 0 && at + 1 < word.Length && char.IsDigit(word[at - 1]) && char.IsDigit(word[at + 1])))
            {
                room[length++] = word[at];
            }
        }

        return room[..length];
    }

    // Signs of mathematics are words of it.
    private static bool IsPunctuation(char unit) => !Plain.Contains(unit) && (char.IsPunctuation(unit) || unit == '`');

    // Variation selectors are marks.
    private static bool IsUnseen(char unit) =>
        char.GetUnicodeCategory(unit) == UnicodeCategory.Format || unit is (>= '\uFE00' and <= '\uFE0F') or '\u034F' or '\u115F' or '\u1160' or '\u3164' or '\uFFA0';
}
