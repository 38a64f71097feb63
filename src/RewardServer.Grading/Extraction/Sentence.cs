using RewardServer.Grading.Graders.Code;

namespace RewardServer.Grading.Extraction;

/// <summary>Tells a line that talks to people.</summary>
internal static class Sentence
{
    private const int Looked = 400;

    /// <summary>Whether the line is prose or a heading; the start of a long one decides.</summary>
    /// <param name="line">Without white space at its ends; not empty.</param>
    /// <param name="language">The language that it would be code of.</param>
    public static bool Is(ReadOnlySpan<char> line, CodeLanguage language)
    {
        var text = WithoutMarks(line[..Math.Min(line.Length, Looked)], out var heading);
        if (text.IsEmpty)
        {
            return heading;
        }

        var (words, plain, first) = Count(text);
        if (heading)
        {
            return true;
        }

        // SELECT, FROM: a word of capitals alone is a keyword.
        var shouted = first.Length > 1 && first.IndexOfAnyExceptInRange('A', 'Z') < 0;
        var last = text[^1];
        return char.IsUpper(text[0])
            ? !shouted && last is not (';' or '{' or '}') && ((words >= 3 && plain * 10 >= words * 7) || (words <= 2 && plain == words && last is ':' or '!'))
            : words >= 5 && plain * 10 >= words * 8 && last is '.' or '!' or '?' && language.Name is not ("bash" or "sql");
    }

    // The signs of lists, quotations and emphasis; those of headings where they are no comment.
    private static ReadOnlySpan<char> WithoutMarks(ReadOnlySpan<char> line, out bool heading)
    {
        var marks = line.Length - line.TrimStart('#').Length;
        heading = marks is > 0 and <= 6 && line.Length > marks + 1 && line[marks] == ' ' && char.IsUpper(line[marks + 1]);
        var text = line.TrimStart("#>-* ");
        var number = text.Length - text.TrimStart("0123456789").Length;
        return number > 0 && text.Length > number + 1 && text[number] is '.' or ')' && text[number + 1] == ' ' ? text[(number + 2)..].TrimStart("* ") : text;
    }

    private static (int Words, int Plain, string First) Count(ReadOnlySpan<char> text)
    {
        var (words, plain, first) = (0, 0, "");
        foreach (var range in text.Split(' '))
        {
            var word = text[range].TrimEnd(",.:!?)*_`\"'").TrimStart("(\"'*_`");
            if (text[range].IsEmpty)
            {
                continue;
            }

            first = words++ == 0 ? word.ToString() : first;
            plain += IsPlain(word) ? 1 : 0;
        }

        return (words, plain, first);
    }

    private static bool IsPlain(ReadOnlySpan<char> word)
    {
        foreach (var letter in word)
        {
            if (!char.IsLetter(letter) && letter is not ('\'' or '’' or '-'))
            {
                return false;
            }
        }

        return !word.IsEmpty && char.IsLetter(word[0]);
    }
}
