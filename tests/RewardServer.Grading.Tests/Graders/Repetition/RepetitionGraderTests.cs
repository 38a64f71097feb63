using FsCheck.Fluent;
using RewardServer.Grading.Graders.Repetition;
using RewardServer.Grading.Rubrics;

namespace RewardServer.Grading.Tests.Graders.Repetition;

public sealed class RepetitionGraderTests(SharedSandbox sandbox)
{
    [Theory]
    [InlineData("", 0, 0)]
    [InlineData("two words", 0, 0)]
    [InlineData("one two three", 1, 1)]
    [InlineData("one two three four five", 3, 3)]
    [InlineData("a b c a b c", 4, 3)]
    [InlineData("A b C\na  B\tc", 4, 3)]
    [InlineData("go go go go go go", 4, 1)]
    [InlineData("天地人天地人", 4, 3)]
    [InlineData("Да нет да НЕТ да нет", 4, 2)]
    [InlineData("very, very. very; very! (very) very", 4, 1)]
    [InlineData("very , very . very ; very … very — very", 4, 1)]
    [InlineData("ve\u200Bry ver\u200Dy very\uFEFF \u2060very v\u00ADery very", 4, 1)]
    [InlineData("是，是。是！是；是、是", 4, 1)]
    [InlineData("3.14 314 3,14 31.4", 2, 2)]
    [InlineData("a + b a - b", 4, 4)]
    [InlineData("... !!! ???", 1, 1)]
    [InlineData("... ... ... ... ...", 3, 1)]
    [InlineData("!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!", 3, 1)]
    [InlineData("。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。", 3, 1)]
    [InlineData("so ... ... ... ... ... it", 3, 3)]
    [InlineData("very . very . . very . very", 2, 1)]
    [InlineData("waitwaitwaitwaitwaitwaitwaitwaitwaitwaitwaitwaitwaitwaitwaitwaitwaitwaitwaitwait", 3, 1)]
    public async Task N_grams_that_were_there_before_are_counted(string text, int total, int distinct) =>
        Assert.Equal(new RepetitionDetails(total, distinct), (await Grade("{}", text)).Details);

    [Theory]
    [InlineData("{}", "a b c a b c", -0.25)]
    [InlineData("""{"maxPenalty":-0.05}""", "a b c a b c", -0.0125)]
    [InlineData("""{"n":1}""", "a b c a b c", -0.5)]
    [InlineData("""{"n":6}""", "a b c a b c", 0)]
    [InlineData("""{"part":"thinking","n":1}""", "<think>a a</think>b b b b", -0.5)]
    [InlineData("""{"part":"response","n":1}""", "<think>a a</think>b b b b", -0.75)]
    [InlineData("""{"part":"response","n":1}""", "<think>a a</think>b b <think>c</think>b b", -0.75)]
    [InlineData("""{"part":"thinking","n":1}""", "b b b b", 0)]
    public async Task Their_share_times_the_penalty_is_taken_away(string options, string text, double score)
    {
        var earned = (await Grade(options, text)).Score!.Value;
        Assert.Equal(score, earned, 1e-12);
        Assert.False(double.IsNegative(earned) && earned == 0);
    }

    [Fact]
    public void The_n_grams_are_those_that_strings_would_tell_apart() => PropertiesOfText.Holds(
        from words in Gen.Elements("a", "b", "c", "ab", "word", "wordy").ListOf()
        from n in Gen.Choose(1, 6)
        select (Words: words.ToArray(), n),
        at =>
        {
            var grams = Enumerable.Range(0, Math.Max(0, at.Words.Length - at.n + 1)).Select(i => string.Join(' ', at.Words.Skip(i).Take(at.n))).ToArray();
            var found = PropertiesOfText.Grade(
                GradingByRubric.Compile(sandbox, $$$"""{"components":[{"grader":"repetition","options":{"n":{{{at.n}}}}}]}"""), string.Join(' ', at.Words));
            return found.Details!.Equals(new RepetitionDetails(grams.Length, grams.Distinct().Count()));
        });

    [Fact]
    public async Task The_more_often_it_is_said_the_less_is_earned()
    {
        var block = string.Join(' ', Enumerable.Range(0, 20));
        var last = 1.0;
        for (var times = 1; times <= 30; times++)
        {
            var score = (await Grade("{}", string.Join(' ', Enumerable.Repeat(block, times)))).Score!.Value;
            Assert.True(score < last, $"{times} times: {score} after {last}");
            last = score;
        }
    }

    [Fact]
    public void Hashes_that_were_chosen_to_collide_are_counted_all_the_same()
    {
        // 0x9E3779B97F4A7C15 is what slots are chosen by; its inverse undoes it.
        var inverse = Enumerable.Range(0, 6).Aggregate(0x9E37_79B9_7F4A_7C15ul, (x, _) => unchecked(x * (2 - (0x9E37_79B9_7F4A_7C15ul * x))));
        var hashes = Enumerable.Range(0, 200_000).Select(i => unchecked((ulong)(i % 100_000) * inverse)).ToArray();
        Assert.Equal(100_000, DistinctHashes.Count(hashes));
        Assert.Equal(0, DistinctHashes.Count([]));
        Assert.Equal(2, DistinctHashes.Count([0, 7, 0, 7]));
    }

    [Theory]
    [InlineData("""{"n":0}""", "n", "must be from 1 to 100, but is 0")]
    [InlineData("""{"maxPenalty":0.5}""", "maxPenalty", "must be from -1000000 to 0")]
    [InlineData("""{"part":"end"}""", "part", "must be one of: whole, thinking, response")]
    public void What_is_wrong_with_the_options_is_named(string options, string member, string message) =>
        Assert.Equal(
            new RubricError($"components[0].options.{member}", message),
            Assert.Single(GradingByRubric.Errors(sandbox, $$"""{"components":[{"grader":"repetition","options":{{options}}}]}""")));

    [Fact]
    public void Whatever_is_written_is_scored() => PropertiesOfText.IsAlwaysScored(sandbox, """{"grader":"repetition"}""");

    [Fact]
    public void Half_a_megabyte_of_anything_is_read_at_once() => PropertiesOfText.IsReadAtOnce(sandbox, """{"grader":"repetition","options":{"part":"thinking"}}""");

    private Task<GradedComponent> Grade(string options, string text) =>
        GradingByRubric.ComponentAsync(sandbox, $$"""{"grader":"repetition","options":{{options}}}""", Items.Math(text, "5"));
}
