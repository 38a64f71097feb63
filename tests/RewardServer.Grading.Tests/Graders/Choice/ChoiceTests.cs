using RewardServer.Grading.Graders;
using RewardServer.Grading.Rubrics;

namespace RewardServer.Grading.Tests.Graders.Choice;

public sealed class ChoiceTests(SharedSandbox sandbox)
{
    private const string Cities = """{"kind":"choice","answer":"B","choices":{"A":"London","B":"Paris","C":"New York","D":"York"}}""";
    private const string Bare = """{"kind":"choice","answer":"B"}""";
    private const string Several = """{"kind":"choice","answer":["A","C"],"choices":["one","two","three","four"]}""";

    [Theory]
    [InlineData("""{"kind":"choice","answer":"B","choices":["Paris","Paris","London"]}""", "the choice A has the text of a right one, and is none (task.choices)")]
    [InlineData("""{"kind":"choice","answer":["A","C"],"choices":["one","two","one","one "]}""", "the choice D has the text of a right one, and is none (task.choices)")]
    public async Task A_task_whose_right_choice_stands_there_twice_cannot_be_judged(string task, string reason)
    {
        foreach (var completion in new[] { "<answer>A</answer>", "<answer>B</answer>", "" })
        {
            var graded = await Answering.GradeAsync(sandbox, task, completion);
            Assert.Equal((Outcome.Skipped, reason), (graded.Outcome, graded.Reason));
        }
    }

    [Theory]
    [InlineData("""{"kind":"choice","answer":"C","choices":["Paris","Paris","London"]}""", "<answer>C</answer>", 1)]
    [InlineData("""{"kind":"choice","answer":"C","choices":["Paris","Paris","London"]}""", "<answer>Paris</answer>", 0)]
    [InlineData("""{"kind":"choice","answers":["A","B"],"choices":["Paris","Paris","London"]}""", "<answer>B</answer>", 1)]
    [InlineData("""{"kind":"choice","answer":"A","choices":["-1","1"]}""", "<answer>A</answer>", 1)]
    [InlineData("""{"kind":"choice","answers":["B","B"],"choices":["Paris","London"]}""", "<answer>B</answer>", 1)]
    [InlineData("""{"kind":"choice","answer":["A","A"],"choices":["Paris","London"]}""", "<answer>A</answer>", 1)]
    [InlineData("""{"kind":"text","answers":["Paris","Paris"]}""", "<answer>Paris</answer>", 1)]
    [InlineData("""{"kind":"math","answers":["5","5"]}""", "<answer>6</answer>", 0)]
    public async Task What_stands_twice_but_does_not_matter_is_no_fault(string task, string completion, double score) =>
        Assert.Equal(score, (await Answering.GradeAsync(sandbox, task, completion)).Score);

