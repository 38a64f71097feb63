using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using RewardServer.Training.Checkpoints;
using RewardServer.Training.Policies;
using RewardServer.Training.Recipes;
using RewardServer.Training.Reporting;
using RewardServer.Training.Tokens;
using static TorchSharp.torch;

namespace RewardServer.Training.Runs;

/// <summary>Base models that were pretrained before: a recipe that asks for the same finds it.</summary>
/// <param name="folder">Where they are kept.</param>
public sealed class BaseModels(string folder)
{
    private const string MetricsFile = "metrics.jsonl";

    // To be raised where the code makes other texts or other steps of the same recipe.
    private const int Version = 2;

    /// <summary>Where the base model of a recipe is, or would be.</summary>
    /// <param name="recipe">The recipe; all that pretraining depends on names the folder.</param>
    /// <param name="tokenizer">What makes tokens of its texts.</param>
    /// <param name="options">What computes, for that tells in the last digits.</param>
    public string PathOf(Recipe recipe, CharacterTokenizer tokenizer, RunOptions options)
    {
        var what = JsonSerializer.Serialize(new { Version, recipe.Seed, recipe.Model, recipe.Template, Problems = recipe.PretrainingProblems ?? recipe.Problems, recipe.Pretraining, tokenizer.Alphabet, tokenizer.Tags, Device = options.Devices, Type = $"{options.ComputeType}" })
            // A recipe that saves no memory has the models that it had before there was a way to.
            + (recipe.Memory is null ? "" : JsonSerializer.Serialize(recipe.Memory));
        return Path.Combine(folder, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(what)))[..16]);
    }

    /// <summary>Whether two recipes of one seed have the same base model, whatever else they ask.</summary>
    public static bool AreSame(Recipe one, Recipe other) =>
        one.Pretraining is not null && JsonSerializer.Serialize(Made(one)) == JsonSerializer.Serialize(Made(other));

    /// <summary>Reads one into a policy.</summary>
    /// <param name="path">Its folder.</param>
    /// <param name="policy">Whose parameters become its.</param>
    /// <returns>What its steps were like; null where there is none.</returns>
    /// <exception cref="InvalidDataException">What is there is broken.</exception>
    public static IReadOnlyList<StepMetrics>? Read(string path, Policy policy)
    {
        if (!File.Exists(Path.Combine(path, MetricsFile)))
        {
            return null;
        }

        using var _ = no_grad();
        using var kept = Checkpoint.Read(path, CPU);
        policy.Parameters.Masters.copy_(kept.Parameters.Masters);
        policy.Parameters.Publish();
        return MetricsLog.Read(Path.Combine(path, MetricsFile));
    }

    /// <summary>Keeps one.</summary>
    /// <param name="path">Its folder.</param>
    /// <param name="policy">The policy after its pretraining.</param>
    /// <param name="tokenizer">What makes tokens of its texts.</param>
    /// <param name="steps">What its steps were like; what evaluations found is each run's own.</param>
    public static void Write(string path, Policy policy, ISavedTokenizer tokenizer, IEnumerable<StepMetrics> steps) =>
        Checkpoint.Write(policy, tokenizer, path, with: unfinished =>
        {
            using var log = MetricsLog.Open(Path.Combine(unfinished, MetricsFile));
            foreach (var step in steps)
            {
                log.Append(step with { Evaluation = null });
            }
        });

    private static object Made(Recipe recipe) => new { recipe.Model, recipe.Template, Problems = recipe.PretrainingProblems ?? recipe.Problems, recipe.Pretraining, recipe.Memory };
}
