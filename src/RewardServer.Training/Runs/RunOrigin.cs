using RewardServer.Training.Checkpoints;
using RewardServer.Training.Policies;
using RewardServer.Training.Recipes;
using RewardServer.Training.Tokens;

namespace RewardServer.Training.Runs;

/// <summary>A run's policy as it was before reinforcement, kept once with the run; one with adapters is that itself without them.</summary>
/// <param name="policy">The policy.</param>
/// <param name="tokenizer">Its tokenizer.</param>
/// <param name="recipe">The recipe.</param>
/// <param name="options">Where the run is kept, and on what it computes.</param>
/// <param name="keep">Whether the policy is what it was then still, and so to be kept.</param>
internal sealed class RunOrigin(Policy policy, ISavedTokenizer tokenizer, Recipe recipe, RunOptions options, bool keep)
{
    /// <summary>A policy of its own that stays as it was, of a run without adapters.</summary>
    public Policy Reference() => Checkpoint.ReadFrozen(Kept(), options.Device, options.ComputeType);

    /// <summary>What makes the run's policy that again.</summary>
    public Action Restarting()
    {
        if (policy.Lora is not null)
        {
            return () => policy.Initialise(StartingPolicy.AdapterSeed(recipe));
        }

        var path = Kept();
        return () => Checkpoint.ReadInto(path, policy);
    }

    private string Kept()
    {
        var path = Path.Combine(options.Folder, "reference");
        if (keep)
        {
            Checkpoint.Write(policy, tokenizer, path);
        }

        return path;
    }
}
