using RewardServer.Grading.Graders;

namespace RewardServer.Grading.Tests.Graders.Logic;

public sealed class SatisfiabilityTests
{
    private const string Clauses = """{"kind":"satisfiability","variables":["x1","x2","x3"],"clauses":[[1,2],[-1,3],[-2,-3]]}""";

    [Theory]
    [InlineData("x1 = true, x2 = false, x3 = true", 1)]
    [InlineData("x1=1, x2=0, x3=1", 1)]
    [InlineData("x_1 = T, x_{2} = F, x_3 = T", 1)]
    [InlineData("""{"x1": true, "x2": false, "x3": true}""", 1)]
    [InlineData("x1, ¬x2, x3", 1)]
    [InlineData(@"\boxed{x_1 \land \neg x_2 \land x_3}", 1)]
    [InlineData("True: x1, x3. False: x2.", 1)]
    [InlineData("x1 = false, x2 = true, x3 = false", 1)]
    [InlineData("-x1, x2, -x3", 1)]
    [InlineData("x1 = true, x2 = true, x3 = true", 0)]
    [InlineData("x1 = true, x2 = false", 0)]
    [InlineData("x1 = true, x2 = false, x3 = true or false", 0)]
    [InlineData("x1, x2, x3, ¬x1", 0)]
    [InlineData("satisfiable", 0)]
    [InlineData("1 -2 3 0", 1)]
    [InlineData("x1=1, x2=0.5, x3=1", 0)]
    [InlineData("1 2 3 0", 0)]
    public void Values_are_read_in_many_notations(string answer, double score) => Assert.Equal(score, Puzzles.Score(Clauses, answer));

    [Fact]
    public void Numbers_may_be_the_variables_as_in_DIMACS()
    {
        const string Puzzle = """{"kind":"satisfiability","variables":["1","2","3"],"clauses":[[1,2],[-1,3],[-2,-3]]}""";
        Assert.Equal(1, Puzzles.Score(Puzzle, "v 1 -2 3 0"));
        Assert.Equal(0, Puzzles.Score(Puzzle, "v 1 2 3 0"));
        Assert.Equal(1, Puzzles.Score(Puzzle, "1: true, 2: false, 3: true"));
    }

    [Fact]
    public void Formulas_count_with_clauses()
    {
        const string Puzzle = """{"kind":"satisfiability","variables":["p","q"],"formulas":[{"implies":["p",{"not":"q"}]},{"xor":["p","q"]}],"clauses":[[1,2]]}""";
        Assert.Equal(1, Puzzles.Score(Puzzle, "p is true and q is false"));
        Assert.Equal("formula 1 does not hold: implies(p, not(q))", Puzzles.Grade(Puzzle, "<answer>p = true, q = true</answer>").Reason);
        Assert.Equal("clause 1 does not hold: p or q", Puzzles.Grade(Puzzle, "<answer>p = false, q = false</answer>").Reason);
    }

    [Fact]
    public void What_no_values_satisfy_is_skipped() =>
        Assert.Equal(Outcome.Skipped, Puzzles.Grade("""{"kind":"satisfiability","variables":["p"],"clauses":[[1],[-1]]}""", "<answer>p = true</answer>").Outcome);

    [Fact]
    public void All_values_are_judged_by_the_clauses() => Puzzles.Hold(random =>
    {
        var names = Enumerable.Range(1, random.Next(3, 9)).Select(i => $"x{i}").ToArray();
        var planted = names.Select(_ => random.Next(2) == 0).ToArray();
        int Literal(int variable, bool holds) => holds ? variable + 1 : -variable - 1;
        var clauses = Enumerable.Range(0, 12).Select(_ => random.Next(names.Length))
            .Select(sure => new[] { Literal(sure, planted[sure]), Literal(random.Next(names.Length), random.Next(2) == 0), Literal(random.Next(names.Length), random.Next(2) == 0) }).ToArray();
        var puzzle = $$"""{"kind":"satisfiability","variables":{{Puzzles.Json(names)}},"clauses":{{Puzzles.Json(clauses)}}}""";
        foreach (var values in new[] { planted, [.. names.Select(_ => random.Next(2) == 0)], [.. planted.Select((value, i) => i == 0 ? !value : value)] })
        {
            var right = clauses.All(clause => clause.Any(literal => values[Math.Abs(literal) - 1] == literal > 0));
            Assert.Equal(right ? 1 : 0, Puzzles.Score(puzzle, string.Join(", ", names.Select((name, i) => $"{name} = {(values[i] ? "true" : "false")}"))));
            Assert.Equal(right ? 1 : 0, Puzzles.Score(puzzle, string.Join(", ", names.Select((name, i) => $"{(values[i] ? "" : "¬")}{name}"))));
        }
    });
}
