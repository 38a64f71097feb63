using RewardServer.Grading.Graders;

namespace RewardServer.Grading.Tests.Graders.Choice;

public sealed class DoubtedChoiceTests(SharedSandbox sandbox)
{
    private const string Cities = """{"kind":"choice","answer":"B","choices":{"A":"London","B":"Paris","C":"New York"}}""";
    private const string Bare = """{"kind":"choice","answer":"B"}""";
    private const string Reasons = """{"kind":"choice","answer":"B","choices":{"A":"Yes, because X","B":"No, because Y"}}""";
    private const string Judging = """{"kind":"choice","answer":"B","choices":{"A":"错误，因为太大","B":"Not true of all metals","C":"Wrong in sign"}}""";
    private const string Trial = """{"kind":"choice","answer":"C","choices":{"A":"yes","B":"no","C":"maybe"}}""";
    private const string BareTrial = """{"kind":"choice","answer":"C"}""";
    private const string Verdicts = """{"kind":"choice","answer":"B","choices":{"A":"Right","B":"Wrong"}}""";

    [Theory]
    [InlineData("<answer>maybe B</answer>")]
    [InlineData("<answer>Probably B.</answer>")]
    [InlineData("<answer>I guess B or so</answer>")]
    [InlineData("<answer>B, I guess</answer>")]
    [InlineData("<answer>B?</answer>")]
    [InlineData("<answer>B or so</answer>")]
    [InlineData("<answer>B (maybe)</answer>")]
    [InlineData("<answer>B: maybe</answer>")]
    [InlineData("<answer>I'm not sure, but B</answer>")]
    [InlineData("<answer>probably Paris</answer>")]
    [InlineData(@"\boxed{\text{perhaps B}}")]
    [InlineData("The answer is probably B.")]
    [InlineData("<answer>B, or maybe not</answer>")]
    [InlineData("<answer>B, maybe</answer>")]
    [InlineData("<answer>B, but probably not.</answer>")]
    [InlineData("<answer>B is probably right</answer>")]
    [InlineData("<answer>B if I had to guess</answer>")]
    [InlineData("<answer>B, but I could be wrong</answer>")]
    [InlineData("<answer>(B), but I could be wrong</answer>")]
    [InlineData("<answer>B，可能吧</answer>")]
    [InlineData("<answer>My best guess is B.</answer>")]
    [InlineData("<answer>vielleicht B</answer>")]
    [InlineData("<answer>peut-être B</answer>")]
    [InlineData("<answer>quizás B</answer>")]
    [InlineData("<answer>возможно B</answer>")]
    [InlineData("<answer>可能是B</answer>")]
    [InlineData("<answer>おそらくB</answer>")]
    public async Task A_choice_that_is_only_guessed_is_a_hedge(string completion)
    {
        var found = await Answering.GradeAsync(sandbox, Cities, completion);
        Assert.Equal((0, Signal.HedgedAnswer), (found.Score, Assert.Single(found.Signals)));
    }

    [Theory]
    [InlineData("<answer>The most likely option is B.</answer>")]
    [InlineData("<answer>B is the most likely.</answer>")]
    [InlineData("<answer>Surely B</answer>")]
    [InlineData("<answer>I think B</answer>")]
    [InlineData("At first I was not sure. The answer is B.")]
    [InlineData("Maybe A would fit, but the answer is (B).")]
    [InlineData("<answer>B, for sure</answer>")]
    [InlineData("The correct option is (B), perhaps surprisingly.")]
    [InlineData("<answer>The correct option is (B), perhaps surprisingly.</answer>")]
    [InlineData("<answer>(B), perhaps surprisingly</answer>")]
    [InlineData("<answer>B, probably the easiest to see by elimination</answer>")]
    [InlineData("<answer>B) Paris</answer>")]
    public async Task A_choice_that_is_stated_is_none(string completion) => Assert.Equal(1, (await Answering.GradeAsync(sandbox, Cities, completion)).Score);

