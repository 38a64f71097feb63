using System.Text.Json;
using RewardServer.Grading.Completions;

namespace RewardServer.Grading.Tests.Rubrics;

/// <summary>No order of a batch, and no company in it but the group's, changes what an item gets.</summary>
public sealed class SteadinessTests(SharedSandbox sandbox)
{
    // Every grader that needs no judge, no script and no sandbox, and every transform.
    private const string Everything = """
        {"components": [
          {"grader":"accuracy"}, {"grader":"format"}, {"grader":"tags"}, {"grader":"code-format","weight":0}, {"grader":"length"}, {"grader":"group-length"},
          {"grader":"repetition"}, {"grader":"language"}, {"grader":"reasoning-steps"}, {"grader":"reflection"}, {"grader":"verification"}, {"grader":"chain"}],
         "signals": {"several-answer-blocks":-0.1, "copied-prompt":-0.1},
         "transforms": [{"transform":"grpo"}, {"transform":"mean-centred"}, {"transform":"leave-one-out"}, {"transform":"rank"}, {"transform":"pass-at-k"},
                        {"transform":"relative-length"}, {"transform":"diversity"}]}
        """;

    private static readonly string[] Thoughts =
        ["Two and three make five.", "Wait, let me check: 2 + 3 = 5, 5 - 3 = 2.", "二加三等于五，so it is five.", "1. Take 2.\n2. Add 3.", "2 + 3 = 6. No, 2 + 3 = 5.", "five five five five five"];

    [Fact]
    public async Task The_order_of_a_batch_changes_nothing()
    {
        var items = Batch();
        var graded = (await GradingByRubric.GradeAsync(sandbox, Everything, items)).ToDictionary(item => item.Id, Written);
        Assert.All(graded.Values, written => Assert.Contains("\"outcome\":\"scored\"", written, StringComparison.Ordinal));
        for (var seed = 0; seed < 10; seed++)
        {
            var shuffled = items.ToArray();
            new Random(seed).Shuffle(shuffled);
            Assert.All(await GradingByRubric.GradeAsync(sandbox, Everything, shuffled), item => Assert.Equal(graded[item.Id], Written(item)));
        }
    }

    [Fact]
    public async Task Other_groups_of_a_batch_change_nothing()
    {
        var items = Batch();
        var alone = await GradingByRubric.GradeAsync(sandbox, Everything, [.. items.Where(item => item.Group == "b")]);
        var among = (await GradingByRubric.GradeAsync(sandbox, Everything, items)).Where(item => item.Group == "b");
        Assert.Equal(alone.Select(Written), among.Select(Written));
    }

    [Fact]
    public async Task Graded_anew_an_item_has_the_same_bytes()
    {
        var items = Batch();
        var first = await GradingByRubric.GradeAsync(sandbox, Everything, items);
        var again = await GradingByRubric.GradeAsync(sandbox, Everything, [.. items.Select(item => item with { Anew = true })]);
        Assert.Equal(first.Select(Written), again.Select(Written));
    }

    private static Item[] Batch() =>
    [
        .. from @group in new[] { "a", "b", "c" }
           from i in Enumerable.Range(0, 12)
           select Items.Math(
               $"<think>{Thoughts[i % Thoughts.Length]} {string.Concat(Enumerable.Repeat("So it goes. ", (i * i) + group[0] - 'a'))}</think> <answer>\\boxed{{{(i % 3 == 0 ? 6 : 5)}}}</answer>",
               "5", "How much do two and three make, when they are added?") with { Id = $"{group}{i}", Group = group },
    ];

    private static string Written(RewardServer.Grading.Rubrics.GradedItem item) => JsonSerializer.Serialize(item, ItemJson.Options);
}
