using System.Globalization;
using System.Text.RegularExpressions;

namespace RewardServer.Grading.Graders.Logic.Reading;

/// <summary>Reads where queens stand: a board that is drawn, squares as in chess, pairs of row and column, or the column of each row.</summary>
/// <param name="size">Rows of the board.</param>
internal sealed class QueensReader(int size)
{
    private static readonly Regex Slashed = new(@"\d\s*[/\\]\s*\d", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);

    private const string Queen = "Qq♛♕1", Empty = "._0-·□■⬜⬛";

    /// <summary>The queens, as many as there are rows, counted from 0; null where the text holds something else. Linear in it.</summary>
    public List<(int Row, int Column)>? Read(string text)
    {
        var plain = PlainText.Of(text);
        return (Board(plain) ?? Squares(plain) ?? Compact(plain) ?? Pairs(plain)) is { } queens && queens.Count == size ? queens : null;
    }

    private List<(int, int)>? Board(string plain)
    {
        var rows = plain.Split('\n', ']').Select(line => string.Concat(line.Where(c => c is not (' ' or '|' or ',' or '[' or '"' or '\''))))
            .Where(row => row.Length == size && row.All(c => Queen.Contains(c) || Empty.Contains(c))).ToList();
        return rows.Count != size || size < 2 ? null
            : [.. rows.SelectMany((row, at) => row.Select((cell, column) => (cell, column)).Where(place => Queen.Contains(place.cell)).Select(place => (at, place.column)))];
    }

    // "a2": file and rank.
    private List<(int, int)>? Squares(string plain)
    {
        var squares = Word.All(plain).Where(word => word.IsWord && word.Text.Length is 2 or 3 && word.Text[0] is >= 'a' and <= 'z' && word.Text.AsSpan(1).IndexOfAnyExceptInRange('0', '9') < 0)
            .Select(word => (int.Parse(word.Text.AsSpan(1), CultureInfo.InvariantCulture) - 1, word.Text[0] - 'a')).ToList();
        return squares.Count == size ? squares : null;
    }

    // "2413": the columns of at most nine rows.
    private List<(int, int)>? Compact(string plain) =>
        size is > 2 and < 10 && Word.All(plain) is [{ IsWord: true } word] && word.Text.Length == size && word.Text.All(char.IsAsciiDigit) ? Pairs(string.Join(' ', word.Text.AsEnumerable())) : null;

    // What counts from 0 holds a 0 wherever it is right, and what counts from 1 never.
    private List<(int, int)>? Pairs(string plain)
    {
        if (Damage.IsIn(plain) || Slashed.IsMatch(plain))
        {
            return null;
        }

        var groups = NumberGroups.Of(plain);
        var first = groups.Exists(group => group.Contains(0)) ? 0 : 1;
        return groups.TrueForAll(group => group.Count == 2) && groups.Count == size ? [.. groups.Select(pair => (pair[0] - first, pair[1] - first))]
            : groups.Sum(group => group.Count) == size && (groups.Count == 1 || groups.Count == size) ? [.. groups.SelectMany(group => group).Select((column, row) => (row, column - first))]
            : null;
    }
}
