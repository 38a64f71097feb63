using FsCheck.Fluent;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Graders;
using RewardServer.Grading.Graders.Length;
using RewardServer.Grading.Rubrics;

namespace RewardServer.Grading.Tests.Graders.Length;

public sealed class LengthGraderTests(SharedSandbox sandbox)
{
    private const string Cosine = """{"grader":"length","options":{"maxTokens":1000}}""";
    private const string Overlong = """{"grader":"length","options":{"shape":"overlong","maxTokens":1000,"cache":200}}""";

    [Theory]
    [InlineData("ភាសាខ្មែរ")]
    [InlineData("ພາສາລາວດີ")]
    [InlineData("မြန်မာစာက")]
    public void Each_character_of_a_script_without_spaces_is_a_word(string text) =>
        Assert.Equal(text.Length, CompletionLength.InWords(Items.Math(text, "5")).Count);

    [Theory]
    [InlineData("5", 0, 1)]
    [InlineData("5", 500, 0.75)]
    [InlineData("5", 1000, 0.5)]
    [InlineData("5", 4000, 0.5)]
    [InlineData("6", 0, -1)]
    [InlineData("6", 500, -0.75)]
    [InlineData("6", 1000, -0.5)]
    [InlineData("6", 4000, -0.5)]
    public async Task Short_right_answers_earn_the_most_and_short_wrong_ones_the_least(string answer, int tokens, double score) =>
        Assert.Equal(score, (await Grade(Cosine, Answer(answer, tokens))).Score!.Value, 1e-12);

    [Fact]
    public async Task Between_the_bounds_it_is_half_a_cosine() =>
        Assert.Equal(0.5 + (0.25 * (1 + Math.Cos(Math.PI / 4))), (await Grade(Cosine, Answer("5", 250))).Score!.Value, 1e-12);

