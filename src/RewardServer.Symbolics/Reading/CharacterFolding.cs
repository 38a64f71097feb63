using System.Collections.Frozen;
using System.Text;

namespace RewardServer.Symbolics.Reading;

/// <summary>Writes Unicode mathematics as the LaTeX it stands for, so that the lexer knows one spelling of each thing.</summary>
internal static class CharacterFolding
{
    private const string Superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹";
    private const string Subscripts = "₀₁₂₃₄₅₆₇₈₉";

    private static readonly FrozenDictionary<char, string> Spellings = new Dictionary<char, string>
    {
        ['−'] = "-", ['–'] = "-", ['—'] = "-", ['‐'] = "-", ['‑'] = "-", ['﹣'] = "-", ['×'] = "*", ['·'] = "*", ['⋅'] = "*",
        ['∗'] = "*", ['•'] = "*", ['÷'] = "/", ['∕'] = "/", ['⁄'] = "/", ['√'] = "\\sqrt ", ['∛'] = "\\sqrt[3] ", ['≤'] = "\\le ",
        ['⩽'] = "\\le ", ['≥'] = "\\ge ", ['⩾'] = "\\ge ", ['≠'] = "\\ne ", ['≈'] = "\\approx ", ['∈'] = "\\in ", ['∞'] = "\\infty ",
        ['∪'] = "\\cup ", ['∩'] = "\\cap ", ['∖'] = "\\setminus ", ['±'] = "\\pm ", ['∓'] = "\\mp ", ['°'] = "\\degree ",
        ['º'] = "\\degree ", ['∅'] = "\\emptyset ", ['ℝ'] = "\\mathbb{R}", ['½'] = "\\frac{1}{2}", ['⅓'] = "\\frac{1}{3}",
        ['⅔'] = "\\frac{2}{3}", ['¼'] = "\\frac{1}{4}", ['¾'] = "\\frac{3}{4}", ['⅕'] = "\\frac{1}{5}", ['⅖'] = "\\frac{2}{5}",
        ['⅗'] = "\\frac{3}{5}", ['⅘'] = "\\frac{4}{5}", ['⅙'] = "\\frac{1}{6}", ['⅚'] = "\\frac{5}{6}", ['⅛'] = "\\frac{1}{8}",
        ['⅜'] = "\\frac{3}{8}", ['⅝'] = "\\frac{5}{8}", ['⅞'] = "\\frac{7}{8}", ['π'] = "\\pi ", ['α'] = "\\alpha ",
        ['β'] = "\\beta ", ['γ'] = "\\gamma ", ['δ'] = "\\delta ", ['ε'] = "\\epsilon ", ['θ'] = "\\theta ", ['λ'] = "\\lambda ",
        ['μ'] = "\\mu ", ['ρ'] = "\\rho ", ['σ'] = "\\sigma ", ['τ'] = "\\tau ", ['φ'] = "\\phi ", ['ω'] = "\\omega ",
        ['⟨'] = "(", ['⟩'] = ")", ['’'] = "'", ['′'] = "'", ['“'] = "\"", ['”'] = "\"", ['。'] = ".", ['\u200B'] = "", ['\uFEFF'] = "",
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
            if (i < text.Length)
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
            folded.Append(i == start ? $"{mark}{{" : string.Empty).Append(digit);
        }

        if (i > start)
        {
            folded.Append('}');
        }

        return i;
    }

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
