using System.Text;

namespace RewardServer.Training.Reporting.Html;

/// <summary>Texts within HTML.</summary>
internal static class HtmlText
{
    /// <summary>
    /// A text such that a browser shows it and does nothing else with it, between tags or in a quoted attribute. Policies write anything:
    /// characters that no document may hold become U+FFFD.
    /// </summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length + 16);
        foreach (var rune in text.EnumerateRunes())
        {
            escaped.Append(rune.Value switch
            {
                '&' => "&amp;",
                '<' => "&lt;",
                '>' => "&gt;",
                '"' => "&quot;",
                '\'' => "&#39;",
                '\r' => "",
                '\n' or '\t' => rune.ToString(),
                < ' ' or (>= 0x7f and < 0xa0) or (>= 0x202a and <= 0x202e) or (>= 0x2066 and <= 0x2069) or 0xfffe or 0xffff => "\ufffd",
                _ => rune.ToString(),
            });
        }

        return escaped.ToString();
    }
}
