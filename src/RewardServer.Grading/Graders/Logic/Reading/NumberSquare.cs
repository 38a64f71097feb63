using System.Globalization;

namespace RewardServer.Grading.Graders.Logic.Reading;

/// <summary>Reads squares of numbers: rows of digits, with or without signs between, tables, JSON matrices, all cells on one line.</summary>
/// <param name="size">Cells of a side.</param>
/// <param name="largest">The largest number of a cell; 0 is an empty one.</param>
internal sealed class NumberSquare(int size, int largest)
{
    private static readonly char[] RowEnds = ['\n', ']', '/', ';'];

    /// <summary>Every different square in a text that has no empty cell, in order of their last appearance. Linear in the text.</summary>
    public List<int[]> All(string text)
    {
        var (found, rows) = (new List<int[]>(), new List<int[]>());
        foreach (var line in PlainText.Of(text).Split(RowEnds).Append("."))
        {
            var cells = Cells(line);
            if (cells?.Length == size && size > 1)
            {
                rows.Add(cells);
                continue;
            }

            // An empty line or a border may stand between two rows; words end a square.
            if (rows.Count == size)
            {
                found.Add([.. rows.SelectMany(row => row)]);
            }

            if (rows.Count == size || cells is not { Length: 0 })
            {
                rows.Clear();
            }

            if (cells?.Length == size * size)
            {
                found.Add(cells);
            }
        }

        var full = found.Where(cells => !cells.Contains(0)).Reverse();
        return [.. full.DistinctBy(Show).Reverse()];
    }

    /// <summary>The rows, with bars between them.</summary>
    public string Show(int[] cells) => string.Join(" | ", cells.Chunk(size).Select(row => string.Join(largest > 9 ? " " : "", row)));

    // The numbers of a line; null where it holds anything else.
    private int[]? Cells(string line)
    {
        var words = Word.All(WithoutLabel(line));
        if (Damage.HasSign(line))
        {
            return null;
        }

        if (words is [{ IsWord: true }] && words[0].Text.Length is var length && length > 1 && (length == size || length == size * size))
        {
            return Compact(words[0].Text);
        }

        // "53..7....", and rows of it that are parted in bands.
        if (largest <= 9 && words.TrueForAll(word => !word.IsWord || word.Text.All(char.IsAsciiDigit)) && words.Exists(word => word.IsWord && word.Text.Length > 1))
        {
            return Compact(string.Concat(words.Where(word => word.IsWord || word.Text is "." or "_").Select(word => word.Text)));
        }

        var cells = new List<int>();
        foreach (var word in words)
        {
            if (word.IsWord || word.Text is "." or "_")
            {
                cells.Add(word.IsWord ? Number(word.Text) : 0);
            }
        }

        if (cells.Count % size == 1 && words.Count > 1 && words[^1].Text == ".")
        {
            cells.RemoveAt(cells.Count - 1);
        }

        return cells.Contains(-1) ? null : [.. cells];
    }

    private int[]? Compact(string text)
    {
        int[] cells = [.. text.Select(cell => cell is '.' or '_' ? 0 : Number(cell.ToString()))];
        return cells.Contains(-1) ? null : cells;
    }

    // Above 9, letters stand for numbers: A is 10.
    private int Number(string text)
    {
        var number = text.Length < 4 && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var read) ? read
            : largest > 9 && text.Length == 1 && char.ToUpperInvariant(text[0]) is >= 'A' and <= 'Z' and var letter ? letter - 'A' + 10
            : -1;
        return number <= largest ? number : -1;
    }

    // "Row 1: 5 3 4", {"solution": [[5, 3, 4
    private static string WithoutLabel(string line)
    {
        var rest = line[(line.LastIndexOf('[') + 1)..];
        var colon = rest.AsSpan(0, Math.Min(rest.Length, 40)).IndexOf(':');
        return colon > 0 && rest.AsSpan(0, colon).IndexOfAnyInRange('A', 'z') >= 0 ? rest[(colon + 1)..] : rest;
    }
}