    [Theory]
    [InlineData(@"\boxed{B}")]
    [InlineData(@"\boxed{\text{B}}")]
    [InlineData(@"\boxed{\textbf{(B)}}")]
    [InlineData(@"$\boxed{\mathrm{B}}$")]
    [InlineData(@"\boxed{b}")]
    [InlineData(@"\boxed{B) Paris}")]
    [InlineData(@"\boxed{\text{Paris}}")]
    [InlineData("<answer>B</answer>")]
    [InlineData("<answer>(B)</answer>")]
    [InlineData("<answer> b. </answer>")]
    [InlineData("<answer>Option B</answer>")]
    [InlineData("<answer>B. Paris</answer>")]
    [InlineData("<answer>paris</answer>")]
    [InlineData("<answer>The capital is Paris.</answer>")]
    [InlineData("<answer>**B**</answer>")]
    [InlineData("<think>A or C?</think><answer>The answer is (B).</answer>")]
    [InlineData("#### B")]
    [InlineData("The answer is (B).")]
    [InlineData("So the answer is B, not A.")]
    [InlineData("The answer is (B) because A is an island.")]
    [InlineData("Answer: B")]
    [InlineData("**Answer:** B")]
    [InlineData("**Answer: B**")]
    [InlineData("The correct option is B.")]
    [InlineData("Therefore, option B is correct.")]
    [InlineData("<answer>Nothing but B</answer>")]
    [InlineData("<answer>No doubt, it is B.</answer>")]
    [InlineData("I would choose B.")]
    [InlineData("Thus, (B) is the correct choice.")]
    [InlineData("B is the correct answer.")]
    [InlineData("The answer is B. This is the correct answer.")]
    [InlineData("The best answer is B because A and C ignore friction.")]
    [InlineData("**Final Answer**\n\nB")]
    [InlineData("<answer>Option B, which is in France.</answer>")]
    [InlineData("答案是B")]
    [InlineData("所以答案是B。")]
    [InlineData("故选B。")]
    [InlineData("我选择B")]
    [InlineData("B")]
    [InlineData("B.")]
    [InlineData("(B)")]
    [InlineData("**B**")]
    [InlineData("B) Paris")]
    [InlineData("London is in England.\n\n**B. Paris**")]
    [InlineData("Paris")]
    [InlineData("The answer is Paris.")]
    [InlineData("<answer>Ｂ</answer>")]
    [InlineData("<answer>Ⓑ</answer>")]
    [InlineData("<answer>В</answer>")] // Cyrillic
    [InlineData("<answer>𝐁</answer>")]
    [InlineData("<answer>It is not A. It is (B).</answer>")]
    [InlineData("<answer>~~A~~ B</answer>")]
    [InlineData(@"\boxed{\cancel{A} B}")]
    [InlineData("A) London\nB) Paris\nC) New York\n\nThe answer is B.")]
    public async Task The_right_choice_is_found_however_it_is_written(string completion)
    {
        var found = await GradeAsync(Cities, completion);
        Assert.Equal(1, found.Score);
        Assert.DoesNotContain(Signal.HedgedAnswer, found.Signals);
    }

    [Theory]
    [InlineData("<answer>A</answer>")]
    [InlineData("<answer>New York</answer>")]
    [InlineData("<answer>York</answer>")]
    [InlineData("<answer>E</answer>")]
    [InlineData("<answer>Б</answer>")]
    [InlineData("<answer>not B</answer>")]
    [InlineData("<answer>It is not B.</answer>")]
    [InlineData("<answer>B is wrong</answer>")]
    [InlineData("<answer>anything but London</answer>")]
    [InlineData("<answer>~~B~~ A</answer>")]
    [InlineData("<answer>B\u0336 A</answer>")]
    [InlineData(@"\boxed{\cancel{B} A}")]
    [InlineData("<answer>It cannot be Paris.</answer>")]
    [InlineData("<answer>A good question</answer>")]
    [InlineData("A city is not a country.")]
    [InlineData("The answer is A good one.")]
    [InlineData("<answer></answer>")]
    [InlineData("")]
    [InlineData("I do not know.")]
    [InlineData(@"\boxed{B} is wrong. So \boxed{A}.")]
    [InlineData("<answer>B")]
    public async Task Another_choice_or_none_is_wrong(string completion) => Assert.Equal(0, (await GradeAsync(Cities, completion)).Score);

    [Theory]
    [InlineData("<answer>A or B</answer>")]
    [InlineData("<answer>either A or B</answer>")]
    [InlineData("<answer>A/B</answer>")]
    [InlineData("<answer>A, B, C, D</answer>")]
    [InlineData("<answer>A and B</answer>")]
    [InlineData("<answer>ABCD</answer>")]
    [InlineData("<answer>(A) (B)</answer>")]
    [InlineData("<answer>B) London</answer>")]
    [InlineData("<answer>London or Paris</answer>")]
    [InlineData("<answer>B) Paris, or maybe (C)</answer>")]
    [InlineData("<answer>It could be (A), or perhaps (B)</answer>")]
    [InlineData("<answer>A或B</answer>")]
    [InlineData("<answer>Between A and B I cannot decide</answer>")]
    [InlineData("<answer>B? No, A.</answer>")]
    [InlineData(@"\boxed{A} or \boxed{B}")]
    [InlineData(@"\boxed{A}\boxed{B}")]
    [InlineData("The answer is A or B.")]
    [InlineData("The answer is A. Or B.")]
    [InlineData("A) London\nB) Paris\nC) New York\nD) York")]
    public async Task What_offers_several_choices_is_wrong_with_a_signal(string completion)
    {
        var found = await GradeAsync(Cities, completion);
        Assert.Equal(0, found.Score);
        Assert.Contains(Signal.HedgedAnswer, found.Signals);
    }

