using RewardServer.Grading.Completions;
using RewardServer.Grading.Graders;
using RewardServer.Grading.Rubrics;
using RewardServer.Grading.Rubrics.Library;
using RewardServer.Grading.Sets;
using RewardServer.Sandboxing;
using RewardServer.Sandboxing.Pooling;
using RewardServer.Training.Rewards;

namespace RewardServer.Training.Tests.Rewards;

/// <summary>Grades in this process, by the rubric r1-zero, without a sandbox.</summary>
internal static class GradedHere
{
    /// <summary>The rewards, and what they are made of.</summary>
    public static async Task<(IReadOnlyList<Reward> Rewards, IReadOnlyList<GradedItem> Items)> OfAsync(Item[] items)
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var sandbox = await SandboxPool.StartAsync(new SandboxOptions { Engine = "none" }, TimeProvider.System, cancellation);
        var rubric = new RubricLibrary(new RubricCompiler(new GraderResources(sandbox)), null).Find("r1-zero")!;
        var grader = new SetGrader(0, (item, exception) => throw new InvalidOperationException(item.Id, exception));
        return (await new RubricRewards(rubric, grader).OfAsync(items, cancellation), await grader.GradeAsync(rubric, items, cancellation));
    }
}
