using System.Text.Json;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Graders;
using RewardServer.Grading.Graders.Logic;

namespace RewardServer.Grading.Tests.Graders.Logic;

public sealed class LogicGraderTests
{
    private const string Nine = """{"kind":"countdown","numbers":[1,2,3],"target":9}""";
    private const string Two = """{"kind":"knights","people":["A","B"],"statements":[{"speaker":"A","says":{"knave":"B"}},{"speaker":"B","says":{"same":["A","B"]}}]}""";

    private static readonly string[] All =
    [
        Nine, Two,
        """{"kind":"grid","positions":["1","2"],"categories":{"a":["x","y"]},"constraints":[]}""",
        """{"kind":"sudoku","grid":[[1,0,0,0],[0,0,1,0],[0,0,0,0],[0,0,0,1]]}""",
        """{"kind":"magic-square","grid":[[0,0,0],[0,5,0],[0,0,0]]}""",
        """{"kind":"queens","size":4}""",
        """{"kind":"colouring","vertices":["A","B"],"edges":[["A","B"]],"colours":["red","green"]}""",
        """{"kind":"cryptarithm","equation":"SEND + MORE = MONEY"}""",
        """{"kind":"satisfiability","variables":["x1","x2"],"clauses":[[1,2]]}""",
        """{"kind":"path","grid":["S.#","#..","..G"]}""",
    ];

    [Theory]
    [InlineData(@"<answer>(1+2)*3</answer> and not \boxed{1+2+3}", 1)]
    [InlineData(@"<answer>so \boxed{(1+2)*3}</answer>", 1)]
    [InlineData(@"\boxed{1+2+3}. Wait, no: \boxed{(1+2)*3}", 1)]
    [InlineData(@"\boxed{(1+2)*3}. Wait, no: \boxed{1+2+3}", 0)]
    [InlineData("<answer>(1+2)*3</answer> <answer>1+2+3</answer>", 0)]
    [InlineData("#### (1+2)*3", 1)]
    [InlineData("```\n(1+2)*3\n```", 1)]
    [InlineData("```python\nprint((1+2)*3)\n```", 0)]
    [InlineData("<!-- (1+2)*3 -->", 0)]
    [InlineData("(1+2)*3 <answer>", 0)]
    [InlineData("", 0)]
    public void The_last_answer_that_is_marked_decides(string response, double score) => Assert.Equal(score, Puzzles.Grade(Nine, response).Score);

    [Theory]
    [InlineData("<think>(1+2)*3 = 9</think> done")]
    [InlineData("<think><answer>(1+2)*3</answer></think><answer>?</answer>")]
    public void An_answer_only_in_the_thinking_scores_0_with_a_signal(string completion)
    {
        var verdict = Puzzles.Grade(Nine, completion);
        Assert.Equal((0, Signal.AnswerOnlyInThinking), (verdict.Score, Assert.Single(verdict.Signals)));
    }

    [Fact]
    public void Several_answers_carry_a_signal()
    {
        Assert.Contains(Signal.SeveralAnswerBlocks, Puzzles.Grade(Nine, @"\boxed{1+2+3}. So then \boxed{(1+2)*3}").Signals);
        Assert.Contains(Signal.SeveralAnswerBlocks, Puzzles.Grade(Two, "A is a knave and B is a knight.\n\nA is a knight and B is a knave.").Signals);
    }

    [Fact]
    public void The_details_show_what_was_read_and_what_is_broken()
    {
        var details = Assert.IsType<LogicDetails>(Puzzles.Grade(Two, "<answer>A and B are knaves</answer>").Details);
        Assert.Equal(("A and B are knaves", "answer-tag", "A: knave, B: knave"), (details.Extracted, details.Source, details.Read));
        Assert.Equal(["statement 1: A, a knave, says what is true", "statement 2: B, a knave, says what is true"], details.Broken);
    }

    [Fact]
    public void The_same_item_gives_the_same_verdict_and_hostile_text_scores_0()
    {
        string[] pieces = ["(", "1+", "{", "\\frac{", "A is a ", "knight ", "1 2 3 4\n", "x: ", "R", "(0,0)", "Q...\n", "\\boxed{", "| ", "\ud83d", "if ", "\n\n", ". ", "answer:\n", "🙂", "["];
        foreach (var puzzle in All)
        {
            foreach (var text in pieces.Select(piece => string.Concat(Enumerable.Repeat(piece, 1_000_000 / piece.Length / 10))))
            {
                var (tagged, bare) = (Puzzles.Grade(puzzle, $"<answer>{text}</answer>"), Puzzles.Grade(puzzle, text));
                Assert.Equal((Outcome.Scored, 0.0, 0.0), (tagged.Outcome, tagged.Score, bare.Score));
                Assert.True(tagged.Reason.Length < 400 && JsonSerializer.Serialize(tagged.Details).Length < 20_000);
            }
        }
    }

