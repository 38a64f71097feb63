namespace RewardServer.Grading.Extraction;

/// <summary>Finds the boxes of a LaTeX text: <c>\boxed{…}</c> and <c>\fbox{…}</c>, with nested braces.</summary>
public static class BoxedAnswer
{
    private static readonly string[] Commands = [@"\boxed", @"\fbox"];

    /// <summary>
    /// The contents of the outermost complete boxes from left to right. A box whose brace is never closed
    /// (the completion was cut off inside it) is not an answer and is left out. One pass, whatever the text.
    /// </summary>
    public static IReadOnlyList<string> All(string text)
    {
        var outermost = new List<string>();
        var end = -1;
        foreach (var (open, close) in Complete(text).OrderBy(box => box.Open))
        {
            if (open > end)
            {
                outermost.Add(text[(open + 1)..close]);
                end = close;
            }
        }

        return outermost;
    }

    private static List<(int Open, int Close)> Complete(string text)
    {
        var boxes = new List<(int, int)>();
        var open = new Stack<(int At, bool Box)>();
        var pending = false; // a box command was read, and nothing but white space since
        for (var i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '\\':
                    var length = CommandLength(text, i);
                    pending = length > 0;
                    i += Math.Max(length, 2) - 1; // an escaped brace is a character of the answer, as in \{1, 2\}
                    break;
                case '{':
                    open.Push((i, pending));
                    pending = false;
                    break;
                case '}' when open.TryPop(out var opened):
                    pending = false;
                    if (opened.Box)
                    {
                        boxes.Add((opened.At, i));
                    }

                    break;
                case var other:
                    pending &= char.IsWhiteSpace(other);
                    break;
            }
        }

        return boxes;
    }

    private static int CommandLength(string text, int at) =>
        Commands.FirstOrDefault(command => string.CompareOrdinal(text, at, command, 0, command.Length) == 0)?.Length ?? 0;
}
