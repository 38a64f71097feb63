using System.Text;

namespace RewardServer.Grading.Graders.Logic.Reading;

/// <summary>An answer without the marks of LaTeX and Markdown that set it: <c>\text{A} \to \text{red} \\</c> is a line <c>A -> red</c>.</summary>
internal static class PlainText
{
    /// <summary>The text as a reader sees it. One pass.</summary>
    public static string Of(string text)
    {
        var plain = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '\\':
                    i = Command(text, i, plain);
                    break;
                case '$' or '`' or '\u200B' or '\uFEFF' or '\r' or '*':
                    break;
                case '&':
                    plain.Append(" | ");
                    break;
                case '\u00A0' or '\u3000' or '\t':
                    plain.Append(' ');
                    break;
                case >= '\uFF01' and <= '\uFF5E':
                    plain.Append((char)(text[i] - '\uFF01' + '!'));
                    break;
                case var other:
                    plain.Append(other);
                    break;
            }
        }

        return plain.ToString();
    }

    // The place of the last character that was read.
    private static int Command(string text, int at, StringBuilder plain)
    {
        var end = at + 1;
        while (end < text.Length && char.IsAsciiLetter(text[end]))
        {
            end++;
        }

        if (end == at + 1)
        {
            plain.Append(end < text.Length ? text[end] switch { '\\' => '\n', '{' or '}' or '_' or '%' or '&' or '#' => text[end], _ => ' ' } : ' ');
            return end;
        }

        switch (text.AsSpan(at + 1, end - at - 1))
        {
            case "text" or "textbf" or "textit" or "textrm" or "texttt" or "mathrm" or "mathbf" or "mathit" or "mathsf" or "mathtt" or "operatorname" or "mbox"
                or "boxed" or "fbox" or "left" or "right" or "displaystyle":
                break;
            case "begin" or "end":
                plain.Append('\n');
                return Environment(text, end);
            case "newline" or "hline" or "par":
                plain.Append('\n');
                break;
            case "to" or "rightarrow" or "mapsto" or "longrightarrow" or "longmapsto":
                plain.Append("->");
                break;
            case "land" or "wedge":
                plain.Append(" and ");
                break;
            case "lor" or "vee":
                plain.Append(" or ");
                break;
            case "neg" or "lnot":
                plain.Append('¬');
                break;
            case "colon":
                plain.Append(':');
                break;
            case "quad" or "qquad" or "cdot" or "times" or "ldots" or "dots" or "cdots" or "vdots":
                plain.Append(' ');
                break;
            case var other:
                plain.Append(' ').Append(other).Append(' ');
                break;
        }

        return end - 1;
    }

    // "{array}{|c|c|}" after \begin: the name and the columns are not part of the answer.
    private static int Environment(string text, int at)
    {
        for (var groups = 0; groups < 2 && at < text.Length && text[at] == '{'; groups++)
        {
            var close = text.AsSpan(at, Math.Min(text.Length - at, 100)).IndexOf('}');
            if (close < 0)
            {
                break;
            }

            at += close + 1;
        }

        return at - 1;
    }
}
