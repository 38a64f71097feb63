namespace RewardServer.Grading.Tests.Rubrics.Transforms;

public sealed class RubricTransformsTests(SharedSandbox sandbox)
{
    private const string Rubric = """
        {"components":[{"grader":"accuracy"}],
         "transforms":[{"transform":"leave-one-out"},{"transform":"pass-at-k","options":{"k":2}},{"transform":"rank","name":"place"},{"transform":"diversity"}]}
        """;

    [Fact]
    public async Task Values_stand_beside_the_rewards_of_each_group()
    {
        var graded = await GradingByRubric.GradeAsync(sandbox, Rubric, [Items.Math(@"\boxed{5}", "5"), Items.Math(@"\boxed{6}", "5"), Items.Math(@"\boxed{5}", "5", "other")]);
        Assert.Equal([1.0, -1.0, 0.0], graded.Select(item => item.Transforms!["leave-one-out"]));
        Assert.Equal([1.0, 1.0, null], graded.Select(item => item.Transforms!["pass-at-k"]));
        Assert.Equal([0.5, -0.5, 0.0], graded.Select(item => item.Transforms!["place"]));
        Assert.Equal([1.0, 1.0, 0.0], graded.Select(item => item.Transforms!["diversity"]));
    }

    [Fact]
    public async Task An_item_without_a_reward_takes_no_part()
    {
        var graded = await GradingByRubric.GradeAsync(sandbox, Rubric, [Items.Math(@"\boxed{5}", "5"), Items.Math(@"\boxed{5}", "5 +")]);
        Assert.Equal([0.0, null], graded.Select(item => item.Transforms!["leave-one-out"]));
    }
}