    [Theory]
    [InlineData("<answer>B: wrong</answer>")]
    [InlineData("<answer>B: wrong, because it is in France</answer>")]
    [InlineData("<answer>B) not the answer</answer>")]
    [InlineData("<answer>B - incorrect</answer>")]
    [InlineData("<answer>(B) wrong</answer>", false)]
    [InlineData("<answer>B is wrong</answer>")]
    [InlineData("<answer>B is incorrect.</answer>")]
    [InlineData("<answer>B is not it</answer>")]
    [InlineData("<answer>B ist falsch</answer>")]
    [InlineData("<answer>B est faux</answer>")]
    [InlineData("<answer>B: 错误</answer>")]
    public async Task A_choice_that_is_denied_is_not_named(string completion, bool bare = true)
    {
        Assert.Equal("the answer names no choice", (await Answering.GradeAsync(sandbox, Cities, completion)).Reason);
        Assert.Equal(bare ? "the answer names no choice" : "the answer is the right choice", (await Answering.GradeAsync(sandbox, Bare, completion)).Reason);
    }

    [Theory]
    [InlineData(Verdicts, "<answer>B: Wrong</answer>")]
    [InlineData(Verdicts, "<answer>Wrong</answer>")]
    [InlineData(Reasons, "<answer>B) No</answer>")]
    [InlineData(Reasons, "<answer>B. No, she lacked intent</answer>")]
    [InlineData(Reasons, "<answer>B: no</answer>")]
    [InlineData(Reasons, "The answer is (B) No, because Y. The reason is that she lacked intent.")]
    [InlineData(Judging, "<answer>B) Not true</answer>")]
    [InlineData(Bare, "<answer>B: no</answer>")]
    [InlineData(Bare, "<answer>B: false</answer>")]
    [InlineData(Bare, "<answer>B - no</answer>")]
    [InlineData(Bare, "<answer>B) False</answer>")]
    [InlineData(Bare, "<answer>B. No change in pressure</answer>")]
    [InlineData(Bare, "<answer>B: No change in pressure</answer>")]
    public async Task A_text_of_a_choice_that_sounds_like_a_denial_is_none(string task, string completion) =>
        Assert.Equal(1, (await Answering.GradeAsync(sandbox, task, completion)).Score);

    [Theory]
    [InlineData("<answer>A: No</answer>")]
    [InlineData("<answer>A) wrong, because X is false</answer>")]
    public async Task Only_the_text_of_the_labelled_choice_is_no_denial_of_it(string completion) =>
        Assert.Equal("the answer names no choice", (await Answering.GradeAsync(sandbox, Reasons, completion)).Reason);

    [Theory]
    [InlineData(BareTrial, "<answer>C) maybe</answer>")]
    [InlineData(BareTrial, "<answer>C. Maybe</answer>")]
    [InlineData(BareTrial, "The answer is (C) maybe.")]
    [InlineData(BareTrial, "<answer>C: Maybe</answer>")]
    [InlineData(Trial, "<answer>C) maybe</answer>")]
    [InlineData(Trial, "<answer>maybe</answer>")]
    [InlineData(Trial, "<answer>\"maybe\" given the small sample</answer>")]
    [InlineData(Trial, "<answer>C, maybe, given the small sample</answer>")]
    public async Task A_text_of_a_choice_that_sounds_like_a_hedge_is_none(string task, string completion) =>
        Assert.Equal(1, (await Answering.GradeAsync(sandbox, task, completion)).Score);

    [Theory]
    [InlineData(BareTrial, "<answer>C: maybe</answer>")]
    [InlineData(BareTrial, "<answer>C, maybe</answer>")]
    [InlineData(BareTrial, "<answer>C) I guess</answer>")]
    [InlineData(BareTrial, "<answer>C) maybe?</answer>")]
    [InlineData(Trial, "<answer>C, I guess</answer>")]
    [InlineData(Trial, "<answer>maybe yes</answer>")]
    [InlineData(Trial, "<answer>A, maybe</answer>")]
    public async Task Other_words_of_doubt_are_one_all_the_same(string task, string completion)
    {
        var found = await Answering.GradeAsync(sandbox, task, completion);
        Assert.Equal((0, Signal.HedgedAnswer), (found.Score, Assert.Single(found.Signals)));
    }
}