    [Theory]
    [InlineData("<answer>A, C</answer>", 1)]
    [InlineData("<answer>A and C</answer>", 1)]
    [InlineData("<answer>(A), (C)</answer>", 1)]
    [InlineData("<answer>AC</answer>", 1)]
    [InlineData("<answer>C, A</answer>", 1)]
    [InlineData("<answer>A和C</answer>", 1)]
    [InlineData(@"\boxed{A, C}", 1)]
    [InlineData(@"\boxed{\text{A and C}}", 1)]
    [InlineData("The correct options are A and C.", 1)]
    [InlineData("A) one\nC) three", 1)]
    [InlineData("<answer>A</answer>", 0)]
    [InlineData("<answer>A, B, C</answer>", 0)]
    [InlineData("<answer>A or C</answer>", 0)]
    [InlineData("<answer>A, B, C, D</answer>", 0)]
    public async Task Of_several_right_choices_all_must_be_named_and_no_more(string completion, double score) =>
        Assert.Equal(score, (await GradeAsync(Several, completion)).Score);

    [Theory]
    [InlineData("""{"kind":"choice","answer":"2","choices":{"1":"two","2":"one"}}""", "<answer>2</answer>", 1)]
    [InlineData("""{"kind":"choice","answer":"2","choices":{"1":"two","2":"one"}}""", "<answer>(2) one</answer>", 1)]
    [InlineData("""{"kind":"choice","answer":"2","choices":{"1":"two","2":"one"}}""", "<answer>one</answer>", 1)]
    [InlineData("""{"kind":"choice","answer":"2","choices":{"1":"two","2":"one"}}""", "<answer>two</answer>", 0)]
    [InlineData("""{"kind":"choice","answer":"iii","choices":{"i":"x","ii":"y","iii":"z"}}""", "<answer>III</answer>", 1)]
    [InlineData("""{"kind":"choice","answer":"iii","choices":{"i":"x","ii":"y","iii":"z"}}""", "<answer>(ii)</answer>", 0)]
    [InlineData("""{"kind":"choice","answer":"III"}""", "<answer>III.</answer>", 1)]
    [InlineData("""{"kind":"choice","answer":"В","choices":{"А":"x","Б":"y","В":"z"}}""", "<answer>В</answer>", 1)]
    [InlineData("""{"kind":"choice","answer":"3","choices":["3","2","1"]}""", "<answer>A</answer>", 1)]
    [InlineData("""{"kind":"choice","answer":"yes","choices":{"yes":"it is","no":"it is not"}}""", "<answer>Yes</answer>", 1)]
    [InlineData("""{"kind":"choice","answers":["B","C"]}""", "<answer>C</answer>", 1)]
    [InlineData("""{"kind":"choice","answers":[["A","C"],["B"]]}""", "<answer>A and C</answer>", 1)]
    [InlineData("""{"kind":"choice","answers":["B","C"]}""", "<answer>B, C</answer>", 0)]
    [InlineData("""{"kind":"choice","answer":"A"}""", "<answer>A</answer>", 1)]
    [InlineData("""{"kind":"choice","answer":"A"}""", "A good answer is hard to find.", 0)]
    [InlineData("""{"kind":"choice","answer":"A"}""", "The answer is A.", 1)]
    [InlineData("""{"kind":"choice","answer":"A"}""", "The answer is a matter of taste.", 0)]
    [InlineData("""{"kind":"choice","answer":"A"}""", "Option A is correct.", 1)]
    [InlineData("""{"kind":"choice","answer":"I"}""", "I think it is hard.", 0)]
    public async Task Labels_are_letters_digits_numerals_or_words(string task, string completion, double score) =>
        Assert.Equal(score, (await GradeAsync(task, completion)).Score);

