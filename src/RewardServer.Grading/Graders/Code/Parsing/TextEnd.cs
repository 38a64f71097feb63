namespace RewardServer.Grading.Graders.Code.Parsing;

/// <summary>Where a text ends, white space at its end apart.</summary>
/// <param name="Line">The number of its last line, from 1.</param>
/// <param name="LastWord">The column at which the last word or sign begins, from 1.</param>
/// <param name="Column">The column behind the last character.</param>
internal readonly record struct TextEnd(int Line, int LastWord, int Column)
{
    /// <summary>The end of a text.</summary>
    public static TextEnd Of(string text)
    {
        var whole = text.AsSpan().TrimEnd();
        var last = whole[(whole.LastIndexOf('\n') + 1)..];
        var word = last.Length;
        while (word > 0 && (char.IsLetterOrDigit(last[word - 1]) || last[word - 1] == '_'))
        {
            word--;
        }

        return new(whole.Count('\n') + 1, Math.Min(word, Math.Max(0, last.Length - 1)) + 1, last.Length + 1);
    }

    /// <summary>Whether an error may come of the last word alone, which might have gone on. Compilers that tell no column count by the line.</summary>
    public bool IsCutWord(int line, int column) => line > Line || (line == Line && (column == 0 || column >= LastWord));

    /// <summary>Whether a place is behind all text.</summary>
    public bool IsBehind(int line, int column) => line > Line || (line == Line && column >= Column);
}
