using System.Diagnostics;
using RewardServer.Training.Optimization;
using RewardServer.Training.Policies;
using RewardServer.Training.Recipes;
using RewardServer.Training.Reporting;

namespace RewardServer.Training.Runs;

/// <summary>Supervised fine-tuning on completions that are given, a step at a time: cross-entropy of each after its prompt, all of them once before any twice.</summary>
/// <param name="policies">Who learns.</param>
/// <param name="optimizer">Its optimizer.</param>
/// <param name="recipe">The recipe.</param>
/// <param name="examples">The completions with their prompts.</param>
internal sealed class ExampleTuning(Replicas policies, AdamW optimizer, Recipe recipe, TokenSequence[] examples) : ITrainingLoop
{
    private readonly OptimizationRecipe plan = recipe.Reinforcement.Optimization;
    private readonly FineTuning tuning = new(policies, optimizer, recipe.Reinforcement.Optimization);
    private readonly Epochs epochs = new([.. examples.Select(one => one.Tokens.Length)], recipe.Reinforcement.Optimization.BatchTokens, recipe.Seed);

    /// <inheritdoc/>
    public Task<StepMetrics> StepAsync(int step, Func<double> seconds, CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        var (rate, updates) = (plan.RateAt(step), recipe.Reinforcement.Updates);
        var random = Seeds.Random(recipe.Seed, Purpose.Examples, step);
        var done = new PolicyUpdate(0, 0, 0, 0);
        for (var i = 0; i < updates; i++)
        {
            TokenSequence[] batch = [.. epochs.Batch((step - 1) * updates + i).Select(place => examples[place])];
            var tuned = tuning.Learn(batch, 1, rate, random, step);
            done = tuned with { Tokens = done.Tokens + tuned.Tokens, Flops = done.Flops + tuned.Flops };
        }

        return Task.FromResult(done.Metrics(step, seconds(), rate, started));
    }
}
