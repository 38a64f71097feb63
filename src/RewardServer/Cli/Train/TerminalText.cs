using System.Globalization;
using System.Text;

namespace RewardServer.Cli.Train;

/// <summary>Texts of a policy, for a terminal.</summary>
internal static class TerminalText
{
    /// <summary>
    /// A text without what a terminal obeys: escape sequences, carriage returns and marks of direction become U+FFFD. Tabs become spaces.
    /// </summary>
    public static string Safe(string text)
    {
        var safe = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            safe.Append(rune.Value switch
            {
                '\n' => "\n",
                '\t' => "    ",
                _ when Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => "\ufffd",
                _ => rune.ToString(),
            });
        }

        return safe.ToString();
    }

    /// <summary>The beginning of a text: at most so many lines, and so many characters.</summary>
    public static string Beginning(string text, int lines, int characters)
    {
        var safe = Safe(text.Trim());
        var shortened = string.Join('\n', safe.Split('\n').Take(lines));
        shortened = shortened.Length > characters ? shortened[..characters] : shortened;
        return shortened.Length < safe.Length ? shortened + " …" : shortened;
    }
}
