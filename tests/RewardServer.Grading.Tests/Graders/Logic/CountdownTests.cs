using RewardServer.Grading.Graders;

namespace RewardServer.Grading.Tests.Graders.Logic;

public sealed class CountdownTests
{
    private const string Nine = """{"kind":"countdown","numbers":[1,2,3],"target":9}""";
    private const string TwentyFour = """{"kind":"countdown","numbers":[4,6,8,8],"target":24,"useAll":true}""";

    [Theory]
    [InlineData("(1+2)*3")]
    [InlineData("(1 + 2) × 3 = 9")]
    [InlineData("9 = 3*(2+1)")]
    [InlineData("(1+2)3", 0)]
    [InlineData("3(1+2)")]
    [InlineData("[1+2]*3")]
    [InlineData(@"$(1+2)\times 3 = 9$")]
    [InlineData(@"\left(1+2\right)\cdot 3")]
    [InlineData(@"\boxed{(1+2)\times 3}")]
    [InlineData("(1+2)x3 = 3 x 3 = 9")]
    [InlineData("The expression is **(1+2)*3**.")]
    [InlineData("所以(1+2)*3=9。")]
    [InlineData("1+2=3, 3*3=9")]
    [InlineData("Step 1: 1 + 2 = 3\nStep 2: 3 * 3 = 9")]
    [InlineData("1. 1 + 2 = 3\n2. 3 * 3 = 9")]
    [InlineData("{\"expression\": \"(1+2)*3\"}")]
    [InlineData("(1+2)*3\n\nThis uses each of 1, 2 and 3 once.")]
    public void An_expression_or_its_steps_are_read_in_many_notations(string answer, double score = 1) => Assert.Equal(score, Puzzles.Score(Nine, answer));

    [Theory]
    [InlineData("8/3 = 8/3, 3 - 8/3 = 1/3, 8/(1/3) = 24")]
    [InlineData("8 / 3 = 8/3\n3 - 8/3 = 1/3\n8 / (1/3) = 24")]
    [InlineData(@"8 \div 3 = \frac{8}{3}, 3 - \frac{8}{3} = \frac{1}{3}, 8 \div \frac{1}{3} = 24")]
    [InlineData("8/3 = 8/3, 8/3 - 3 = -1/3", 0)]
    [InlineData("8/3 = 8/3, 3 - 8/3 = 1/3, 8/3 * 3 = 8", 0)]
    [InlineData("8/3 = 3/8, 8 * 3 = 24", 0)]
    [InlineData("8/0 = 8/0, 8 * 3 = 24", 0)]
    [InlineData("1/3 + 8 = 25/3", 0)]
    public void A_fraction_is_a_division_of_both_its_numbers_or_the_result_of_a_step(string answer, double score = 1) =>
        Assert.Equal(score, Puzzles.Score("""{"kind":"countdown","numbers":[3,3,8,8],"target":24,"useAll":true}""", answer));

    [Theory]
    [InlineData("1/3 = 1/3, 2 * 1/3 = 2/3, 2/3 * 9 = 6")]
    [InlineData("1/3 = 1/3, 2/3 * 9 = 6", 0)]
    [InlineData("9/3 + 1/3 = 10/3", 0)]
    [InlineData("9/3 * 2 = 6")]
    public void Of_a_product_and_a_fraction_the_fraction_may_be_a_result(string answer, double score = 1) =>
        Assert.Equal(score, Puzzles.Score("""{"kind":"countdown","numbers":[1,2,3,9],"target":6}""", answer));

    [Theory]
    [InlineData("I am not sure, but (1+2)*3")]
    [InlineData("(1+2)*3, most likely")]
    [InlineData("No idea: (1+2)*3")]
    [InlineData("vielleicht (1+2)*3")]
    [InlineData("peut-être (1+2)*3")]
    [InlineData("quizás (1+2)*3")]
    [InlineData("возможно, (1+2)*3")]
    [InlineData("可能是(1+2)*3")]
    [InlineData("有可能(1+2)*3")]
    [InlineData("peut-e\u0302tre (1+2)*3")]
    [InlineData("mo\u0308glicherweise (1+2)*3")]
    [InlineData("おそらく(1+2)*3")]
    [InlineData("아마 (1+2)*3")]
    public void An_expression_that_is_only_guessed_is_a_hedge(string answer)
    {
        var found = Puzzles.Grade(Nine, $"<think>hm</think><answer>{answer}</answer>");
        Assert.Equal((0, Signal.HedgedAnswer), (found.Score, Assert.Single(found.Signals)));
    }

