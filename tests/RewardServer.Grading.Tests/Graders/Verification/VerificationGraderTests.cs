using FsCheck.Fluent;
using RewardServer.Grading.Graders.Verification;
using RewardServer.Grading.Rubrics;

namespace RewardServer.Grading.Tests.Graders.Verification;

public sealed class VerificationGraderTests(SharedSandbox sandbox)
{
    private static readonly string Filler = string.Concat(Enumerable.Range(0, 40).Select(i => $"So we add {i} to the sum. "));

    [Theory]
    [InlineData("x = 5 and done.", 0, 0)]
    [InlineData("Let me verify that 3 + 4 = 7.", 1, 0)]
    [InlineData("Let me verify: 3 + 4 = 7. Let me check 5 * 2 = 10.", 2, 0)]
    [InlineData("Let me verify: 3 + 4 = 7. So, let me double-check again: 3+4=7!", 2, 1)]
    [InlineData("Let me verify. 3 + 4 = 7. Let me verify. 5 + 2 = 7.", 2, 0)]
    [InlineData("Let me verify.\n\n3 + 4 = 7.\nOk, let me verify again.\n3 + 4 = 7.", 2, 1)]
    [InlineData("Check: 3 - 4 = 7. Check: 3 + 4 = 7.", 2, 0)]
    [InlineData("Let me verify. Let me verify. Let me verify.", 3, 2)]
    [InlineData("Let me verify and double-check that 3.5 is right", 1, 0)]
    [InlineData("验证一下：3+4=7。再检查一遍：3+4=7。代回原式得5。", 3, 1)]
    [InlineData("Überprüfen wir das: 3. Vérifions que 4. Comprobemos que 6. Проверим 7. 検算すると8。 검산하면 9.", 6, 0)]
    [InlineData("We need to check whether it holds", 0, 0)]
    public async Task Self_checks_and_their_repetition_are_counted(string thinking, int checks, int repeated)
    {
        var details = Assert.IsType<VerificationDetails>((await Grade($"<think>{thinking}</think>Let me verify.")).Details);
        Assert.Equal((checks, repeated), (details.Checks, details.Repeated));
    }

    [Fact]
    public async Task One_check_in_time_earns_1_and_none_0()
    {
        Assert.Equal((1.0, "1 self-check, of which 0 repeat an earlier one"), await ScoreAndReason($"{Filler}Let me verify: 3. {Filler}"));
        Assert.Equal((0.0, "no self-check was found"), await ScoreAndReason(Filler));
    }

    [Fact]
    public async Task One_that_comes_when_all_is_said_earns_a_half() => Assert.Equal(
        (0.5, "1 self-check, of which 0 repeat an earlier one; the first stands in the last tenth"),
        await ScoreAndReason($"{Filler}{Filler}Let me verify: 3."));

    [Fact]
    public async Task To_check_the_same_again_and_again_earns_less_and_less()
    {
        for (var times = 1; times <= 10; times++)
        {
            Assert.Equal(1.0 / times, (await ScoreAndReason(string.Concat(Enumerable.Repeat("Let me verify: 3 + 4 = 7. So it is. ", times)))).Score!.Value, 1e-12);
        }
    }

    [Fact]
    public async Task Where_they_stand_is_told()
    {
        var text = $"Let me verify: 1. {Filler}Let me verify: 2. {Filler}Let me check 3. Yes. Let me check 4. Yes. Let me check 5. {Filler[..400]}Let me check 6.";
        var details = Assert.IsType<VerificationDetails>((await Grade($"<think>{text}</think>")).Details);
        Assert.Equal(0, details.First);
        Assert.Equal((double)text.LastIndexOf("Let me check 4", StringComparison.Ordinal) / text.Length, details.Median!.Value, 1e-9);
        Assert.Equal(3, details.LongestRunInLastThird);
    }

    [Fact]
    public async Task It_is_a_metric_that_decides_nothing() => Assert.Equal(0, (await Grade("x")).Weight);

    [Fact]
    public void A_repeated_check_never_earns_more() => PropertiesOfText.Holds(
        from before in Gen.Elements("Let me verify: 1. ", "Check: 2. ", "So it is. ", "x = 3.14. ", "验证：4。").NonEmptyListOf()
        select string.Concat(before),
        text =>
        {
            var (once, twice) = (Score(text), Score(text + "Let me verify: 1. Let me verify: 1. "));
            var again = Score(text + "Let me verify: 1. Let me verify: 1. Let me verify: 1. ");
            return again <= twice && (!text.Contains(": 1", StringComparison.Ordinal) || twice <= once);
        });

    [Fact]
    public void What_is_wrong_with_the_options_is_named() =>
        Assert.Equal(
            new RubricError("components[0].options.part", "must be one of: whole, thinking, response"),
            Assert.Single(GradingByRubric.Errors(sandbox, """{"components":[{"grader":"verification","options":{"part":"end"}}]}""")));

    [Fact]
    public void Whatever_is_written_is_scored() => PropertiesOfText.IsAlwaysScored(sandbox, """{"grader":"verification","options":{"part":"whole"}}""");

    [Fact]
    public void Half_a_megabyte_of_anything_is_read_at_once() => PropertiesOfText.IsReadAtOnce(sandbox, """{"grader":"verification","options":{"part":"whole"}}""");

    private double? Score(string text) =>
        PropertiesOfText.Grade(GradingByRubric.Compile(sandbox, """{"components":[{"grader":"verification","options":{"part":"whole"}}]}"""), text).Score;

    private async Task<(double? Score, string Reason)> ScoreAndReason(string thinking)
    {
        var graded = await Grade($"<think>{thinking}</think>");
        return (graded.Score, graded.Reason);
    }

    private Task<GradedComponent> Grade(string text) =>
        GradingByRubric.ComponentAsync(sandbox, """{"grader":"verification"}""", Items.Math(text, "5"));
}
