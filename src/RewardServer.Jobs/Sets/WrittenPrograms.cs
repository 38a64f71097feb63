namespace RewardServer.Jobs.Sets;

/// <summary>Makes completions of programs that tools have already cut out of what a model wrote, such as <c>code_list</c> of LiveCodeBench.</summary>
internal static class WrittenPrograms
{
    private const string Fence = "```";

    private static readonly string[] Beginnings = ["def ", "async def ", "class ", "import ", "from ", "@", "#!"];

    /// <summary>A program in a fence.</summary>
    public static string Fenced(string program) => $"```python\n{program}\n```";

    /// <summary>A bare program in a fence; what has fences, or thinks aloud, as it is.</summary>
    public static string Complete(string written) => Complete(written, program => program);

    /// <summary>The same, where a bare program is first to be made whole.</summary>
    public static string Complete(string written, Func<string, string> whole)
    {
        var program = WithoutClosingFence(written);
        return program.Contains(Fence, StringComparison.Ordinal) || program.Contains("</think>", StringComparison.Ordinal) ? written : Fenced(whole(program));
    }

    /// <summary>The same text with lines put first in each of its blocks of Python: imports that a prompt has, and that who was shown it counts on.</summary>
    /// <param name="written">What a model wrote.</param>
    /// <param name="imports">The lines; empty for none.</param>
    public static string WithImports(string written, string imports)
    {
        if (imports.Length == 0 || !written.Contains(Fence, StringComparison.Ordinal) || written.Contains("from __future__", StringComparison.Ordinal))
        {
            return written;
        }

        var lines = written.Split('\n');
        var isOpen = false;
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i].AsSpan().Trim();
            if (!line.StartsWith(Fence))
            {
                continue;
            }

            isOpen = !isOpen;
            // The last line of a text opens no block.
            if (isOpen && i + 1 < lines.Length && line[Fence.Length..].Trim() is "" or "python" or "python3" or "py")
            {
                lines[i] += "\n" + imports;
            }
        }

        return string.Join('\n', lines);
    }

    /// <summary>Whether a text begins inside of a block of Python's. One space is none: answers in words begin with one.</summary>
    public static bool IsIndented(string text)
    {
        var at = text.Length - text.AsSpan().TrimStart().Length;
        var blanks = text.AsSpan(0, at)[(text.AsSpan(0, at).LastIndexOfAny('\n', '\r') + 1)..];
        return at < text.Length && (blanks.Length > 1 || blanks is ['\t']);
    }

    // Where the prompt had opened a fence, the model closes it, and may go on to talk.
    private static string WithoutClosingFence(string written)
    {
        var at = written.IndexOf(Fence, StringComparison.Ordinal);
        if (at <= 0)
        {
            return written;
        }

        var behind = written.AsSpan(at).TrimStart('`');
        var end = behind.IndexOfAny('\n', '\r');
        var isBareLine = (end < 0 ? behind : behind[..end]).IsWhiteSpace() && written.AsSpan(0, at).TrimEnd(' ') is [.., '\n'];
        var before = written[..at];
        return !string.IsNullOrWhiteSpace(before) && (behind.IsWhiteSpace() || (isBareLine && BeginsAsProgram(before))) ? before : written;
    }

    private static bool BeginsAsProgram(string text) =>
        IsIndented(text) || Array.Exists(Beginnings, beginning => text.AsSpan().TrimStart().StartsWith(beginning, StringComparison.Ordinal));
}