    [Theory]
    [InlineData("I am sure that it is (1+2)*3")]
    [InlineData("Sin duda: (1+2)*3")]
    [InlineData("Certainly (1+2)*3 = 9")]
    [InlineData("(1+2)*3，这是唯一可能的解")]
    [InlineData("(1+2)*3，不可能有其他解")]
    [InlineData("(1+2)*3，其他组合不可能得到 9")]
    [InlineData("试过所有可能，答案是 (1+2)*3")]
    public void An_expression_that_is_stated_is_none(string answer) => Assert.Equal(1, Puzzles.Score(Nine, answer));

    [Theory]
    [InlineData("9", "uses 9 more often than it is given, or it is not given")]
    [InlineData("3*3", "uses 3 more often than it is given, or it is not given")]
    [InlineData("12-3", "uses 12 more often than it is given, or it is not given")]
    [InlineData("1*2*3", "makes 6, not 9")]
    [InlineData("(1+2)*3 = 10", "another side of the equation is not the target")]
    [InlineData("1+2=3, 3*3=9, 9+1=10", "uses 1 more often than it is given, or it is not given")]
    [InlineData("1+2=4, 4*3=12", "makes 3, not 4")]
    [InlineData("3/(2-2)", "uses 2 more often than it is given, or it is not given")]
    [InlineData("1 2 - 3", "'1 2-3' is no expression of whole numbers and + - * / alone")]
    [InlineData("1{2} - 3", "'1{2}-3' is no expression of whole numbers and + - * / alone")]
    [InlineData("(1+2)*3!", "'(1+2)*3!' is no expression of whole numbers and + - * / alone")]
    [InlineData("3^2", "'3^2' is no expression of whole numbers and + - * / alone")]
    [InlineData("3**2", "'3**2' is no expression of whole numbers and + - * / alone")]
    [InlineData("-1-2+3*4", "'-1-2+3*4' is no expression of whole numbers and + - * / alone")]
    [InlineData("log(3)*3", "'log(3)*3' is no expression of whole numbers and + - * / alone")]
    [InlineData("sqrt (3)*3", "'sqrt(3)*3' is no expression of whole numbers and + - * / alone")]
    [InlineData("3²", "'3²' is no expression of whole numbers and + - * / alone")]
    [InlineData("((1+2)*3", "'((1+2)*3' is no expression of whole numbers and + - * / alone")]
    [InlineData("", "no expression can be read")]
    [InlineData("I do not know", "no expression can be read")]
    public void What_breaks_a_rule_scores_0_with_the_rule(string answer, string reason)
    {
        var verdict = Puzzles.Grade(Nine, $"<answer>{answer}</answer>");
        Assert.Equal((0.0, reason), (verdict.Score, verdict.Reason));
    }

    [Theory]
    [InlineData("4*6/(8/8)", 1)]
    [InlineData(@"\frac{4 \times 6}{8 \div 8}", 1)]
    [InlineData("4*6", 0)]
    [InlineData("24", 0)]
    [InlineData("4*6=24, 8-8=0, 24+0=24", 1)]
    [InlineData("4*6=24", 0)]
    [InlineData("8-8=0, 4*6=24", 0)]
    [InlineData("4*6*8/8", 1)]
    [InlineData("(8-4)*6*8/8", 0)]
    [InlineData("not 4*6/(8/8)", 0)]
    [InlineData("4*6/(8/8) = 24 is wrong", 0)]
    [InlineData("maybe 4*6/(8/8)", 0)]
    [InlineData("4*6/(8/8) or nothing", 0)]
    [InlineData("4*6/(8/8)\nThis is wrong.", 0)]
    [InlineData("4*6/(8/8) = 24?", 0)]
    [InlineData(@"\frac{4 \times 6}{\frac88}", 1)]
    public void The_game_of_24_uses_every_number(string answer, double score) => Assert.Equal(score, Puzzles.Score(TwentyFour, answer));

    [Theory]
    [InlineData("1.5 * 6")]
    [InlineData("1 5 * 6")]
    [InlineData("15*6²", 0)]
    [InlineData("15*6", 1)]
    public void Digits_that_stand_apart_are_no_number(string answer, double score = 0)
    {
        const string Ninety = """{"kind":"countdown","numbers":[15,6],"target":90}""";
        Assert.Equal(score, Puzzles.Score(Ninety, answer));
        Assert.Equal(score, Puzzles.Grade(Ninety, $"So: {answer}").Score);
    }

    [Fact]
    public void Fractions_are_exact() =>
        Assert.Equal(1, Puzzles.Score("""{"kind":"countdown","numbers":[3,3,8,8],"target":24,"useAll":true}""", "8/(3-8/3)"));