    [Theory]
    [InlineData("5", 999, -0.0, 0.6)]
    [InlineData("5", 1000, -10, -10)]
    [InlineData("6", 1000, -10, -10)]
    [InlineData("6", 2000, -10, -10)]
    public async Task At_the_limit_right_and_wrong_may_earn_the_same(string answer, int tokens, double low, double high) =>
        Assert.InRange((await Grade("""{"grader":"length","options":{"maxTokens":1000,"exceeded":-10}}""", Answer(answer, tokens))).Score!.Value, low, high);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(800, 0)]
    [InlineData(850, -0.25)]
    [InlineData(1000, -1)]
    [InlineData(1001, -1)]
    [InlineData(int.MaxValue, -1)]
    public async Task The_overlong_penalty_falls_over_the_cache(int tokens, double score) =>
        Assert.Equal(score, (await Grade(Overlong, Answer("6", tokens))).Score!.Value, 1e-12);

    [Fact]
    public async Task A_completion_that_was_cut_off_counts_as_no_shorter_than_the_limit()
    {
        var graded = await Grade(Overlong, Answer("5", 7) with { Truncated = true });
        Assert.Equal(
            (-1.0, "7 tokens of 1000 long, where it was cut off: it counts as no shorter than that", new LengthDetails(7, LengthUnit.Tokens)),
            (graded.Score, graded.Reason, graded.Details));
        Assert.Equal(0.5, (await Grade(Cosine, Answer("5", 7) with { Truncated = true })).Score);
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("  two\nwords ", 2)]
    [InlineData("x = 5.", 3)]
    [InlineData("今天，好。", 3)]
    [InlineData("（今天）x", 3)]
    [InlineData("カタカナ", 4)]
    [InlineData("\ud840\udc00\ud840\udc00", 2)]
    [InlineData("\ud83d\ude00\ud83d\ude00", 1)]
    [InlineData("का हिन्दी", 2)]
    [InlineData("aaaaaaaaaaaaaaaabbbbbbbbbbbbbbbb", 2)]
    public async Task Without_tokens_words_are_counted(string text, int words)
    {
        var graded = await Grade(Overlong, Items.Math(text, "5"));
        Assert.Equal(new LengthDetails(words, LengthUnit.Words), graded.Details);
    }

    [Fact]
    public async Task What_is_right_may_be_said_by_another_component_and_score()
    {
        const string Rubric = """{"components":[{"grader":"format","name":"shape"},{"grader":"length","options":{"of":"shape","passAt":0,"maxTokens":10}}]}""";
        Assert.Equal(1, (await GradingByRubric.GradeAsync(sandbox, Rubric, Answer("6", 0))).Components[1].Score);
    }

    [Fact]
    public async Task Where_it_is_not_known_what_is_right_the_outcome_is_the_same()
    {
        var graded = await Grade(Cosine, Items.Math(@"\boxed{5}", "5 +"));
        Assert.Equal(Outcome.Skipped, graded.Outcome);
        Assert.StartsWith("accuracy: ", graded.Reason, StringComparison.Ordinal);
        Assert.Equal(Outcome.Scored, (await Grade(Overlong, Items.Math(@"\boxed{5}", "5 +"))).Outcome);
    }

    [Theory]
    [InlineData("""{"maxTokens":0}""", "maxTokens", "must be above 0")]
    [InlineData("""{"shape":"overlong","maxTokens":10,"cache":11}""", "cache", "must be from 1 to maxTokens, 10")]
    [InlineData("""{"minWrong":-1e7}""", "minWrong", "must be from -1000000 to 1000000")]
    [InlineData("""{"maxWrong":-2}""", "maxWrong", "must not be below minWrong, -1")]
    [InlineData("""{"maxWrong":0.6}""", "minRight", "must not be below maxWrong, 0.6: a wrong answer would earn more than a right one")]
    [InlineData("""{"maxRight":0}""", "maxRight", "must be from minRight, 0.5, to 1000000")]
    [InlineData("""{"exceeded":0}""", "exceeded", "must be from -1000000 to minWrong, -1")]
    [InlineData("""{"of":"luck"}""", "of", "'luck' is no earlier component that looks at items alone; there are: accuracy")]
    [InlineData("""{"shape":"sine"}""", "shape", "must be one of: cosine, overlong")]
    public void What_is_wrong_with_the_options_is_named(string options, string member, string message) =>
        Assert.Equal(
            new RubricError($"components[1].options.{member}", message),
            Assert.Single(GradingByRubric.Errors(sandbox, $$"""{"components":[{"grader":"accuracy"},{"grader":"length","options":{{options}}}]}""")));

    [Fact]
    public void A_longer_right_answer_never_earns_more_nor_does_any_overlong_one() => PropertiesOfText.Holds(
        from bounds in Gen.Choose(-100, 100).Four()
        from limit in Gen.Choose(1, 2000)
        from lengths in Gen.Choose(0, 3000).Two()
        from cache in Gen.Choose(1, limit)
        from exceeded in Gen.Elements(false, true)
        select (Bounds: new[] { bounds.Item1, bounds.Item2, bounds.Item3, bounds.Item4 }.Order().ToArray(), Short: Math.Min(lengths.Item1, lengths.Item2), Long: Math.Max(lengths.Item1, lengths.Item2), limit, cache, exceeded),
        at =>
        {
            var options = new LengthOptions
            {
                MinWrong = at.Bounds[0] / 7.0, MaxWrong = at.Bounds[1] / 7.0, MinRight = at.Bounds[2] / 7.0, MaxRight = at.Bounds[3] / 7.0,
                MaxTokens = at.limit, Cache = at.cache, Exceeded = at.exceeded ? at.Bounds[0] / 7.0 : null,
            };
            var range = new LengthGrader(options).Range;
            var (shorter, longer) = (LengthScore.Cosine(true, at.Short, options), LengthScore.Cosine(true, at.Long, options));
            var (wrongShort, wrongLong) = (LengthScore.Cosine(false, at.Short, options), LengthScore.Cosine(false, at.Long, options));
            var overlong = (LengthScore.Overlong(at.Short, options), LengthScore.Overlong(at.Long, options));
            return longer <= shorter + 1e-12 && (at.exceeded || wrongLong >= wrongShort - 1e-12) && overlong.Item2 <= overlong.Item1
                && new[] { shorter, longer, wrongShort, wrongLong }.All(score => score >= range.Low && score <= range.High)
                && overlong.Item2 >= -1 && overlong.Item1 <= 0;
        });

    [Fact]
    public void Whatever_is_written_has_a_length() => PropertiesOfText.IsAlwaysScored(sandbox, Overlong);

    [Fact]
    public void Half_a_megabyte_of_anything_is_read_at_once() => PropertiesOfText.IsReadAtOnce(sandbox, Overlong);

    private static Item Answer(string answer, int tokens) => Items.Math($@"\boxed{{{answer}}}", "5") with { CompletionTokens = tokens };

    private async Task<GradedComponent> Grade(string component, Item item) =>
        (await GradingByRubric.GradeAsync(sandbox, $$"""{"components":[{"grader":"accuracy","weight":0},{{component}}]}""", item)).Components[1];
}
