using RewardServer.Grading.Completions.Puzzles;
using RewardServer.Grading.Graders.Logic.Constraints;

namespace RewardServer.Grading.Graders.Logic;

/// <summary>The colouring of a graph: neighbours have different colours.</summary>
internal sealed class ColouringCheck(ColouringPuzzle puzzle) : AssignmentCheck(ProblemOf(puzzle), new(puzzle.Vertices, puzzle.Colours))
{
    private static Problem ProblemOf(ColouringPuzzle puzzle)
    {
        var vertices = puzzle.Vertices.Select((name, i) => (name, i)).ToDictionary(at => at.name, at => at.i, StringComparer.Ordinal);
        var given = puzzle.Given.OrderBy(given => vertices[given.Key]).Select(given => new Rule(
            new Value(vertices[given.Key], puzzle.Colours.IndexOf(given.Value)),
            values => $"{given.Key} is {puzzle.Colours[values[vertices[given.Key]]]}, but is given as {given.Value}"));
        var edges = puzzle.Edges.Select(edge => new Rule(
            new Different([vertices[edge[0]], vertices[edge[1]]]),
            values => $"{edge[0]} and {edge[1]} are neighbours, and both are {puzzle.Colours[values[vertices[edge[0]]]]}"));
        return new([.. puzzle.Vertices.Select(_ => Problem.Values(puzzle.Colours.Length))], [.. given, .. edges]);
    }
}