    [Theory]
    [InlineData("""{"kind":"choice","answer":"B","choices":["London","Paris","Rome"]}""", @"A) Paris", 0)]
    [InlineData("""{"kind":"choice","answer":"B","choices":["London","Paris","Rome"]}""", @"(A) Paris", 0)]
    [InlineData("""{"kind":"choice","answer":"B","choices":["London","Paris","Rome"]}""", @"A: Paris", 0)]
    [InlineData("""{"kind":"choice","answer":"B","choices":["London","Paris","Rome"]}""", @"A - Paris", 0)]
    [InlineData("""{"kind":"choice","answer":"B","choices":["London","Paris","Rome"]}""", @"London (B)", 0)]
    [InlineData("""{"kind":"choice","answer":"B","choices":["London","Paris","Rome"]}""", @"Rome (B)", 0)]
    [InlineData("""{"kind":"choice","answer":"B","choices":["London","Paris","Rome"]}""", @"Paris (A)", 0)]
    [InlineData("""{"kind":"choice","answer":"B","choices":["London","Paris","Rome"]}""", @"B (Paris)", 1)]
    [InlineData("""{"kind":"choice","answer":"B","choices":["London","Paris","Rome"]}""", @"Paris (B)", 1)]
    [InlineData("""{"kind":"choice","answer":"B","choices":["London","Paris","Rome"]}""", @"B: Paris", 1)]
    [InlineData("""{"kind":"choice","answer":"C","choices":["A only","B only","both A and B"]}""", @"(C) both A and B", 1)]
    [InlineData("""{"kind":"choice","answer":"C","choices":["A only","B only","both A and B"]}""", @"C. both A and B", 1)]
    [InlineData("""{"kind":"choice","answer":"C","choices":["A only","B only","both A and B"]}""", @"(A) both A and B", 0)]
    [InlineData("""{"kind":"choice","answer":"C","choices":["A only","B only","both A and B"]}""", @"A only", 0)]
    [InlineData("""{"kind":"choice","answer":"B","choices":["C","C++","C#"]}""", @"B) C++", 1)]
    [InlineData("""{"kind":"choice","answer":"B","choices":["C","C++","C#"]}""", @"C) C++", 0)]
    [InlineData("""{"kind":"choice","answer":"B","choices":["$\\frac12$","$\\frac{1}{4}$"]}""", @"$\frac{1}{4}$", 1)]
    [InlineData("""{"kind":"choice","answer":"B","choices":["$\\frac12$","$\\frac{1}{4}$"]}""", @"\boxed{\frac{1}{4}}", 1)]
    [InlineData("""{"kind":"choice","answer":"B","choices":["$\\frac12$","$\\frac{1}{4}$"]}""", @"B) $\frac{1}{4}$", 1)]
    [InlineData("""{"kind":"choice","answer":"B","choices":["$\\frac12$","$\\frac{1}{4}$"]}""", @"A) $\frac{1}{4}$", 0)]
    [InlineData("""{"kind":"choice","answer":"B","choices":["$\\frac12$","$\\frac{1}{4}$"]}""", @"\boxed{\frac{1}{2}}", 0)]
    [InlineData("""{"kind":"choice","answer":"B","choices":["$\\frac12$","$\\frac{1}{4}$"]}""", @"\boxed{\cancel{\frac{1}{4}}}", 0)]
    [InlineData("""{"kind":"choice","answer":"3"}""", @"-3", 0)]
    [InlineData("""{"kind":"choice","answer":"3"}""", @"(-3)", 0)]
    [InlineData("""{"kind":"choice","answer":"3"}""", @"−3", 0)]
    [InlineData("""{"kind":"choice","answer":"3"}""", @"(3)", 1)]
    [InlineData("""{"kind":"choice","answer":"3"}""", @"- 3", 1)]
    public async Task A_label_and_the_text_beside_it_must_agree(string task, string answer, double score)
    {
        Assert.Equal(score, (await GradeAsync(task, answer)).Score);
        Assert.Equal(score, (await GradeAsync(task, answer.StartsWith(@"\boxed", StringComparison.Ordinal) ? answer : $"<answer>{answer}</answer>")).Score);
    }