    [Fact]
    public void Random_pieces_of_answers_never_throw_and_give_the_same_twice() => Puzzles.Hold(random =>
    {
        string[] pieces =
        [
            "A", "B", " is ", " a ", "knight", "knave", " and ", " or ", "not", ",", ";", ".", "\n", "\n\n", ":", "=", "1", "2", "3", "4", "(", ")", "[", "]", "{", "}", "+", "-", "*", "/", "\\frac", "\\boxed{", "\\", "$",
            "x1", "x2", "¬", "true", "false", "red", "green", "x", "y", "R", "D", "→", "Q", "...", "S", "|", "9567 + 1085 = 10652", "1234", "<answer>", "</answer>", "none", "all", "if", "'s", "\u0000", "\ud800", "answer:\n",
        ];
        var text = string.Concat(Enumerable.Range(0, random.Next(60)).Select(_ => pieces[random.Next(pieces.Length)]));
        foreach (var puzzle in All)
        {
            var (first, again) = (Puzzles.Grade(puzzle, text), Puzzles.Grade(puzzle, text));
            Assert.Equal(Outcome.Scored, first.Outcome);
            Assert.True(first.Score is 0 or 1);
            Assert.Equal((first.Score, first.Reason, JsonSerializer.Serialize(first.Details)), (again.Score, again.Reason, JsonSerializer.Serialize(again.Details)));
        }
    }, cases: 300);

    [Theory]
    [InlineData("""{"kind":"chess"}""", "puzzle.kind", "'chess' is not a known kind")]
    [InlineData("""{"numbers":[1],"target":1}""", "puzzle.kind", "is required")]
    [InlineData("""{"kind":"countdown","numbers":[1]}""", "puzzle.target", "is required")]
    [InlineData("""{"kind":"countdown","numbers":[1],"target":1,"useall":true}""", "puzzle.useall", "is not a known member")]
    [InlineData("""{"kind":"grid","positions":["1"],"categories":{},"constraints":[{}]}""", "puzzle.constraints[0]", "must have one member: the operator")]
    [InlineData("""{"kind":"grid","positions":["1"],"categories":{},"constraints":[{"at":["a",1],"same":["a","b"]}]}""", "puzzle.constraints[0]", "must have one member: the operator")]
    [InlineData("""{"kind":"satisfiability","variables":["a"],"formulas":[true]}""", "puzzle.formulas[0]", "must be a name, or an object with one member: the operator")]
    public void A_puzzle_of_another_shape_is_refused_with_the_member_at_fault(string puzzle, string path, string message)
    {
        var thrown = Record.Exception(() => Puzzles.Grade(puzzle, ""));
        Assert.Equal(new JsonFault(path, message), JsonFault.From(thrown!));
    }

    [Theory]
    [InlineData("""{"kind":"countdown","numbers":null,"target":1}""")]
    [InlineData("""{"kind":"countdown","numbers":[1],"target":1,"operations":null}""")]
    [InlineData("""{"kind":"knights","people":["A",null],"statements":[]}""")]
    [InlineData("""{"kind":"knights","people":["A"],"statements":[null]}""")]
    [InlineData("""{"kind":"knights","people":["A"],"statements":[],"roles":[null]}""")]
    [InlineData("""{"kind":"knights","people":["A"],"statements":[],"facts":[null]}""")]
    [InlineData("""{"kind":"knights","people":["A"],"statements":[],"facts":[{"exactly":[1]}]}""")]
    [InlineData("""{"kind":"knights","people":["A"],"statements":[],"facts":[{"exactly":[99999999999,{"knight":"A"}]}]}""")]
    [InlineData("""{"kind":"grid","positions":["1","2"],"categories":{"a":null},"constraints":[]}""")]
    [InlineData("""{"kind":"grid","positions":null,"categories":{},"constraints":null}""")]
    [InlineData("""{"kind":"sudoku","grid":[null,null,null,null]}""")]
    [InlineData("""{"kind":"sudoku","grid":[]}""")]
    [InlineData("""{"kind":"magic-square","grid":null}""")]
    [InlineData("""{"kind":"queens","size":4,"placed":[null]}""")]
    [InlineData("""{"kind":"queens","size":0}""")]
    [InlineData("""{"kind":"colouring","vertices":["A","B"],"edges":[["A",null]],"colours":["red"]}""")]
    [InlineData("""{"kind":"colouring","vertices":["A","B"],"edges":[null],"colours":["red"]}""")]
    [InlineData("""{"kind":"colouring","vertices":["A"],"edges":[],"colours":["red"],"given":{"A":null}}""")]
    [InlineData("""{"kind":"cryptarithm","equation":""}""")]
    [InlineData("""{"kind":"cryptarithm","equation":"A=B=C"}""")]
    [InlineData("""{"kind":"satisfiability","variables":["a"],"clauses":[[]]}""")]
    [InlineData("""{"kind":"satisfiability","variables":["a"],"clauses":[[2]]}""")]
    [InlineData("""{"kind":"satisfiability","variables":["a"],"formulas":["b"]}""")]
    [InlineData("""{"kind":"path","grid":[null]}""")]
    public void What_is_null_or_out_of_range_is_refused_or_skipped(string puzzle)
    {
        var skipped = Outcome.Failed;
        var thrown = Record.Exception(() => skipped = Puzzles.Grade(puzzle, "<answer>A is a knight</answer>").Outcome);
        Assert.True(thrown is null ? skipped == Outcome.Skipped : JsonFault.From(thrown) is not null, thrown?.ToString());
    }

    [Fact]
    public void A_puzzle_is_written_as_it_was_read()
    {
        const string Json = """{"kind":"knights","people":["A"],"statements":[{"speaker":"A","says":{"or":[{"knight":["A"]},{"not":[{"knave":["A"]}]}]}}],"roles":[{"name":"knight","speaks":"truth"},{"name":"knave","speaks":"lies"}],"facts":[]}""";
        Assert.Equal(Json, JsonSerializer.Serialize(JsonSerializer.Deserialize<RewardServer.Grading.Completions.Puzzles.Puzzle>(Json, ItemJson.Options), ItemJson.Options));
    }
}
