using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace RewardServer.Training.Tokens;

/// <summary>
/// Splits texts where a pattern matches, as Hugging Face's <c>Split</c> of behaviour Isolated does: the matches are parts, and so is what stands
/// between them. Its patterns speak of whole characters where .NET's speak of halves of surrogate pairs: each such pair is matched as one
/// character of the same general category.
/// </summary>
internal sealed partial class PatternSplit
{
    private readonly Regex pattern;

    /// <summary>Takes a pattern, or a text that is looked for as it is.</summary>
    /// <exception cref="ArgumentException">It asks for what .NET reads otherwise than Oniguruma, or not at all; the message says what.</exception>
    public PatternSplit(string pattern, bool literal = false)
    {
        // What can be read alike is read from left to right; the first that cannot is foreign.
        if (!literal && Alike().Match(pattern) is { Length: var length } && length < pattern.Length)
        {
            throw new ArgumentException($"has \"{pattern[length..Math.Min(length + 8, pattern.Length)]}\" at {length}, which is not supported");
        }

        this.pattern = new(literal ? Regex.Escape(pattern) : pattern, RegexOptions.CultureInvariant | RegexOptions.Compiled);
    }

    /// <summary>The parts of a well-formed text.</summary>
    public IEnumerable<string> Split(string text)
    {
        var (matched, places) = Matched(text);
        var end = 0;
        for (var match = pattern.Match(matched); match.Success; match = match.NextMatch())
        {
            if (match.Length == 0)
            {
                continue;
            }

            if (match.Index > end)
            {
                yield return Part(end, match.Index);
            }

            end = match.Index + match.Length;
            yield return Part(match.Index, end);
        }

        if (end < matched.Length)
        {
            yield return Part(end, matched.Length);
        }

        string Part(int from, int to) => places is null ? text[from..to] : text[places[from]..places[to]];
    }

    // The text that the pattern sees, and where its characters stand in the text; null where they are the same.
    private static (string Text, int[]? Places) Matched(string text)
    {
        // Oniguruma takes the long s for an s where case does not matter; .NET does not.
        if (!text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF'))
        {
            return (text.Replace('\u017F', 'S'), null);
        }

        var seen = new StringBuilder(text.Length);
        var places = new List<int>(text.Length);
        var place = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            seen.Append(rune.Value == 0x17F ? 'S' : rune.IsBmp ? (char)rune.Value : Like(Rune.GetUnicodeCategory(rune)));
            places.Add(place);
            place += rune.Utf16SequenceLength;
        }

        places.Add(place);
        return (seen.ToString(), [.. places]);
    }

    private static char Like(UnicodeCategory category) => category switch
    {
        UnicodeCategory.UppercaseLetter => '\u0100',
        UnicodeCategory.LowercaseLetter => '\u0101',
        UnicodeCategory.TitlecaseLetter => '\u01C5',
        UnicodeCategory.ModifierLetter => '\u02B0',
        UnicodeCategory.OtherLetter => '\u4E00',
        UnicodeCategory.NonSpacingMark => '\u0300',
        UnicodeCategory.SpacingCombiningMark => '\u0903',
        UnicodeCategory.EnclosingMark => '\u20DD',
        UnicodeCategory.DecimalDigitNumber => '\u0660',
        UnicodeCategory.LetterNumber => '\u2160',
        UnicodeCategory.OtherNumber => '\u00BD',
        UnicodeCategory.ConnectorPunctuation => '\u203F',
        UnicodeCategory.DashPunctuation => '\u2013',
        UnicodeCategory.OpenPunctuation => '\u2045',
        UnicodeCategory.ClosePunctuation => '\u2046',
        UnicodeCategory.InitialQuotePunctuation => '\u00AB',
        UnicodeCategory.FinalQuotePunctuation => '\u00BB',
        UnicodeCategory.OtherPunctuation => '\u00A1',
        UnicodeCategory.MathSymbol => '\u00B1',
        UnicodeCategory.CurrencySymbol => '\u00A2',
        UnicodeCategory.ModifierSymbol => '\u00A8',
        UnicodeCategory.OtherSymbol => '\u00A9',
        UnicodeCategory.Format => '\u200B',
        UnicodeCategory.PrivateUse => '\uE000',
        UnicodeCategory.OtherNotAssigned => '\u0378',
        _ => throw new InvalidOperationException($"No surrogate pair is of category {category}."),
    };

    // Left out is what means other things in the two: anchors, other escapes and options, possessive quantifiers, and classes in classes.
    [GeneratedRegex(@"^(?>\\[pP]\{(?:[LMNPSZ]|L[ultmo]|M[nce]|N[dlo]|P[cdseifo]|S[mcko]|Z[slp])\}|\\[sSdrnt]|\\[^\p{L}\p{N}]|\[\^?(?>\\[pP]\{(?:[LMNPSZ]|L[ultmo]|M[nce]|N[dlo]|P[cdseifo]|S[mcko]|Z[slp])\}|\\[sSdrnt]|\\[^\p{L}\p{N}]|&(?!&)|[^\\\[\]&])+\]|\(\?(?:i?:|<?[!=])|\((?!\?)|[+*?}](?!\+)|[^\\(\[+*?}^$])*")]
    private static partial Regex Alike();
}
