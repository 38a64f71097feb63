using RewardServer.Training.Reporting;

namespace RewardServer.Training.Tests.Runs;

/// <summary>The memory of a run is planned before it begins.</summary>
public sealed class RunMemoryTests
{
    private const long Mebibyte = 1 << 20;

    [Fact]
    public async Task A_run_tells_its_plan()
    {
        using var small = new SmallRun();
        await small.RunAsync(memory: 1024 * Mebibyte);
        var told = Assert.Single(small.Seen.Messages, message => message.StartsWith("memory: ", StringComparison.Ordinal));
        Assert.Matches(@"^memory: \d+ MB at most: weights 1 MB, gradients 1 MB, the optimizer's means 1 MB, other models 1 MB, a pass \d+ MB, 16 sequences at once \d+ MB, a step of the optimizer 1 MB; 1\.1 GB are free$", told);
    }

    [Fact]
    public async Task What_does_not_fit_is_told_before_anything_is_computed_with_what_would()
    {
        using var small = new SmallRun();
        var exception = await Assert.ThrowsAsync<ArgumentException>(() => small.RunAsync(SmallRun.Yaml.Replace("batchTokens: 512", "batchTokens: 65536", StringComparison.Ordinal), memory: 64 * Mebibyte));
        Assert.Contains("the run needs more memory than cpu has for it, 61 MB of the 68 MB that are free: ", exception.Message, StringComparison.Ordinal);
        Assert.Contains("What would fit: pretraining.batchTokens and reinforcement.batchTokens: ", exception.Message, StringComparison.Ordinal);
        Assert.Empty(small.Seen.Begun);
        Assert.False(Directory.Exists(Path.Combine(small.Folder, "checkpoints")));
    }

    [Fact]
    public async Task Where_nothing_fits_it_says_so()
    {
        using var small = new SmallRun();
        var exception = await Assert.ThrowsAsync<ArgumentException>(() => small.RunAsync(memory: Mebibyte / 4));
        Assert.Contains("Nothing that a recipe can say makes it fit", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task How_many_sequences_are_written_at_once_changes_nothing_where_each_draws_its_own()
    {
        using var many = new SmallRun();
        using var few = new SmallRun();
        // Some are right, so that something is learned.
        var (steps, _) = await many.RunAsync($"{SmallRun.Yaml}\nmemory: {{sequences: 16}}", rewards: Scores.Some());
        var (same, _) = await few.RunAsync($"{SmallRun.Yaml}\nmemory: {{sequences: 5}}", rewards: Scores.Some());
        Assert.Equal(steps.Select(Written), same.Select(Written));
        Assert.Contains(steps, step => step.Evaluation is { Samples.IsEmpty: false });
        Assert.Contains(steps, step => step is { Phase: Phases.Reinforcement, GradientNorm: > 1e-3 });
        // What a policy writes beside others is the same but for the last digits of its probabilities.
        Assert.All(steps.Zip(same), pair =>
        {
            Assert.Equal(pair.First.Loss, pair.Second.Loss, 1e-4 * Math.Max(1, Math.Abs(pair.First.Loss)));
            Assert.Equal(pair.First.GradientNorm, pair.Second.GradientNorm, 1e-2 * pair.First.GradientNorm + 1e-6);
        });
        Assert.Contains(few.Seen.Messages, message => message.Contains("5 sequences at once", StringComparison.Ordinal));
    }

    private static string Written(StepMetrics step) =>
        $"{step.Rollouts?.CompletionTokens} {step.Rollouts?.Reward}: {string.Join(" | ", step.Evaluation?.Samples.Select(sample => sample.Completion) ?? [])}";
}
