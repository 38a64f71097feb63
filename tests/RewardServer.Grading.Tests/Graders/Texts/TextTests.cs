using RewardServer.Grading.Completions;
using RewardServer.Grading.Graders;
using RewardServer.Grading.Rubrics;

namespace RewardServer.Grading.Tests.Graders.Texts;

public sealed class TextTests(SharedSandbox sandbox)
{
    [Theory]
    [InlineData("Paris", "Paris", 1)]
    [InlineData("Paris", " paris. ", 1)]
    [InlineData("The Beatles", "beatles", 1)]
    [InlineData("Paris", "London", 0)]
    [InlineData("Paris", "Paris, France", 0)]
    [InlineData("café", "cafe\u0301", 1)]
    [InlineData("café", "cafe", 0)]
    [InlineData("ﬁne", "fine", 1)]
    [InlineData("ＡＢＣ", "abc", 1)]
    [InlineData("Σίσυφος", "ΣΊΣΥΦΟΣ", 1)]
    [InlineData("C++", "C", 0)]
    [InlineData("C#", "C", 0)]
    [InlineData("-5", "5", 0)]
    [InlineData("(-5)", "−5", 1)]
    [InlineData("-5", "--5", 0)]
    [InlineData("--5", "--5", 1)]
    [InlineData("1-2", "1–2", 1)]
    [InlineData("1-2", "1--2", 0)]
    [InlineData("well-known", "well--known", 1)]
    [InlineData("1990-2000", "1990--2000", 1)]
    [InlineData("1990--2000", "1990–2000", 1)]
    [InlineData("1990—2000", "1990‒2000", 1)]
    [InlineData("Paris", "A, Paris", 0)]
    [InlineData("Paris", "A. Paris", 0)]
    [InlineData("Paris", "(a) Paris", 0)]
    [InlineData("A, Paris", "a) Paris", 1)]
    [InlineData("A house", "house", 1)]
    [InlineData("Vitamin A", "vitamin", 0)]
    [InlineData("Vitamin A", "vitamin A.", 1)]
    [InlineData("vitamins A and B", "vitamins A, and B", 0)]
    [InlineData("1.5", "15", 0)]
    [InlineData("1,000", "1000", 1)]
    [InlineData("1/2", "12", 0)]
    [InlineData("50%", "50", 0)]
    [InlineData("A", "the", 0)]
    [InlineData("...", "!", 0)]
    [InlineData("the United States", "United  States", 1)]
    [InlineData("한국", "\u1112\u1161\u11ab\u1100\u116e\u11a8", 1)]
    [InlineData("Paris", "\"Paris\"", 1)]
    [InlineData("Paris", "$\\text{Paris}$", 1)]
    [InlineData("Par\u200Bis", "Paris", 1)]
    public async Task Words_are_compared_without_what_does_not_count(string gold, string answer, double score) =>
        Assert.Equal(score, (await GradeAsync(Task(gold), $"<answer>{answer}</answer>")).Score);

    [Theory]
    [InlineData("none", "a  b", "a  b", 1)]
    [InlineData("none", "a  b", "a b", 0)]
    [InlineData("none", "Paris", "paris", 0)]
    [InlineData("whitespace", "a  b", "a\nb", 1)]
    [InlineData("whitespace", "Paris", "Paris.", 0)]
    [InlineData("whitespace", "Paris", "**Paris**", 1)]
    [InlineData("whitespace", "**Paris**", "**Paris**", 1)]
    [InlineData("whitespace", "Paris", "A Paris", 0)]
    [InlineData("words", "Paris", "A Paris", 1)]
    [InlineData("words", "Paris", "PARIS!", 1)]
    public async Task The_task_says_what_counts(string form, string gold, string answer, double score) =>
        Assert.Equal(score, (await GradeAsync(Task(gold, form), $"<answer>{answer}</answer>", """{"normalise":"none"}""")).Score);

    [Fact]
    public async Task Where_the_task_is_silent_the_rubric_says_it() =>
        Assert.Equal(0, (await GradeAsync(Task("Paris"), "<answer>paris</answer>", """{"normalise":"whitespace"}""")).Score);

    [Theory]
    [InlineData("<answer>It was the year 1969</answer>", 1)] // A sentence is compared whole.
    [InlineData(@"\boxed{\text{it was the year 1969}}", 1)]
    [InlineData("#### It was the year 1969", 1)]
    [InlineData("It was the year 1969", 0)]
    public async Task The_answer_is_looked_for_where_answers_are_marked(string completion, double score) =>
        Assert.Equal(score, (await GradeAsync(Task("It was the year 1969"), completion)).Score);

    [Theory]
    [InlineData("Paris or London")]
    [InlineData("London / Paris")]
    [InlineData("Either Paris, or London")]
    public async Task What_offers_several_texts_is_wrong_with_a_signal(string answer)
    {
        var found = await GradeAsync(Task("London"), $"<answer>{answer}</answer>");
        Assert.Equal((0, true), (found.Score, found.Signals.Contains(Signal.HedgedAnswer)));
    }

