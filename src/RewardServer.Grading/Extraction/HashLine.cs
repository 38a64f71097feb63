using System.Text.RegularExpressions;

namespace RewardServer.Grading.Extraction;

/// <summary>Finds what follows <c>####</c>, as GSM8K writes its answers. A heading of Markdown has the same mark.</summary>
internal static class HashLine
{
    private const string Mark = "####";
    private const int LongestHeading = 200;

    private static readonly Regex Heading = new(
        @"^\W{0,4}(the )?(final )?(answer|result|solution)\W*$|^(\*\*)?(step|part|case|conclusion|calculation|explanation|summary|verification|check|problem|question)\b[^$=]*$|:(\*\*)?$|^\d+[.)]\s+\p{L}|^\p{L}+(\s+\p{L}+){3,}",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);

    /// <summary>The line after the last <c>####</c> that is no heading; null where there is none.</summary>
    public static string? Last(string text)
    {
        for (var at = text.LastIndexOf(Mark, StringComparison.Ordinal); at >= 0; at = at == 0 ? -1 : text.LastIndexOf(Mark, at - 1, StringComparison.Ordinal))
        {
            var rest = text.AsSpan(at + Mark.Length).Trim();
            var end = rest.IndexOf('\n');
            var line = end < 0 ? rest : rest[..end].Trim();
            if (end < 0 || line.Length > LongestHeading || !Heading.IsMatch(line))
            {
                return line.ToString();
            }
        }

        return null;
    }
}
