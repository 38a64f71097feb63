using RewardServer.Grading.Graders;

namespace RewardServer.Grading.Tests.Graders.Logic;

public sealed class KnightsTests
{
    // Zoey says that Oliver is a knave; Oliver says that both are of one kind: Zoey is a knight, Oliver a knave.
    private const string Two = """
        {"kind":"knights","people":["Zoey","Oliver"],"statements":[
          {"speaker":"Zoey","says":{"knave":"Oliver"}},{"speaker":"Oliver","says":{"same":["Zoey","Oliver"]}}]}
        """;

    private const string Spies = """
        {"kind":"knights","people":["A","B","C"],"roles":[{"name":"knight","speaks":"truth"},{"name":"knave","speaks":"lies"},{"name":"spy","speaks":"either"}],
         "facts":[{"exactly":[1,{"knight":"A"},{"knight":"B"},{"knight":"C"}]},{"exactly":[1,{"knave":"A"},{"knave":"B"},{"knave":"C"}]}],
         "statements":[{"speaker":"A","says":{"knight":"A"}},{"speaker":"B","says":{"knight":"A"}},{"speaker":"C","says":{"not":{"spy":"C"}}}]}
        """;

    [Theory]
    [InlineData("Zoey is a knight and Oliver is a knave.")]
    [InlineData("(1) Zoey is a knight\n(2) Oliver is a knave")]
    [InlineData("Zoey: knight, Oliver: knave")]
    [InlineData("zoey = Knight; oliver = Knave")]
    [InlineData("""{"Zoey": "knight", "Oliver": "knave"}""")]
    [InlineData("{'Oliver': 'knave', 'Zoey': 'knight'}")]
    [InlineData("Knights: Zoey. Knaves: Oliver.")]
    [InlineData("""{"knights": ["Zoey"], "knaves": ["Oliver"]}""")]
    [InlineData("The knight is Zoey and the knave is Oliver.")]
    [InlineData("Knights: Zoey")]
    [InlineData("| Person | Role |\n|---|---|\n| Zoey | knight |\n| Oliver | knave |")]
    [InlineData(@"\boxed{\text{Zoey is a knight, Oliver is a knave}}")]
    [InlineData(@"\boxed{\text{Zoey: knight}}, \boxed{\text{Oliver: knave}}")]
    [InlineData("- **Zoey**: knight\n- **Oliver**: knave")]
    [InlineData("If Zoey were a knave there would be a contradiction.\n\nSo Zoey is a knight and Oliver is a knave.")]
    public void The_roles_are_read_in_many_notations(string answer) => Assert.Equal(1, Puzzles.Score(Two, answer));

    [Theory]
    [InlineData("Zoey is a knight and Oliver is a knight.", "statement 1: Zoey, a knight, says what is false")]
    [InlineData("Zoey is a knave and Oliver is a knave.", "statement 1: Zoey, a knave, says what is true")]
    [InlineData("Zoey is a knight.", "nothing is said of Oliver")]
    [InlineData("Zoey is a knight and Oliver is not a knight.", "it says what is not so")]
    [InlineData("Neither Oliver nor Zoey is a knave.", "it says what is not so")]
    [InlineData("Zoey is a knight, and nobody is a knave", "it says what is not so")]
    [InlineData("one knight and one knave", "no answer of the puzzle's form can be read")]
    [InlineData("Zoey is a knight and Oliver is a knave, says the spy.", "it reasons, and settles nothing")]
    public void A_wrong_or_missing_answer_scores_0_with_its_reason(string answer, string reason)
    {
        var verdict = Puzzles.Grade(Two, $"<answer>{answer}</answer>");
        Assert.Equal((0.0, reason), (verdict.Score, verdict.Reason));
    }

    [Theory]
    [InlineData("The answer cannot be: Zoey is a knight and Oliver is a knave.")]
    [InlineData("The answer cannot be:\n\nZoey is a knight and Oliver is a knave.")]
    [InlineData("Zoey is a knight and Oliver is a knave. This is impossible.")]
    [InlineData("Case 1: Zoey is a knight and Oliver is a knave. This fails.")]
    [InlineData("I doubt that Zoey is a knight and Oliver is a knave.")]
    public void What_is_denied_is_no_answer(string answer)
    {
        Assert.Equal(0, Puzzles.Score(Two, answer));
        Assert.Equal(0, Puzzles.Grade(Two, answer).Score);
    }

    [Theory]
    [InlineData("Zoey is a knight or a knave, Oliver is a knave")]
    [InlineData("Zoey is a knight, Oliver is a knave. Or Zoey is a knave and Oliver a knight.")]
    [InlineData("Zoey is a knight, Oliver is a knave, Zoey is a knave")]
    [InlineData("Zoey: knight/knave; Oliver: knave")]
    [InlineData("""{"Zoey": "knight", "Oliver": "knave", "Oliver": "knight"}""")]
    [InlineData("Zoey is a knight, Oliver is probably a knave")]
    [InlineData("All are knights, and all are knaves.")]
    public void A_hedge_or_contradiction_is_wrong(string answer)
    {
        var verdict = Puzzles.Grade(Two, $"<answer>{answer}</answer>");
        Assert.Equal(0, verdict.Score);
        Assert.Contains(Signal.HedgedAnswer, verdict.Signals);
    }

    [Fact]
    public void Boxes_that_offer_both_roles_are_a_hedge()
    {
        var verdict = Puzzles.Grade(Two, @"\boxed{\text{Zoey: knight, Oliver: knave}} or \boxed{\text{Zoey: knave, Oliver: knight}}");
        Assert.Equal(0, verdict.Score);
        Assert.Equal([Signal.HedgedAnswer, Signal.SeveralAnswerBlocks], verdict.Signals.Order());
    }

    [Theory]
    [InlineData("A is the knave, B is the spy, C is the knight", 1)]
    [InlineData("A is the spy, B is the knave, C is the knight", 1)]
    [InlineData("A is the knight, B is the knave, C is the spy", 0)]
    [InlineData("A is the knight, B is the knight, C is the knave", 0)]
    [InlineData("knave: A, spy: B, knight: C", 1)]
    public void Other_roles_can_be_named_and_any_solution_counts(string answer, double score) => Assert.Equal(score, Puzzles.Score(Spies, answer));

    [Theory]
    [InlineData("""{"kind":"knights","people":["A"],"statements":[{"speaker":"A","says":{"knave":"A"}}]}""", "the puzzle has no solution")]
    [InlineData("""{"kind":"knights","people":["A"],"statements":[{"speaker":"B","says":{"knave":"A"}}]}""", "task.puzzle.statements[0].speaker must be one of people")]
    [InlineData("""{"kind":"knights","people":["A"],"statements":[{"speaker":"A","says":{"liar":"A"}}]}""", "task.puzzle.statements[0].says 'liar' is not an operator; there are: and, atLeast, atMost, different, exactly, iff, implies, knave, knight, not, or, same, xor")]
    [InlineData("""{"kind":"knights","people":["A"],"statements":[{"speaker":"A","says":{"not":{"knave":"B"}}}]}""", "task.puzzle.statements[0].says 'B' is no name that knave can be said of")]
    [InlineData("""{"kind":"knights","people":["A","a"],"statements":[]}""", "task.puzzle.people[1] 'a' is the name of something else, too")]
    public void What_cannot_be_judged_is_skipped(string puzzle, string reason)
    {
        var verdict = Puzzles.Grade(puzzle, "<answer>A is a knight</answer>");
        Assert.Equal((Outcome.Skipped, reason), (verdict.Outcome, verdict.Reason));
    }
}
