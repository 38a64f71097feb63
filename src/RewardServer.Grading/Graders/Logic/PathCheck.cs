using System.Text.RegularExpressions;
using RewardServer.Grading.Completions.Puzzles;
using RewardServer.Grading.Graders.Logic.Reading;

namespace RewardServer.Grading.Graders.Logic;

/// <summary>A way through a grid: each step goes to a free neighbour, and the last to the goal.</summary>
internal sealed class PathCheck(PathPuzzle puzzle) : PuzzleCheck
{
    // "1. right", "Step 1: right"
    private static readonly Regex Label = new(@"(^|\n)\s*(step\s*)?\d{1,3}\s*[.):]", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);

    private readonly (int Row, int Column) start = Place(puzzle, 'S'), goal = Place(puzzle, 'G');
    private readonly int? shortest = Distance(puzzle);

    /// <inheritdoc/>
    public override string? Unsolvable() => shortest is null ? "the puzzle has no solution: no way leads to the goal" : null;

    /// <inheritdoc/>
    public override string Prepare(string response) => Moves.InWords(response);

    /// <inheritdoc/>
    public override Finding Read(string text)
    {
        var plain = PlainText.Of(text);
        return Moves.Read(Label.Replace(plain, "\n")) is { } moves ? Judge(moves)
            : Cells(plain) is { } cells ? Judge([.. cells.Zip(cells.Skip(1), (from, to) => (to.Row - from.Row, to.Column - from.Column))])
            : Finding.None("no way from the start can be read");
    }

    // Rows and columns count from whatever makes the first cell the start.
    private List<(int Row, int Column)>? Cells(string plain)
    {
        var groups = NumberGroups.Of(plain);
        return groups.Count > 1 && groups.TrueForAll(group => group.Count == 2) && groups[0][0] - start.Row is 0 or 1 && groups[0][0] - start.Row == groups[0][1] - start.Column
            ? [.. groups.Select(cell => (cell[0], cell[1]))]
            : null;
    }

    private Finding Judge(List<(int Down, int Right)> moves)
    {
        var (at, shown) = (start, string.Concat(moves.Select(Letter)));
        for (var i = 0; i < moves.Count; i++)
        {
            at = (at.Row + moves[i].Down, at.Column + moves[i].Right);
            var wrong = Math.Abs(moves[i].Down) + Math.Abs(moves[i].Right) != 1 ? "does not go to a neighbour"
                : !IsInside(at) ? "leaves the grid"
                : puzzle.Grid[at.Row][at.Column] == '#' ? $"goes into a wall at row {at.Row + 1}, column {at.Column + 1}"
                : null;
            if (wrong is not null)
            {
                return new(true, shown, [$"step {i + 1} {wrong}"]);
            }
        }

        return new(true, shown, at != goal ? [$"the way ends at row {at.Row + 1}, column {at.Column + 1}, which is not the goal"]
            : puzzle.Shortest && moves.Count > shortest ? [$"the way has {moves.Count} steps, and a shortest one {shortest}"] : []);
    }

    private bool IsInside((int Row, int Column) at) => at.Row >= 0 && at.Row < puzzle.Grid.Length && at.Column >= 0 && at.Column < puzzle.Grid[0].Length;

    private static string Letter((int, int) step) => step switch { (-1, 0) => "U", (1, 0) => "D", (0, -1) => "L", (0, 1) => "R", _ => "?" };

    private static (int, int) Place(PathPuzzle puzzle, char mark) =>
        puzzle.Grid.Select((row, at) => (at, column: row.IndexOf(mark, StringComparison.Ordinal))).First(place => place.column >= 0);

    // Breadth first, so that the steps to the goal are the fewest.
    private static int? Distance(PathPuzzle puzzle)
    {
        var (from, to) = (Place(puzzle, 'S'), Place(puzzle, 'G'));
        var distances = new Dictionary<(int Row, int Column), int> { [from] = 0 };
        var waiting = new Queue<(int Row, int Column)>([from]);
        while (waiting.TryDequeue(out var at))
        {
            foreach (var next in new (int Row, int Column)[] { (at.Row - 1, at.Column), (at.Row + 1, at.Column), (at.Row, at.Column - 1), (at.Row, at.Column + 1) })
            {
                var open = next.Row >= 0 && next.Row < puzzle.Grid.Length && next.Column >= 0 && next.Column < puzzle.Grid[0].Length && puzzle.Grid[next.Row][next.Column] != '#';
                if (open && distances.TryAdd(next, distances[at] + 1))
                {
                    waiting.Enqueue(next);
                }
            }
        }

        return distances.TryGetValue(to, out var steps) ? steps : null;
    }
}
