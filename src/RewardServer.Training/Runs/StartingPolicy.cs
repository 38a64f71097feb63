using RewardServer.Training.Checkpoints;
using RewardServer.Training.Policies;
using RewardServer.Training.Recipes;

namespace RewardServer.Training.Runs;

/// <summary>The policy that a run begins with, or goes on with.</summary>
internal static class StartingPolicy
{
    /// <summary>Makes it.</summary>
    /// <param name="recipe">The recipe.</param>
    /// <param name="options">On what it computes.</param>
    /// <param name="vocabulary">Tokens that a fresh one knows.</param>
    /// <param name="start">The checkpoint that the recipe names; null for a fresh one.</param>
    /// <param name="newest">The run's newest checkpoint; null where it begins.</param>
    /// <exception cref="InvalidDataException">A checkpoint is broken.</exception>
    /// <exception cref="ArgumentException">Adapters are asked for, and there is nothing that they could belong to.</exception>
    public static Policy Of(Recipe recipe, RunOptions options, int vocabulary, string? start, string? newest)
    {
        var saved = recipe.Memory ?? new();
        var policy = recipe.Lora is { } lora ? Adapted(lora, recipe, options, saved.OptimizerOffload, start, newest)
            : (newest ?? start) is { } kept ? Checkpoint.Read(kept, options.Device, options.ComputeType, saved.OptimizerOffload)
            : Fresh(recipe, options, saved.OptimizerOffload, vocabulary);
        policy.GradientCheckpointing = saved.GradientCheckpointing;
        return policy;
    }

    /// <summary>What adapters are drawn from.</summary>
    public static int AdapterSeed(Recipe recipe) => (int)(Seeds.Of(recipe.Seed, Purpose.Adapters, 0) & int.MaxValue);

    private static Policy Adapted(LoraShape lora, Recipe recipe, RunOptions options, bool offload, string? start, string? newest)
    {
        var adapted = Checkpoint.ReadFrozen(
            start ?? throw new ArgumentException("lora: a fresh model has no checkpoint that adapters could belong to: give one by model.path"), options.Device, options.ComputeType, lora, offload);
        adapted.Initialise(AdapterSeed(recipe));
        if (newest is not null)
        {
            AdapterCheckpoint.Read(newest, adapted);
        }

        return adapted;
    }

    private static Policy Fresh(Recipe recipe, RunOptions options, bool offload, int vocabulary)
    {
        var fresh = new Policy(recipe.Model.Shape(vocabulary), options.Device, options.ComputeType, offload);
        fresh.Initialise((int)(Seeds.Of(recipe.Seed, Purpose.Parameters, 0) & int.MaxValue));
        return fresh;
    }
}
