using RewardServer.Grading.Graders;

namespace RewardServer.Grading.Tests.Graders.Logic;

public sealed class GridTests
{
    private const string Houses = """
        {"kind":"grid","positions":["1","2","3"],"categories":{"colour":["red","green","blue"],"pet":["dog","cat","guinea pig"]},
         "constraints":[{"leftOf":["red","green"]},{"same":["green","cat"]},{"nextTo":["dog","cat"]},{"not":{"at":["blue",1]}},{"directlyRightOf":["blue","green"]}]}
        """;

    [Theory]
    [InlineData("House 1: red, dog\nHouse 2: green, cat\nHouse 3: blue, guinea pig")]
    [InlineData("House 1 is red and has the dog; house 2 is green and has the cat; house 3 is blue and has the guinea pig.")]
    [InlineData("| House | Colour | Pet |\n|---|---|---|\n| 1 | Red | Dog |\n| 2 | Green | Cat |\n| 3 | Blue | Guinea pig |")]
    [InlineData("| | House 1 | House 2 | House 3 |\n|---|---|---|---|\n| Colour | red | green | blue |\n| Pet | dog | cat | guinea pig |")]
    [InlineData("""{"1":{"colour":"red","pet":"dog"},"2":{"colour":"green","pet":"cat"},"3":{"colour":"blue","pet":"guinea-pig"}}""")]
    [InlineData("""[{"house":1,"colour":"red","pet":"dog"},{"house":2,"colour":"green","pet":"cat"},{"house":3,"colour":"blue","pet":"guinea pig"}]""")]
    [InlineData("""{"header":["House","Colour","Pet"],"rows":[["1","red","dog"],["2","green","cat"],["3","blue","guinea pig"]]}""")]
    [InlineData("""{"red":1,"green":2,"blue":3,"dog":1,"cat":2,"guinea pig":3}""")]
    [InlineData("""{"colour":["red","green","blue"],"pet":["dog","cat","guinea pig"]}""")]
    [InlineData(@"\begin{array}{|c|c|c|}\hline 1 & \text{red} & \text{dog} \\ 2 & \text{green} & \text{cat} \\ 3 & \text{blue} & \text{guinea pig} \\ \hline\end{array}")]
    public void A_grid_is_read_in_many_notations(string answer) => Assert.Equal(1, Puzzles.Score(Houses, answer));

    [Theory]
    [InlineData("House 1: red, cat\nHouse 2: green, dog\nHouse 3: blue, guinea pig", "constraint 2 does not hold: same(green, cat)")]
    [InlineData("House 1: blue, dog\nHouse 2: red, guinea pig\nHouse 3: green, cat", "constraint 3 does not hold: nextTo(dog, cat)")]
    [InlineData("House 1: red, dog\nHouse 1: green, cat\nHouse 3: blue, guinea pig", "red and green are both at position 1")]
    [InlineData("House 1: red, dog\nHouse 2: green, cat\nHouse 3: blue", "nothing is said of guinea pig")]
    [InlineData("The cat lives in the green house.", "no answer of the puzzle's form can be read")]
    [InlineData("House 1: red, dog, or green, cat\nHouse 3: blue, guinea pig", "the answer leaves a choice")]
    [InlineData("House 1: red, dog, green\nHouse 2: green, cat\nHouse 3: blue, guinea pig", "green is said to be at two positions")]
    public void A_wrong_grid_scores_0_with_its_reason(string answer, string reason)
    {
        var verdict = Puzzles.Grade(Houses, $"<answer>{answer}</answer>");
        Assert.Equal((0.0, reason), (verdict.Score, verdict.Reason));
    }

    [Theory]
    [InlineData("""{"kind":"grid","positions":["1","2"],"categories":{"a":["x","y"],"b":["x","z"]},"constraints":[]}""", "task.puzzle.categories.b[0] 'x' is the name of something else, too")]
    [InlineData("""{"kind":"grid","positions":["1","2"],"categories":{"a":["x","y"]},"constraints":[{"leftOf":["x","z"]}]}""", "task.puzzle.constraints[0] 'z' is no name that leftOf can be said of")]
    [InlineData("""{"kind":"grid","positions":["1","2"],"categories":{"a":["x","y"]},"constraints":[{"at":["x","3"]}]}""", "task.puzzle.constraints[0] '3' is no name that at can be said of")]
    [InlineData("""{"kind":"grid","positions":["1","2"],"categories":{"a":["x","y"]},"constraints":[{"leftOf":["x","y"]},{"leftOf":["y","x"]}]}""", "the puzzle has no solution")]
    public void What_cannot_be_judged_is_skipped(string puzzle, string reason)
    {
        var verdict = Puzzles.Grade(puzzle, "<answer>1: x\n2: y</answer>");
        Assert.Equal((Outcome.Skipped, reason), (verdict.Outcome, verdict.Reason));
    }