    [Theory]
    [InlineData("≠ B")]
    [InlineData("\\neq B")]
    [InlineData("¬B")]
    [InlineData("!= B")]
    [InlineData("Anything but B")]
    [InlineData("everything but B")]
    [InlineData("B (incorrect)")]
    [InlineData("B ✗")]
    [InlineData("B? No.")]
    [InlineData("wrong: B")]
    [InlineData("I doubt B")]
    [InlineData("Could be B")]
    [InlineData("might be B")]
    [InlineData("B or none")]
    [InlineData("A -> B")]
    [InlineData("≠ Paris")]
    [InlineData("It could be Paris")]
    [InlineData("anything but Paris")]
    public async Task What_is_denied_or_doubted_is_not_chosen(string answer)
    {
        Assert.Equal(0, (await GradeAsync(Cities, $"<answer>{answer}</answer>")).Score);
        Assert.Equal(0, (await GradeAsync(Bare, $"<answer>{answer}</answer>")).Score);
    }

    [Theory]
    [InlineData("""{"kind":"choice","answer":"E","choices":["a","b"]}""", "task.answer")]
    [InlineData("""{"kind":"choice","answers":["E","F"],"choices":["a","b"]}""", "task.answers")]
    [InlineData("""{"kind":"choice","answer":"A","choices":{"A":"x","a":"y"}}""", "task.choices")]
    [InlineData("""{"kind":"choice","answer":"of no label at all"}""", "task.answer")]
    public async Task A_gold_that_is_no_choice_is_skipped_whatever_the_candidate_wrote(string task, string member)
    {
        foreach (var completion in new[] { "<answer>A</answer>", "<answer>E</answer>", "" })
        {
            var found = await GradeAsync(task, completion);
            Assert.Equal(Outcome.Skipped, found.Outcome);
            Assert.Contains(member, found.Reason, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task An_answer_only_in_the_thinking_scores_0_with_a_signal() =>
        Assert.Contains(Signal.AnswerOnlyInThinking, (await GradeAsync(Bare, "<think>The answer is B.</think>Done.")).Signals);

    [Fact]
    public async Task Different_boxes_carry_a_signal_and_the_last_decides()
    {
        var found = await GradeAsync(Bare, @"First \boxed{A}. Wait, so then it is \boxed{B}.");
        Assert.Equal(1, found.Score);
        Assert.Contains(Signal.SeveralAnswerBlocks, found.Signals);
    }

    [Fact]
    public async Task Where_the_rubric_names_places_no_others_count() =>
        Assert.Equal(0, (await GradeAsync(Bare, "The answer is B.", """{"places":["boxed"]}""")).Score);

    [Theory]
    [InlineData("(")]
    [InlineData("(B) ")]
    [InlineData("A or ")]
    [InlineData("**")]
    [InlineData("the answer is ")]
    [InlineData("选")]
    [InlineData("~~")]
    [InlineData("B\n")]
    [InlineData("\\text{")]
    [InlineData("\u0336")]
    public async Task A_million_characters_are_judged(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, 1_000_000 / piece.Length));
        Assert.Equal(Outcome.Scored, (await GradeAsync(Cities, text)).Outcome);
        Assert.Equal(Outcome.Scored, (await GradeAsync(Cities, $"<answer>{text}</answer>")).Outcome);
    }

    [Fact]
    public async Task Every_label_is_right_against_itself_in_all_notations()
    {
        foreach (var label in "ABCDEFGHIJ")
        {
            foreach (var form in new[] { "{0}", "({0})", "{0}.", "{0})", "**{0}**", "Option {0}", "The answer is {0}.", "The answer is ({0})", "\\text{{{0}}}", "[{0}]" })
            {
                var completion = $"<answer>{string.Format(System.Globalization.CultureInfo.InvariantCulture, form, label)}</answer>";
                Assert.True((await GradeAsync($$"""{"kind":"choice","answer":"{{label}}"}""", completion)).Score == 1, completion);
            }
        }
    }

    private Task<GradedComponent> GradeAsync(string task, string completion, string options = "{}") => Answering.GradeAsync(sandbox, task, completion, options);
}
