using FsCheck;
using FsCheck.Fluent;
using Outcome = RewardServer.Grading.Graders.Outcome;

namespace RewardServer.Grading.Tests.Graders.Chain;

public sealed class HostileChainTests(SharedSandbox sandbox)
{
    private static readonly Gen<string> Texts = Gen.Elements(
        "1", "2", "3.5", "0", "=", "=", "≈", "+", "*", "-", "/", "^", "(", ")", "{", "}", "[", "]", "$", "$$", @"\(", @"\)", @"\[", @"\]", @"\\", "&", @"\begin{align}", @"\end{align}",
        @"\frac", @"\text{so}", @"\sqrt", ",", ".", " ", " ", "\n", "x", "so", "half of", "if", "%", "!", "|", "_", "**", "```", "\0", "\u0001", "\ud83d", "数", "<think>", "</think>").ListOf().Select(string.Concat);

    public static TheoryData<string> Bombs => new(
        "1=1\n", "1+1=2 ", "$1=2$", "(", "$(", "\\[", "\\begin{align}", "=", "= ", "2^", "1^1^1=", "\\frac{", "{=", "9", "9=", "|", "a=", "((1+", "\\\\", "\\text{", "x+", "1+2=3, ", "..", " ", "`", "if ", "3 x ", "1 + ");

    [Fact]
    public async Task Whatever_is_written_is_scored_within_the_range_and_alike_each_time() =>
        await Task.WhenAll(Texts.Sample(400, 40).Select(async text =>
        {
            var (one, again) = (await Grade(text), await Grade(text));
            Assert.True(one is (Outcome.Scored, >= 0 and <= 1, _), text);
            Assert.Equal(one, again);
        }));

    [Theory]
    [MemberData(nameof(Bombs))]
    public async Task A_long_text_is_read_in_time(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, 1_000_000 / piece.Length));
        foreach (var whole in new[] { text, $"$${text}$$", $"    {text}\n{text}" })
        {
            Assert.Equal(Outcome.Scored, (await Grade(whole)).Outcome);
        }
    }

    [Fact]
    public async Task Costly_equalities_share_one_budget()
    {
        var text = string.Concat(Enumerable.Range(2, 500).Select(i => $"$(x+y+z+w+{i})^{{40}} = (x+y+z+w+{i})^{{20}}(x+y+z+w+{i})^{{20}}$\n"));
        Assert.Equal(Outcome.Scored, (await Grade(text)).Outcome);
    }

    private async Task<(Outcome Outcome, double? Score, string Reason)> Grade(string completion)
    {
        var graded = await GradingByRubric.ComponentAsync(sandbox, """{"grader":"chain"}""", Items.Math(completion, "5"));
        return (graded.Outcome, graded.Score, graded.Reason);
    }
}
