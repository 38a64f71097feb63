using RewardServer.Grading.Graders;

namespace RewardServer.Grading.Tests.Graders.Logic;

public sealed class ColouringTests
{
    private const string Triangle = """{"kind":"colouring","vertices":["A","B","C","D"],"edges":[["A","B"],["B","C"],["A","C"],["C","D"]],"colours":["red","green","blue"],"given":{"A":"red"}}""";

    [Theory]
    [InlineData("A: red, B: green, C: blue, D: red", 1)]
    [InlineData("A is red, B is blue, C is green and D is blue.", 1)]
    [InlineData("""{"A":"red","B":"green","C":"blue","D":"green"}""", 1)]
    [InlineData("red: A, D\ngreen: B\nblue: C", 1)]
    [InlineData("A → red, B → green, C → blue, D → red", 1)]
    [InlineData("| A | red |\n| B | green |\n| C | blue |\n| D | red |", 1)]
    [InlineData("[(\"A\", \"red\"), (\"B\", \"green\"), (\"C\", \"blue\"), (\"D\", \"red\")]", 1)]
    [InlineData("A: red, B: green, C: green, D: red", 0)]
    [InlineData("A: green, B: red, C: blue, D: red", 0)]
    [InlineData("A: red, B: green, C: blue, D: red, blue", 0)]
    [InlineData("A: red, B: green, C: blue, D: purple", 0)]
    public void Colours_are_read_in_many_notations(string answer, double score) => Assert.Equal(score, Puzzles.Score(Triangle, answer));

    [Fact]
    public void What_is_broken_is_named()
    {
        Assert.Equal("B and C are neighbours, and both are green", Puzzles.Grade(Triangle, "<answer>A: red, B: green, C: green, D: red</answer>").Reason);
        Assert.Equal("A is green, but is given as red", Puzzles.Grade(Triangle, "<answer>A: green, B: red, C: blue, D: red</answer>").Reason);
    }

    [Fact]
    public void Vertices_and_colours_may_both_be_numbers()
    {
        const string Puzzle = """{"kind":"colouring","vertices":["1","2","3"],"edges":[["1","2"],["2","3"]],"colours":["1","2"]}""";
        Assert.Equal(1, Puzzles.Score(Puzzle, "1: 2, 2: 1, 3: 2"));
        Assert.Equal(1, Puzzles.Score(Puzzle, """{"1": 1, "2": 2, "3": 1}"""));
        Assert.Equal(0, Puzzles.Score(Puzzle, "1: -2, 2: 1, 3: 2"));
        Assert.Equal(0, Puzzles.Score(Puzzle, "1: 2.7, 2: 1.9, 3: 2.1"));
        Assert.Equal(0, Puzzles.Score(Puzzle, "1: 2, 2: 2, 3: 1"));
    }

    [Fact]
    public void A_graph_that_needs_more_colours_is_skipped() =>
        Assert.Equal(Outcome.Skipped, Puzzles.Grade(Triangle.Replace(",\"blue\"", ""), "<answer>A: red, B: green, C: red, D: green</answer>").Outcome);

    [Fact]
    public void Every_colouring_is_judged_by_the_edges() => Puzzles.Hold(random =>
    {
        var names = Enumerable.Range(1, random.Next(2, 12)).Select(i => $"v{i}").ToArray();
        string[] colours = ["red", "green", "blue"];
        var planted = names.Select(_ => random.Next(3)).ToArray();
        var edges = Enumerable.Range(0, 20).Select(_ => (random.Next(names.Length), random.Next(names.Length))).Where(edge => planted[edge.Item1] != planted[edge.Item2]).ToArray();
        var puzzle = $$"""{"kind":"colouring","vertices":{{Puzzles.Json(names)}},"edges":{{Puzzles.Json(edges.Select(edge => new[] { names[edge.Item1], names[edge.Item2] }))}},"colours":{{Puzzles.Json(colours)}}}""";
        var changed = planted.ToArray();
        changed[random.Next(names.Length)] = random.Next(3);
        foreach (var said in new[] { planted, changed })
        {
            var right = edges.All(edge => said[edge.Item1] != said[edge.Item2]);
            Assert.Equal(right ? 1 : 0, Puzzles.Score(puzzle, string.Join(", ", names.Select((name, i) => $"{name} = {colours[said[i]]}"))));
            Assert.Equal(right ? 1 : 0, Puzzles.Score(puzzle, Puzzles.Json(names.Select((name, i) => (name, i)).ToDictionary(at => at.name, at => colours[said[at.i]]))));
        }
    });
}