    [Fact]
    public void Every_arrangement_is_judged_by_the_constraints_in_every_notation() => Puzzles.Hold(random =>
    {
        string[][] categories = [["red", "green", "blue", "white"], ["dog", "cat", "fox", "owl"], ["tea", "milk", "water", "cocoa"]];
        var solution = categories.SelectMany(values => Shuffled(4, random)).ToArray();
        var values = categories.SelectMany(category => category).ToArray();
        var constraints = Enumerable.Range(0, random.Next(1, 6)).Select(_ => Constraint(values, solution, random)).ToArray();
        var puzzle = $$"""{"kind":"grid","positions":["1","2","3","4"],"categories":{"colour":{{Puzzles.Json(categories[0])}},"pet":{{Puzzles.Json(categories[1])}},"drink":{{Puzzles.Json(categories[2])}}},"constraints":[{{string.Join(',', constraints.Select(c => c.Json))}}]}""";
        Assert.All(Notations(values, solution), answer => Assert.Equal((answer, 1.0), (answer, Puzzles.Score(puzzle, answer))));
        for (var i = 0; i < 8; i++)
        {
            var other = solution.ToArray();
            var (category, a, b) = (random.Next(3) * 4, random.Next(4), random.Next(4));
            (other[category + a], other[category + b]) = (other[category + b], other[category + a]);
            Assert.Equal(constraints.All(c => c.Holds(other)) ? 1 : 0, Puzzles.Score(puzzle, Notations(values, other)[random.Next(5)]));
        }
    }, cases: 40);

    private static (string Json, Func<int[], bool> Holds) Constraint(string[] values, int[] solution, Random random)
    {
        var (x, y, z) = (random.Next(12), random.Next(12), random.Next(12));
        (string, Func<int[], bool>) made = random.Next(8) switch
        {
            0 => ($$"""{"same":["{{values[x]}}","{{values[y]}}"]}""", at => at[x] == at[y]),
            1 => ($$"""{"leftOf":["{{values[x]}}","{{values[y]}}"]}""", at => at[x] < at[y]),
            2 => ($$"""{"directlyLeftOf":["{{values[x]}}","{{values[y]}}"]}""", at => at[x] + 1 == at[y]),
            3 => ($$"""{"nextTo":["{{values[x]}}","{{values[y]}}"]}""", at => Math.Abs(at[x] - at[y]) == 1),
            4 => ($$"""{"at":["{{values[x]}}",{{solution[x] + 1}}]}""", at => at[x] == solution[x]),
            5 => ($$"""{"between":["{{values[x]}}","{{values[y]}}","{{values[z]}}"]}""", at => (at[x] < at[y] && at[y] < at[z]) || (at[z] < at[y] && at[y] < at[x])),
            6 => ($$"""{"apart":["{{values[x]}}","{{values[y]}}",2]}""", at => Math.Abs(at[x] - at[y]) == 2),
            _ => ($$"""{"or":[{"atEnd":"{{values[x]}}"},{"rightOf":["{{values[y]}}","{{values[z]}}"]}]}""", at => at[x] is 0 or 3 || at[y] > at[z]),
        };
        return made.Item2(solution) ? made : ($$"""{"not":{{made.Item1}}}""", at => !made.Item2(at));
    }

    private static string[] Notations(string[] values, int[] at)
    {
        string Row(int position, string between) => string.Join(between, values.Where((_, i) => at[i] == position));
        return
        [
            string.Join("\n", Enumerable.Range(0, 4).Select(position => $"House {position + 1}: {Row(position, ", ")}")),
            string.Join("\n", Enumerable.Range(0, 4).Select(position => $"| {position + 1} | {Row(position, " | ")} |")),
            Puzzles.Json(values.Select((value, i) => (value, i)).ToDictionary(pair => pair.value, pair => at[pair.i] + 1)),
            Puzzles.Json(Enumerable.Range(0, 4).ToDictionary(position => $"{position + 1}", position => values.Where((_, i) => at[i] == position).ToArray())),
            string.Join("\n", Enumerable.Range(0, 3).Select(category => $"{category}: {string.Join(", ", Enumerable.Range(0, 4).Select(position => values[(category * 4) + Array.IndexOf(at[(category * 4)..((category * 4) + 4)], position)]))}").Select(line => line[3..])),
        ];
    }

    private static int[] Shuffled(int count, Random random)
    {
        int[] all = [.. Enumerable.Range(0, count)];
        random.Shuffle(all);
        return all;
    }
}
