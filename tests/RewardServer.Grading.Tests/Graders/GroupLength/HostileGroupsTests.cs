using FsCheck.Fluent;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Graders;
using RewardServer.Grading.Graders.GroupLength;
using RewardServer.Grading.Rubrics;

namespace RewardServer.Grading.Tests.Graders.GroupLength;

/// <summary>Groups of what nobody would write, and of no usual size.</summary>
public sealed class HostileGroupsTests(SharedSandbox sandbox)
{
    private const string Rubric = """{"components":[{"grader":"accuracy"},{"grader":"group-length"}]}""";

    private static readonly string[] Hostile =
    [
        "", " ", "\0", "\r\n\t", new('\u200b', 1000), "\u200b\u200c\u200d\u2060\ufeff", "\ud83d", "\ude00", "\ude00\ud83d", string.Concat(Enumerable.Repeat("\ud840\udc00", 500)), "\u0301\u0301",
        new('x', 1 << 20), new(' ', 1 << 20), new('\u200b', 1 << 20), new('\ud83d', 1 << 20), new('等', 1 << 20), string.Concat(Enumerable.Repeat("a ", 1 << 19)), "<think>", "</think>", "\\boxed{5}",
    ];

    [Fact]
    public async Task All_of_them_are_scored_together_and_alone()
    {
        Item[] items = [.. Hostile.Select(text => Items.Math(text, "5"))];
        var together = await GradeAsync(items);
        Assert.All(together, item => Assert.True(item.Components[1] is { Outcome: Outcome.Scored, Score: >= -0.5 and <= 0.5 }, item.Reason));
        Assert.Equal(together.Select(Found), (await GradeAsync(items)).Select(Found));
        Assert.Equal(-0.5, together.Select(item => item.Components[1].Score).Min());

        var alone = await GradeAsync([.. items.Select((item, i) => item with { Group = $"{i}" })]);
        Assert.All(alone, item => Assert.Equal((Outcome.Scored, 0), (item.Components[1].Outcome, item.Components[1].Score)));
    }

    [Theory]
    [InlineData(0, int.MaxValue, 0.5)]
    [InlineData(int.MaxValue, 0, -0.5)]
    [InlineData(int.MaxValue - 1, int.MaxValue, 0.5)]
    [InlineData(int.MaxValue, int.MaxValue, 0)]
    [InlineData(0, 0, 0)]
    public async Task Lengths_of_any_size_are_compared(int tokens, int others, double score) =>
        Assert.Equal(score, (await GradeAsync([Answer(tokens), Answer(others)]))[0].Components[1].Score);

    [Fact]
    public async Task Half_of_the_largest_length_lies_in_the_middle() =>
        Assert.Equal(0, (await GradeAsync([Answer(0), Answer(int.MaxValue / 2), Answer(int.MaxValue)]))[1].Components[1].Score!.Value, 6);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task One_that_is_alone_earns_nothing_for_its_length(bool truncated)
    {
        var graded = Assert.Single(await GradeAsync([Answer(7) with { Truncated = truncated }]));
        Assert.Equal((Outcome.Scored, 0), (graded.Components[1].Outcome, graded.Components[1].Score));
    }

    [Fact]
    public async Task A_thousand_are_compared_with_one_another()
    {
        var scores = (await GradeAsync([.. Enumerable.Range(0, 1000).Select(Answer)])).Select(item => item.Components[1].Score!.Value).ToArray();
        Assert.Equal((0.5, -0.5), (scores[0], scores[^1]));
        Assert.Equal(scores.OrderDescending(), scores);
        Assert.Equal(1000, scores.Distinct().Count());
    }

    [Fact]
    public void Any_texts_are_scored_by_their_lengths_and_the_same_again() => PropertiesOfText.Holds(
        PropertiesOfText.Texts.Select(text => Items.Math(text, "5")).NonEmptyListOf(),
        items =>
        {
            var (first, second) = (GradeAsync([.. items]).GetAwaiter().GetResult(), GradeAsync([.. items]).GetAwaiter().GetResult());
            var wrong = first.Where(item => item.Components[0].Score == 0).Select(item => item.Components[1]).OrderBy(found => ((GroupLengthDetails)found.Details!).Length).Select(found => found.Score).ToArray();
            return first.Select(Found).SequenceEqual(second.Select(Found))
                && first.All(item => item.Components[1] is { Outcome: Outcome.Scored, Score: >= -0.5 and <= 0.5 })
                && wrong.SequenceEqual(wrong.OrderDescending());
        },
        tests: 50);

    private static Item Answer(int tokens) => Items.Math(@"\boxed{5}", "5") with { CompletionTokens = tokens };

    private static (Outcome, double?, string, object?) Found(GradedItem item) =>
        (item.Components[1].Outcome, item.Components[1].Score, item.Components[1].Reason, item.Components[1].Details);

    private Task<GradedItem[]> GradeAsync(Item[] items) => GradingByRubric.GradeAsync(sandbox, Rubric, items);
}
