using System.Globalization;
using System.Text;
using RewardServer.Grading.Completions;

namespace RewardServer.Grading.Graders.Texts;

/// <summary>Brings texts to the form in which they are compared. Each form is its own: to normalise twice changes nothing more.</summary>
internal static class TextNormalisation
{
    private static readonly string[] Articles = ["a", "an", "the"];

    /// <summary>The text in a form. Nearly linear in the text.</summary>
    public static string Of(string text, TextForm form) => form switch
    {
        TextForm.None => text.Trim(),
        TextForm.Whitespace => Spaced(text),
        _ => Words(text),
    };

    /// <summary>
    /// The text as words, as SQuAD's exact match has them (Rajpurkar et al. 2016, section 6.1): lower case, without punctuation and articles
    /// that a word follows.
    /// Beyond that, what only looks different is the same (Unicode's compatibility form), and what makes another answer stays: the signs, points
    /// and fractions of numbers, symbols such as + in "C++", # in "C#" and %, and articles and punctuation where there is nothing else.
    /// </summary>
    public static string Words(string text)
    {
        var folded = Spaced(Folded(text));
        var bare = folded.Split(' ').Select(Bare).Where(word => word.Text.Length > 0).ToArray();
        return bare.Length == 0 ? folded : string.Join(' ', bare.Select((word, i) => Kept(word, isLast: i == bare.Length - 1)).OfType<string>());
    }

    private static (string Text, bool IsMarked) Bare(string word) =>
        UnicodeDecomposition.Of(WithoutPunctuation(word)) is var bare ? (bare, IsMarked: !word.EndsWith(bare, StringComparison.Ordinal)) : default;

    // An article has a noun behind it: "A, Paris" and "Vitamin A" have none, but a letter. Its mark stays, and tells it from an article for ever.
    private static string? Kept((string Text, bool IsMarked) word, bool isLast) =>
        isLast || !Articles.Contains(word.Text) ? word.Text : word.IsMarked ? $"{word.Text}," : null;

    private static string Spaced(string text)
    {
        var result = new StringBuilder(text.Length);
        foreach (var letter in text.AsSpan().Trim())
        {
            if (!char.IsWhiteSpace(letter))
            {
                result.Append(letter);
            }
            else if (result[^1] != ' ')
            {
                result.Append(' ');
            }
        }

        return result.ToString();
    }

    // Upper case first: "ς" and "σ" are one letter. Decomposed again, for a letter may be composed in its other case only.
    private static string Folded(string text)
    {
        var lower = UnicodeDecomposition.Of(UnicodeDecomposition.Of(text).ToUpperInvariant().ToLowerInvariant());
        var kept = new StringBuilder(lower.Length);
        foreach (var rune in lower.EnumerateRunes())
        {
            var kind = Rune.GetUnicodeCategory(rune);
            if (kind is not (UnicodeCategory.Format or UnicodeCategory.Control) || Rune.IsWhiteSpace(rune))
            {
                kept.Append(rune.Value is '−' or '‐' or '‒' or '–' or '—' or '―' ? "-" : rune.Value is '⁄' or '∕' ? "/" : rune.Value is '’' or '‘' ? "'" : rune.ToString());
            }
        }

        // What was left out may have stood between marks, which then come in another order.
        return UnicodeDecomposition.Of(kept.ToString());
    }

    private static string WithoutPunctuation(string text)
    {
        var kept = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length; at++)
        {
            // Dashes stay or go together: "--5" is not "-5".
            var last = at;
            while (text[at] == '-' && last + 1 < text.Length && text[last + 1] == '-')
            {
                last++;
            }

            if (!IsPunctuation(text, at) || IsPartOfNumber(text, last, kept))
            {
                // LaTeX writes a range as "1990--2000"; of single digits, the second may have a sign.
                at = last > at && IsRange(text, at, last) ? last : at;
                kept.Append(text, at, last - at + 1);
            }

            at = last;
        }

        return kept.ToString();
    }

    private static bool IsRange(string text, int first, int last) =>
        first > 1 && last + 2 < text.Length && char.IsAsciiDigit(text[first - 1]) && char.IsAsciiDigit(text[first - 2]) && char.IsAsciiDigit(text[last + 1]) && char.IsAsciiDigit(text[last + 2]);

    private static bool IsPunctuation(string text, int at) =>
        text[at] is not ('#' or '%' or '&' or '@')
        && (text[at] is '`' or '^' or '~' || (!char.IsSurrogate(text[at]) ? char.IsPunctuation(text[at])
            : char.IsHighSurrogate(text[at]) ? char.IsPunctuation(text, at) : at > 0 && char.IsHighSurrogate(text[at - 1]) && char.IsPunctuation(text, at - 1)));

    // Between digits, but for the commas between thousands; a sign or a point that a number begins with.
    private static bool IsPartOfNumber(string text, int at, StringBuilder before)
    {
        var (starts, next) = (before.Length == 0 || before[^1] == ' ', at + 1 < text.Length ? text[at + 1] : ' ');
        return !starts && char.IsAsciiDigit(before[^1]) && char.IsAsciiDigit(next) ? text[at] != ',' || !PartsThousands(text, at)
            : text[at] == '-' ? starts && (char.IsAsciiDigit(next) || (next == '.' && at + 2 < text.Length && char.IsAsciiDigit(text[at + 2])))
            : text[at] == '.' && char.IsAsciiDigit(next) && (starts || (before[^1] == '-' && (before.Length == 1 || before[^2] == ' ')));
    }

    private static bool PartsThousands(string text, int at)
    {
        var digits = 0;
        while (digits < 4 && at + 1 + digits < text.Length && char.IsAsciiDigit(text[at + 1 + digits]))
        {
            digits++;
        }

        return digits == 3;
    }
}
