namespace RewardServer.Grading.Tests.Graders.Logic;

public sealed class KnightsProperties
{
    private static readonly string[] Names = ["Ada", "Bob", "Cleo", "Dan", "A"];

    private sealed record Said(string Json, Func<bool[], bool> Holds);

    [Fact]
    public void Every_solution_scores_1_in_every_notation_and_everything_else_0() => Puzzles.Hold(random =>
    {
        var people = Names[..random.Next(2, 6)];
        var roles = people.Select(_ => random.Next(2) == 0).ToArray();
        var statements = people.Select((name, i) => (name, i, said: Truly(Make(people.Length, random, 2), roles, roles[i]))).ToArray();
        var puzzle = $$"""{"kind":"knights","people":{{Puzzles.Json(people)}},"statements":[{{string.Join(',', statements.Select(at => $$"""{"speaker":"{{at.name}}","says":{{at.said.Json}}}"""))}}]}""";
        for (var bits = 0; bits < 1 << people.Length; bits++)
        {
            var said = people.Select((_, i) => (bits >> i & 1) != 0).ToArray();
            var right = statements.All(at => at.said.Holds(said) == said[at.i]);
            var answer = Notations(people, said)[random.Next(6)];
            Assert.Equal((answer, right ? 1.0 : 0.0), (answer, Puzzles.Score(puzzle, answer)));
        }

        Assert.All(Notations(people, roles), answer => Assert.Equal((answer, 1.0), (answer, Puzzles.Score(puzzle, answer))));
        Assert.All(people, name => Assert.Equal(0, Puzzles.Score(puzzle, $"{Notations(people, roles)[1]}, {name}: {(roles[Array.IndexOf(people, name)] ? "knave" : "knight")}")));
    });

    private static string[] Notations(string[] people, bool[] roles)
    {
        string Role(int i) => roles[i] ? "knight" : "knave";
        string List(bool role) => people.Where((_, i) => roles[i] == role).ToArray() is { Length: > 0 } list ? string.Join(", ", list) : "none";
        return
        [
            $"{string.Join(", ", people.Select((name, i) => $"{name} is a {Role(i)}"))}.",
            string.Join("\n", people.Select((name, i) => $"{name}: {Role(i)}")),
            Puzzles.Json(people.Select((name, i) => (name, i)).ToDictionary(at => at.name, at => Role(at.i))),
            $"Knights: {List(true)}; knaves: {List(false)}",
            $"Knights: {List(true)}",
            string.Join(", ", people.Select((name, i) => $@"\text{{({i + 1}) {name} is a {Role(i)}}}")),
        ];
    }

    private static Said Truly(Said said, bool[] roles, bool truth) =>
        said.Holds(roles) == truth ? said : new($$"""{"not":{{said.Json}}}""", values => !said.Holds(values));

    private static Said Make(int people, Random random, int depth)
    {
        var (who, knight) = (random.Next(people), random.Next(2) == 0);
        if (depth == 0 || random.Next(3) == 0)
        {
            return new($$"""{"{{(knight ? "knight" : "knave")}}":"{{Names[who]}}"}""", values => values[who] == knight);
        }

        var (left, right) = (Make(people, random, depth - 1), Make(people, random, depth - 1));
        var both = $"{left.Json},{right.Json}";
        return random.Next(8) switch
        {
            0 => new($$"""{"and":[{{both}}]}""", values => left.Holds(values) && right.Holds(values)),
            1 => new($$"""{"or":[{{both}}]}""", values => left.Holds(values) || right.Holds(values)),
            2 => new($$"""{"xor":[{{both}}]}""", values => left.Holds(values) != right.Holds(values)),
            3 => new($$"""{"iff":[{{both}}]}""", values => left.Holds(values) == right.Holds(values)),
            4 => new($$"""{"implies":[{{both}}]}""", values => !left.Holds(values) || right.Holds(values)),
            5 => new($$"""{"exactly":[1,{{both}}]}""", values => left.Holds(values) != right.Holds(values)),
            6 => new($$"""{"atLeast":[1,{{both}}]}""", values => left.Holds(values) || right.Holds(values)),
            _ => new($$"""{"atMost":[1,{{both}}]}""", values => !(left.Holds(values) && right.Holds(values))),
        };
    }
}
