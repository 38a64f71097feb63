namespace RewardServer.Grading.Graders.Logic.Reading;

/// <summary>A piece of a plain text: a word (letters and digits), or one sign.</summary>
/// <param name="Text">Without the underscores and braces of an index: <c>x_{1}</c> is <c>x1</c>.</param>
/// <param name="IsWord">Whether it is a word.</param>
internal readonly record struct Word(string Text, bool IsWord)
{
    /// <summary>The words and signs of a plain text; a new line is the sign <c>\n</c>, <c>-&gt;</c> and <c>=&gt;</c> are one sign. One pass.</summary>
    public static List<Word> All(string plain)
    {
        var words = new List<Word>();
        for (var i = 0; i < plain.Length;)
        {
            var start = i;
            if (char.IsLetterOrDigit(plain[i]) || (char.IsHighSurrogate(plain[i]) && i + 1 < plain.Length && char.IsLetter(plain, i)))
            {
                i = End(plain, i);
                words.Add(new(Joined(plain.AsSpan(start, i - start)), IsWord: true));
            }
            else if (plain[i] is '-' or '=' && i + 1 < plain.Length && plain[i + 1] == '>')
            {
                words.Add(new("->", IsWord: false));
                i += 2;
            }
            else if (plain[i] is '\'' or '’' && start > 0 && i + 1 < plain.Length && plain[i + 1] == 's' && char.IsLetterOrDigit(plain[start - 1]) && (i + 2 == plain.Length || !char.IsLetterOrDigit(plain[i + 2])))
            {
                i += 2; // "Zoey's role": the name alone counts
            }
            else
            {
                if (plain[i] != ' ')
                {
                    words.Add(new(plain[i].ToString(), IsWord: false));
                }

                i++;
            }
        }

        return words;
    }

    private static int End(string plain, int at)
    {
        while (at < plain.Length)
        {
            if (char.IsLetterOrDigit(plain[at]) || char.IsSurrogate(plain[at]) || (plain[at] == '_' && at + 1 < plain.Length && char.IsLetterOrDigit(plain[at + 1])))
            {
                at++;
            }
            else if (plain[at] == '_' && at + 1 < plain.Length && plain[at + 1] == '{' && plain.AsSpan(at, Math.Min(plain.Length - at, 12)).IndexOf('}') is > 0 and var close)
            {
                at += close + 1;
            }
            else
            {
                break;
            }
        }

        return at;
    }

    private static string Joined(ReadOnlySpan<char> text) => text.ContainsAny("_{}")
        ? text.ToString().Replace("_", "", StringComparison.Ordinal).Replace("{", "", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal)
        : text.ToString();
}
