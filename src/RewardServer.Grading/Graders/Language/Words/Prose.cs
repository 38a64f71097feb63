namespace RewardServer.Grading.Graders.Language.Words;

/// <summary>
/// Whether what stands between marks of code or mathematics is sentences all the same, which would be a way to have
/// foreign words not counted.
/// </summary>
internal static class Prose
{
    // Names in formulas and words of programs are fewer, or stand among more symbols.
    private const int WordsOfMaths = 5, SymbolsOfMaths = 2, WordsOfCode = 8, SymbolsOfCode = 3;
    private const int ShortestWord = 3;
    private const string Symbols = "=+*/\\{}[]()<>_^&|;:#$@%~";

    /// <summary>Whether a formula holds sentences.</summary>
    public static bool IsInMaths(ReadOnlySpan<char> text)
    {
        var (words, symbols, _) = Count(text);
        return words >= WordsOfMaths && words > SymbolsOfMaths * symbols;
    }

    /// <summary>Whether a program holds sentences more than code: comments do not, as long as there is code.</summary>
    public static bool IsInCode(ReadOnlySpan<char> text)
    {
        var (words, symbols, stops) = Count(text);
        return stops > 0 && words >= WordsOfCode && words > SymbolsOfCode * symbols;
    }

    private static (int Words, int Symbols, int Stops) Count(ReadOnlySpan<char> text)
    {
        var classes = CharacterClasses.All;
        var (words, characters, symbols, stops) = (0, 0, 0, 0);
        for (var i = 0; i < text.Length; i++)
        {
            var found = classes[text[i]];
            if (found >= CharacterClass.Han)
            {
                characters++;
            }
            else if (found >= CharacterClass.Latin)
            {
                var start = i;
                i = EndOfWord(text, i);
                words += i - start >= ShortestWord && (start == 0 || text[start - 1] != '\\') ? 1 : 0;
                i--;
            }
            else if (Symbols.Contains(text[i]))
            {
                symbols++;
            }
            else if (found is CharacterClass.Stop or CharacterClass.Dot && text[i] is not ('\n' or '\r') && (i + 1 == text.Length || text[i] > 127 || char.IsWhiteSpace(text[i + 1])))
            {
                stops++;
            }
        }

        // Two such characters make about one word.
        return (words + (characters / 2), symbols, stops);
    }

    private static int EndOfWord(ReadOnlySpan<char> text, int at)
    {
        var classes = CharacterClasses.All;
        while (at < text.Length && classes[text[at]] is CharacterClass.Joined or (>= CharacterClass.Latin and < CharacterClass.Han))
        {
            at++;
        }

        return at;
    }
}