    [Theory]
    [InlineData("""{"kind":"countdown","numbers":[3,3,8,8],"target":24,"wholeSteps":true}""", "8/(3-8/3)", "has 8/3 on the way, which is no whole number")]
    [InlineData("""{"kind":"countdown","numbers":[1,2,3],"target":6,"nonNegativeSteps":true}""", "1-3+2*1", "uses 1 more often than it is given, or it is not given")]
    [InlineData("""{"kind":"countdown","numbers":[1,2,9],"target":8,"nonNegativeSteps":true}""", "1-2+9", "has -1 on the way, which is negative")]
    [InlineData("""{"kind":"countdown","numbers":[1,2,9],"target":8,"operations":["+","-"]}""", "(9*2-1*2)", "uses 2 more often than it is given, or it is not given")]
    [InlineData("""{"kind":"countdown","numbers":[1,2,9],"target":8,"operations":["+","-"]}""", "9-2/(2-1)", "uses 2 more often than it is given, or it is not given")]
    [InlineData("""{"kind":"countdown","numbers":[1,2,9],"target":8,"operations":["+","-"]}""", "9*1-2", "uses the operation *, which is not allowed")]
    public void Options_narrow_what_is_allowed(string puzzle, string answer, string reason) =>
        Assert.Equal(reason, Puzzles.Grade(puzzle, $"<answer>{answer}</answer>").Reason);

    [Theory]
    [InlineData("(1+2)*3 or 1+2*3")]
    [InlineData("1+2*3 or (1+2)*3")]
    [InlineData("(1+2)*3, (2+1)*3")]
    [InlineData("(1+2)*3\n1*2*3")]
    public void Several_expressions_are_a_hedge(string answer)
    {
        var verdict = Puzzles.Grade(Nine, $"<answer>{answer}</answer>");
        Assert.Equal(0, verdict.Score);
        Assert.Contains(Signal.HedgedAnswer, verdict.Signals);
    }

    [Theory]
    [InlineData("Try 1+2=3, 3*2=6: no. So (1+2)*3=9.", 1)]
    [InlineData("So (1+2)*3=9. Or try 1+2=3, 3*2=6.", 0)]
    [InlineData("1 + 2 = 3\n3 * 3 = 9", 1)]
    [InlineData("1 2 - 3 = 9", 0)]
    [InlineData("First 1*2*3 = 6, which is too small.\n\nBut (1+2)*3 = 9!", 1)]
    [InlineData("We add 1+2=3 and then 3*3=9, so (1+2)*3 = 9.", 1)]
    [InlineData("(1+2)*3 = 9 is what I tried first.\nThen 1+2*3 = 7.", 0)]
    [InlineData("There are 3 numbers.", 0)]
    public void Without_a_mark_the_last_expression_decides(string response, double score) => Assert.Equal(score, Puzzles.Grade(Nine, response).Score);

    [Theory]
    [InlineData("[1,5]", -4, "1-5 = -4", 1)]
    [InlineData("[1,5]", -4, "-4 = 1-5", 1)]
    [InlineData("[1,5]", -4, "-4", 0)]
    [InlineData("[3,8,29]", 24, "3-8=-5, -5+29=24", 1)]
    [InlineData("[3,8,29]", 24, "-8+3+29 = 24", 0)]
    [InlineData("[3,3,8,8]", 24, @"\frac8{3-\frac83}", 1)]
    public void Results_may_be_negative(string numbers, int target, string answer, double score) =>
        Assert.Equal(score, Puzzles.Score($$"""{"kind":"countdown","numbers":{{numbers}},"target":{{target}}}""", answer));

    [Fact]
    public void A_single_number_may_be_the_target_itself() =>
        Assert.Equal(1, Puzzles.Score("""{"kind":"countdown","numbers":[7,9],"target":9}""", "9"));

    [Theory]
    [InlineData("""{"kind":"countdown","numbers":[1,1,1,1],"target":24,"useAll":true}""", "the puzzle has no solution")]
    [InlineData("""{"kind":"countdown","numbers":[],"target":24}""", "task.puzzle.numbers must be from 1 to 12")]
    [InlineData("""{"kind":"countdown","numbers":[-1],"target":24}""", "task.puzzle.numbers must be from 0 to 1000000000 each")]
    [InlineData("""{"kind":"countdown","numbers":[1],"target":1,"operations":["^"]}""", "task.puzzle.operations must be some of '+', '-', '*', '/'")]
    public void What_cannot_be_judged_is_skipped_whatever_is_answered(string puzzle, string reason)
    {
        foreach (var answer in new[] { "1+1", "", "24", "?" })
        {
            var verdict = Puzzles.Grade(puzzle, $"<answer>{answer}</answer>");
            Assert.Equal((Outcome.Skipped, reason), (verdict.Outcome, verdict.Reason));
        }
    }
}
