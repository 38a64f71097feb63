using RewardServer.Grading.Graders.Code;

namespace RewardServer.Grading.Extraction;

/// <summary>
/// Reads the fenced blocks of a response as CommonMark does, and where models break its rules, as they mean it: a fence
/// inside of a literal of the program closes nothing, a fence with a language ends an open block, and a block of Markdown
/// has blocks of its own. Linear in the text.
/// </summary>
internal sealed class CodeFenceReader
{
    private const int Deepest = 4;

    private readonly string text;
    private readonly CodeLanguage language;
    private readonly List<FenceLine> lines;
    private readonly int[] nextNamed;
    private readonly int lastBare;
    private readonly Stack<FenceLine> open = new();
    private readonly List<CodeFence> found = [];
    private readonly LiteralTracker literals;
    private readonly Dictionary<string, int> nextClose = new(StringComparer.Ordinal);
    private int tracked, inLiteral;

    private CodeFenceReader(string text, CodeLanguage language)
    {
        (this.text, this.language) = (text, language);
        literals = new(language.Syntax);
        lines = FenceLine.All(text);
        lastBare = lines.FindLast(line => line.IsBare)?.Start ?? -1;
        nextNamed = new int[lines.Count];
        for (var (line, named) = (lines.Count - 1, int.MaxValue); line >= 0; line--)
        {
            nextNamed[line] = named;
            named = lines[line].IsBare ? named : lines[line].Start;
        }
    }

    /// <summary>The blocks of a text, in the order of their ends.</summary>
    public static IReadOnlyList<CodeFence> All(string text, CodeLanguage language)
    {
        var reader = new CodeFenceReader(text, language);
        for (var line = 0; line < reader.lines.Count; line++)
        {
            reader.Read(line);
        }

        reader.End();
        return reader.found;
    }

    private void Read(int number)
    {
        var line = lines[number];
        if (!open.TryPeek(out var block))
        {
            Open(line);
            return;
        }

        Track(block, line.Start);
        if (line.IsBare)
        {
            ReadBare(block, line, number);
        }
        else if (IsContainer(block) ? open.Count < Deepest : line.Mark == block.Mark && line.Length >= block.Length)
        {
            ReadNamed(block, line);
        }
    }

    private void ReadBare(FenceLine block, FenceLine line, int number)
    {
        if (line.Mark == block.Mark && line.Length > block.Length && open.Any(outer => outer.Mark == line.Mark && outer.Length == line.Length))
        {
            while (open.Peek().Length != line.Length || open.Peek().Mark != line.Mark)
            {
                Close(line.Start, closed: false);
            }

            Close(line.Start, closed: true);
        }
        else if (line.Mark == block.Mark && line.Length >= block.Length && line.Indent <= block.Indent + 3 && !IsInLiteral(line, number))
        {
            Close(line.Start, closed: true);
        }
    }

    private void ReadNamed(FenceLine block, FenceLine line)
    {
        if (IsContainer(block))
        {
            Open(line);
        }
        else if (OpenLiteral(line) is not null)
        {
            inLiteral++;
        }
        else if (IsProse(line.Info))
        {
            Close(line.Start, closed: true);
        }
        else
        {
            Close(line.Start, closed: false);
            Open(line);
        }
    }

    // Somebody goes on talking right after the fence.
    private static bool IsProse(string info) => info.Contains(' ', StringComparison.Ordinal) && !info.AsSpan().TrimEnd(".!:").ContainsAny('=', '.', ':');

    // A literal that goes on behind the fence, to an end of its own and a fence that then closes the block.
    private bool IsInLiteral(FenceLine line, int number)
    {
        if (OpenLiteral(line) is not { } close)
        {
            return false;
        }

        if (inLiteral > 0)
        {
            inLiteral--;
            return true;
        }

        var end = NextClose(line.Next, close);
        return end >= 0 && end < nextNamed[number] && end < lastBare;
    }

    // No template of JavaScript's or Go's can hold the mark that would be a fence.
    private string? OpenLiteral(FenceLine line) => literals.Close is { } close && close[0] != line.Mark ? close : null;

    private int NextClose(int from, string close)
    {
        if (!nextClose.TryGetValue(close, out var known) || (known >= 0 && known < from))
        {
            nextClose[close] = known = text.IndexOf(close, from, StringComparison.Ordinal);
        }

        return known;
    }

    private void Track(FenceLine block, int end)
    {
        var word = Fence.FirstWord(block.Info);
        if (tracked < end && (word.Length == 0 || language.IsCalled(word)))
        {
            literals.ReadAll(text.AsSpan(tracked..end));
        }

        tracked = Math.Max(tracked, end);
        inLiteral = literals.Close is null ? 0 : inLiteral;
    }

    private void Open(FenceLine line)
    {
        open.Push(line);
        literals.Reset();
        (tracked, inLiteral) = (line.Next, 0);
    }

    private void Close(int end, bool closed)
    {
        found.Add(new(open.Pop(), end, closed));
        literals.Reset();
        inLiteral = 0;
    }

    // What is never closed by a line of its own may be closed at the end of its last one.
    private void End()
    {
        while (open.TryPeek(out var block))
        {
            var rest = text.AsSpan(Math.Min(block.Next, text.Length)..).TrimEnd();
            var content = rest.TrimEnd(block.Mark);
            var closed = rest.Length - content.Length >= block.Length && !content.IsEmpty;
            Close(closed ? text.Length - text.AsSpan(Math.Min(block.Next, text.Length)..).Length + content.Length : text.Length, closed);
        }
    }

    private static bool IsContainer(FenceLine line) => Fence.FirstWord(line.Info).ToUpperInvariant() is "MARKDOWN" or "MD";
}