    [Fact]
    public async Task Any_of_several_golds_will_do()
    {
        const string Task = """{"kind":"text","answers":["NYC","New York City",""]}""";
        Assert.Equal(1, (await GradeAsync(Task, "<answer>new york city</answer>")).Score);
        Assert.Equal(0, (await GradeAsync(Task, "<answer>York</answer>")).Score);
        Assert.Equal(0, (await GradeAsync(Task, "<answer></answer>")).Score);
    }

    [Theory]
    [InlineData("<answer>x</answer>")]
    [InlineData("<answer></answer>")]
    [InlineData("")]
    public async Task An_empty_gold_is_skipped(string completion)
    {
        var found = await GradeAsync(Task(" \n"), completion);
        Assert.Equal(Outcome.Skipped, found.Outcome);
        Assert.Contains("task.answer", found.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_only_in_the_thinking_scores_0_with_a_signal() =>
        Assert.Contains(Signal.AnswerOnlyInThinking, (await GradeAsync(Task("Paris"), "<think>\\boxed{Paris}</think>Done.")).Signals);

    [Theory]
    [InlineData("a ")]
    [InlineData("\uFDFA")]
    [InlineData("\u0301\u0316")]
    [InlineData("or ")]
    [InlineData("1,000")]
    [InlineData("`")]
    [InlineData("-")]
    [InlineData("\\text{")]
    public async Task A_million_characters_are_judged(string piece) =>
        Assert.Equal(0, (await GradeAsync(Task("Paris"), $"<answer>{string.Concat(Enumerable.Repeat(piece, 1_000_000 / piece.Length))}</answer>")).Score);

    [Fact]
    public async Task A_text_is_right_against_itself_and_against_its_normal_form()
    {
        var letters = " \t.,;:-'()/#%+*_a1Aeßſıİ\u0301\u0316éǅﬁ½²Ⅳﷺ가각ς\u00AD\u200D中，。—−$€";
        var random = new Random(1126);
        var texts = Enumerable.Range(0, 400).Select(_ => string.Concat(Enumerable.Range(0, random.Next(1, 13)).Select(_ => letters[random.Next(letters.Length)])));
        foreach (var text in texts.Where(text => text.Trim().Length > 0))
        {
            var found = await GradeAsync(Task(text), $"<answer>{text}</answer>");
            Assert.True(found.Outcome == Outcome.Skipped || found.Score == 1, Answering.Quoted(text));
            if (found.Score == 1)
            {
                var form = Prediction(found);
                var again = await GradeAsync(Task(text), $"<answer>{form}</answer>");
                Assert.True(again.Score == 1 && Prediction(again) == form, $"{Answering.Quoted(text)}, {Answering.Quoted(form)}");
            }
        }
    }

    [Fact]
    public async Task Characters_of_every_script_are_right_against_themselves_and_their_normal_form()
    {
        var texts = new List<string>();
        for (var start = 0x20; start < 0x30000; start += start is < 0x3400 or (>= 0xF900 and < 0xFFC0) or (>= 0x1D000 and < 0x1F400) ? 0x40 : 0x400)
        {
            var characters = Enumerable.Range(start, 0x40).Where(code => code is < 0xD800 or > 0xDFFF && !"<>\\~`%$\"*_".Contains((char)Math.Min(code, 0xFFFF), StringComparison.Ordinal));
            texts.Add(string.Concat(characters.Select(code => $" x{char.ConvertFromUtf32(code)}y")));
        }

        texts.RemoveAll(text => text.Length == 0);
        var found = await GradeAllAsync(texts.Select(text => Answering.Item(Task(text), $"<answer>{text}</answer>")));
        var again = await GradeAllAsync(texts.Zip(found).Select(pair => Answering.Item(Task(pair.First), $"<answer>{Prediction(pair.Second)}</answer>")));
        Assert.All(found, one => Assert.Equal(1, one.Score));
        Assert.Equal(found.Select(Prediction), again.Select(Prediction));
    }

    private async Task<GradedComponent[]> GradeAllAsync(IEnumerable<Item> items) =>
        [.. (await GradingByRubric.GradeAsync(sandbox, """{"components":[{"grader":"accuracy"}]}""", items.ToList())).Select(item => item.Components[0])];

    private static string Prediction(GradedComponent found) => ((AnswerDetails)found.Details!).Prediction!;

    private static string Task(string gold, string? form = null) =>
        form is null ? $$"""{"kind":"text","answer":{{Answering.Quoted(gold)}}}""" : $$"""{"kind":"text","answer":{{Answering.Quoted(gold)}},"normalise":"{{form}}"}""";

    private Task<GradedComponent> GradeAsync(string task, string completion, string options = "{}") => Answering.GradeAsync(sandbox, task, completion, options);
}
