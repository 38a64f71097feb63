using System.Collections.Frozen;
using System.Text;

namespace RewardServer.Symbolics.Reading;

/// <summary>Writes Unicode mathematics as the LaTeX it stands for, so that the lexer knows one spelling of each thing.</summary>
internal static class CharacterFolding
{
    // In the order of the characters that they raise or lower.
    private const string Scripted = "0123456789+-=()nixyabcdt";
    private const string Superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱˣʸᵃᵇᶜᵈᵗ";
    private const string Subscripts = "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₙᵢₓ";

    // Laid over the digit before them.
    private const string Overlines = "\u0305\u0304\u0307";

    private static readonly FrozenDictionary<char, string> Spellings = new Dictionary<char, string>
    {
        ['−'] = "-", ['–'] = "-", ['—'] = "-", ['‐'] = "-", ['‑'] = "-", ['﹣'] = "-", ['×'] = "*", ['·'] = "*", ['⋅'] = "*",
        ['∗'] = "*", ['•'] = "*", ['÷'] = "/", ['∕'] = "/", ['⁄'] = "/", ['√'] = "\\sqrt ", ['∛'] = "\\sqrt[3] ", ['∜'] = "\\sqrt[4] ", ['∶'] = ":", ['℃'] = "\\degree C", ['℉'] = "\\degree F", ['≤'] = "\\le ",
        ['⩽'] = "\\le ", ['≥'] = "\\ge ", ['⩾'] = "\\ge ", ['≠'] = "\\ne ", ['≈'] = "\\approx ", ['∈'] = "\\in ", ['∞'] = "\\infty ",
        ['∪'] = "\\cup ", ['∩'] = "\\cap ", ['∖'] = "\\setminus ", ['±'] = "\\pm ", ['∓'] = "\\mp ", ['°'] = "\\degree ",
        ['º'] = "\\degree ", ['∅'] = "\\emptyset ", ['ℝ'] = "\\mathbb{R}", ['ℤ'] = "\\mathbb{Z}", ['ℕ'] = "\\mathbb{N}",
        ['ℚ'] = "\\mathbb{Q}", ['ℂ'] = "\\mathbb{C}", ['∣'] = "|", ['≡'] = "\\equiv ", ['∧'] = "\\land ", ['∨'] = "\\lor ", ['‘'] = "'", ['…'] = "\\ldots ",
        ['π'] = "\\pi ", ['µ'] = "\\mu ", ['⌊'] = "\\lfloor ", ['⌋'] = "\\rfloor ", ['⌈'] = "\\lceil ", ['⌉'] = "\\rceil ", ['➗'] = "/", ['½'] = "\\frac{1}{2}", ['⅓'] = "\\frac{1}{3}",
        ['⅔'] = "\\frac{2}{3}", ['¼'] = "\\frac{1}{4}", ['¾'] = "\\frac{3}{4}", ['⅕'] = "\\frac{1}{5}", ['⅖'] = "\\frac{2}{5}",
        ['⅗'] = "\\frac{3}{5}", ['⅘'] = "\\frac{4}{5}", ['⅙'] = "\\frac{1}{6}", ['⅚'] = "\\frac{5}{6}", ['⅛'] = "\\frac{1}{8}",
        ['⅜'] = "\\frac{3}{8}", ['⅝'] = "\\frac{5}{8}", ['⅞'] = "\\frac{7}{8}", ['α'] = "\\alpha ",
        ['β'] = "\\beta ", ['γ'] = "\\gamma ", ['δ'] = "\\delta ", ['ε'] = "\\epsilon ", ['θ'] = "\\theta ", ['λ'] = "\\lambda ",
        ['μ'] = "\\mu ", ['ρ'] = "\\rho ", ['σ'] = "\\sigma ", ['τ'] = "\\tau ", ['φ'] = "\\phi ", ['ω'] = "\\omega ",
        ['∠'] = "\\angle ", ['⟨'] = "(", ['⟩'] = ")", ['’'] = "'", ['′'] = "'", ['“'] = "\"", ['”'] = "\"", ['。'] = ".", ['\u200B'] = "", ['\uFEFF'] = "",
    }.ToFrozenDictionary();

    /// <summary>The text in ASCII and LaTeX as far as it is mathematics; what has no such spelling stays.</summary>
    public static string Fold(string text)
    {
        if (System.Text.Ascii.IsValid(text))
        {
            return text;
        }

        var folded = new StringBuilder(text.Length + 16);
        for (var i = 0; i < text.Length; i++)
        {
            i = AppendScript(folded, text, i, Superscripts, '^');
            i = i < text.Length ? AppendScript(folded, text, i, Subscripts, '_') : i;
            if (i + 1 < text.Length && text[i] == '\uD835' && char.IsLowSurrogate(text[i + 1]))
            {
                folded.Append(PlainLetter(char.ConvertToUtf32(text[i], text[++i])));
            }
            else if (i < text.Length && !AppendOverlined(folded, text, ref i))
            {
                AppendCharacter(folded, text[i]);
            }
        }

        return folded.ToString();
    }

    private static int AppendScript(StringBuilder folded, string text, int start, string digits, char mark)
    {
        var i = start;
        for (; i < text.Length && digits.IndexOf(text[i], StringComparison.Ordinal) is >= 0 and var digit; i++)
        {
            folded.Append(i == start ? $"{mark}{{" : string.Empty).Append(Scripted[digit]);
        }

        if (i > start)
        {
            folded.Append('}');
        }

        return i;
    }

    // A run of digits with a line or dots over them, as in "0.1̅2̅".
    private static bool AppendOverlined(StringBuilder folded, string text, ref int at)
    {
        var end = at;
        while (end + 1 < text.Length && char.IsAsciiDigit(text[end]) && Overlines.Contains(text[end + 1], StringComparison.Ordinal))
        {
            end += 2;
        }

        if (end > at)
        {
            folded.Append("\\overline{").Append(string.Concat(text[at..end].Where(char.IsAsciiDigit))).Append('}');
            at = end - 1;
        }

        return end > at && folded[^1] == '}';
    }

    // The alphabets and digits in mathematical faces follow each other in one block of Unicode.
    private static char PlainLetter(int codePoint) => codePoint switch
    {
        >= 0x1D7CE => (char)('0' + ((codePoint - 0x1D7CE) % 10)),
        < 0x1D6A4 and >= 0x1D400 when (codePoint - 0x1D400) % 52 is var letter => (char)(letter < 26 ? 'A' + letter : 'a' + letter - 26),
        _ => '?',
    };

    private static void AppendCharacter(StringBuilder folded, char character)
    {
        if (Spellings.TryGetValue(character, out var spelling))
        {
            folded.Append(spelling);
        }
        else if (character is >= '\uFF01' and <= '\uFF5E')
        {
            folded.Append((char)(character - 0xFEE0));
        }
        else
        {
            folded.Append(char.IsWhiteSpace(character) ? ' ' : character);
        }
    }
}
