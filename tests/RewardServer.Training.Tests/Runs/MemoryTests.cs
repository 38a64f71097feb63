using System.Globalization;
using RewardServer.Training.Optimization;
using RewardServer.Training.Policies;
using RewardServer.Training.Reporting;
using RewardServer.Training.Rollouts;
using RewardServer.Training.Tests.Policies;
using TorchSharp;
using static TorchSharp.torch;

namespace RewardServer.Training.Tests.Runs;

/// <summary>Alone, for it measures the whole process.</summary>
[CollectionDefinition(nameof(MemoryTests), DisableParallelization = true)]
[Collection(nameof(MemoryTests))]
public sealed class MemoryTests
{
    private const long Mebibyte = 1 << 20;

    [Fact]
    public void Memory_is_flat_over_a_thousand_steps()
    {
        using var policy = SmallPolicy.Drawn(SmallPolicy.Shape);
        using var optimizer = new AdamW(policy.Parameters);
        var (tensors, private_) = (new List<long>(), new List<long>());
        for (var step = 1; step <= 1000; step++)
        {
            Step(policy, optimizer, step);
            if (step >= 200 && step % 100 == 0)
            {
                tensors.Add(DisposeScopeManager.Statistics.ThreadTotalLiveCount);
                private_.Add(Private());
            }
        }

        // No tensor is left, and none waits for the garbage collector, which does not know how large they are.
        Assert.All(tensors, count => Assert.Equal(tensors[0], count));
        // The activations of one step are hundreds of KiB: a leak of them would be hundreds of MiB.
        Assert.True(private_.Max() - private_[0] < 32 * Mebibyte, $"MiB from step 200 on: {string.Join(", ", private_.Select(size => size / Mebibyte))}");
    }

    // Copies take as long again, and a leak of theirs is told as well by fewer steps, by as much a step.
    [Theory]
    [InlineData(0, 400)]
    [InlineData(1, 200)]
    public async Task Memory_is_flat_over_the_steps_of_a_run(int copies, int steps)
    {
        using var small = new SmallRun();
        var sizes = new List<long>();
        small.Seen.AfterStep = metrics =>
        {
            if (metrics.Phase == Phases.Reinforcement && metrics.Step >= steps / 4 && metrics.Step % (steps / 8) == 0)
            {
                sizes.Add(Private());
            }
        };
        await small.RunAsync(SmallRun.Yaml
            .Replace("{steps: 6,", $"{{steps: {steps},", StringComparison.Ordinal)
            .Replace("{every: 3,", "{every: 100,", StringComparison.Ordinal)
            .Replace("{every: 2,", "{every: 200,", StringComparison.Ordinal), others: [.. Enumerable.Repeat(CPU, copies)]);
        Assert.Equal(7, sizes.Count);
        // A step's logits alone are hundreds of KiB: a leak of them would be three times as much.
        Assert.True(sizes.Max() - sizes[0] < 32 * Mebibyte * steps / 400, $"MiB from step {steps / 4} on: {string.Join(", ", sizes.Select(size => size / Mebibyte))}");
    }

    private static void Step(Policy policy, AdamW optimizer, int step)
    {
        TokenSequence[] sequences = [.. Enumerable.Range(0, 6).Select(i => new TokenSequence(SmallPolicy.Tokens(8 + (step + 5 * i) % 40, step + i), 1))];
        foreach (var batch in TokenBatch.Pack(sequences, 128))
        {
            using var scope = NewDisposeScope();
            var (logits, targets) = batch.Ask(policy);
            (-TokenBatch.LogProbabilities(logits, targets).mean()).backward();
            policy.Parameters.Gather();
        }

        Assert.True(double.IsFinite(optimizer.Step(1e-3, 0.01, 1)));
        if (step % 10 == 0)
        {
            var prompts = Enumerable.Range(0, 10).Select(i => SmallPolicy.Tokens(2 + (step / 10 + i) % 9, step + i)).ToArray();
            Generation.Generate(policy, new HashSet<int> { 0 }, prompts, new() { MaxTokens = 12, Seed = step, TopK = 9, TopP = 0.9 }, TestContext.Current.CancellationToken);
        }
    }

    // What the process has of its own, without the files that it maps; where the system does not say, all of it.
    private static long Private()
    {
        GC.Collect();
        const string Name = "RssAnon:";
        return OperatingSystem.IsLinux() && File.ReadLines("/proc/self/status").FirstOrDefault(line => line.StartsWith(Name, StringComparison.Ordinal)) is { } line
            ? long.Parse(line[Name.Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture) * 1024
            : Environment.WorkingSet;
    }
}
