using RewardServer.Grading.Graders;
using RewardServer.Grading.Rubrics;

namespace RewardServer.Grading.Tests.Rubrics;

public sealed class CombinationTests
{
    [Fact]
    public void The_reward_is_the_weighted_sum() =>
        Assert.Equal((Outcome.Scored, 0.75), Combine(Scored(1, weight: 0.5), Scored(0.25, weight: 1)));

    [Fact]
    public void A_negative_weight_takes_away() =>
        Assert.Equal((Outcome.Scored, -0.5), Combine(Scored(0, weight: 1), Scored(1, weight: -0.5)));

    [Fact]
    public void A_skipped_component_makes_the_item_skipped() =>
        Assert.Equal((Outcome.Skipped, (double?)null), Combine(Scored(1, weight: 1), Other(Outcome.Skipped, weight: 1)));

    [Fact]
    public void A_failed_component_makes_the_item_failed_even_beside_a_skipped_one() =>
        Assert.Equal((Outcome.Failed, (double?)null), Combine(Other(Outcome.Skipped, weight: 1), Other(Outcome.Failed, weight: 1)));

    [Fact]
    public void A_component_of_weight_0_decides_nothing() =>
        Assert.Equal((Outcome.Scored, 1.0), Combine(Scored(1, weight: 1), Other(Outcome.Failed, weight: 0), Other(Outcome.Skipped, weight: 0)));

    [Fact]
    public async Task A_chat_without_an_answer_is_skipped()
    {
        var item = Items.Math("", "5") with { Completion = RewardServer.Grading.Completions.ChatText.FromMessages([new("user", "5")]) };
        var graded = await new Rubric(new() { Components = [] }, []).GradeAsync(item, TestContext.Current.CancellationToken);
        Assert.Equal((Outcome.Skipped, "the completion holds no message of the assistant"), (graded.Outcome, graded.Reason));
    }

    private static (Outcome, double?) Combine(params GradedComponent[] components)
    {
        var graded = GradedItem.Combine(Items.Math("", "5"), [.. components]);
        return (graded.Outcome, graded.Reward);
    }

    private static GradedComponent Scored(double score, double weight) => new("scored", weight, score, Outcome.Scored, "", [], null);

    private static GradedComponent Other(Outcome outcome, double weight) => new("other", weight, null, outcome, "", [], null);
}
