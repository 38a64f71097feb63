using System.Text;

namespace RewardServer.Grading.Graders.Code;

/// <summary>
/// Source of C, C++, C#, Java or JavaScript without what it says and comments: blanks stand in the place of comments and of
/// the letters of literals, so that a word that is found is one of the program's.
/// </summary>
internal static class BareCode
{
    // R"delimiter(, whose delimiter has at most 16 characters.
    private const int LongestOpening = 20;

    /// <summary>The source, as long and on the same lines.</summary>
    public static string Of(string source)
    {
        var bare = new StringBuilder(source);
        for (var at = 0; at < source.Length;)
        {
            var end = EndOf(source, at);
            for (; at < end; at++)
            {
                if (source[at] is not ('\n' or '\r'))
                {
                    bare[at] = ' ';
                }
            }

            at++;
        }

        return bare.ToString();
    }

    // Where the comment or literal that begins here ends; here where none does.
    private static int EndOf(string source, int at) => source[at] switch
    {
        '/' when Follows(source, at, "//") => Find(source, "\n", at),
        '/' when Follows(source, at, "/*") => Find(source, "*/", at + 2) + 2,
        '"' when Follows(source, at, "\"\"\"") => Find(source, "\"\"\"", at + 3) + 3,
        '@' when Follows(source, at, "@\"") => Find(source, "\"", at + 2) + 1,
        'R' when Follows(source, at, "R\"") && source.IndexOf('(', at, Math.Min(LongestOpening, source.Length - at)) is var open and > 0 =>
            Find(source, $"){source[(at + 2)..open]}\"", open) + open - at,
        '"' => EndOfLiteral(source, at, '"'),
        // Between digits it parts them.
        '\'' when at == 0 || !char.IsAsciiLetterOrDigit(source[at - 1]) => EndOfLiteral(source, at, '\''),
        _ => at,
    };

    private static bool Follows(string source, int at, string text) => string.CompareOrdinal(source, at, text, 0, text.Length) == 0;

    private static int Find(string source, string text, int from) =>
        from < source.Length && source.IndexOf(text, from, StringComparison.Ordinal) is var found and >= 0 ? found : source.Length;

    private static int EndOfLiteral(string source, int at, char quote)
    {
        for (at++; at < source.Length && source[at] != quote && source[at] != '\n'; at++)
        {
            at += source[at] == '\\' ? 1 : 0;
        }

        return at + 1;
    }
}
