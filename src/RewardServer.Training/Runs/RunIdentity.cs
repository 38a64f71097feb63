using System.Text.Json;
using RewardServer.Training.Recipes;

namespace RewardServer.Training.Runs;

/// <summary>
/// All that a run's numbers depend on, kept beside it: a run goes on with what it was made of, or not at all. How many steps it has, and how it is
/// measured and kept, may change.
/// </summary>
internal static class RunIdentity
{
    private const string FileName = "run.json";
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Keeps it for a run that begins.</summary>
    public static void Write(string folder, Recipe recipe, RunOptions options) =>
        File.WriteAllText(Path.Combine(folder, FileName), JsonSerializer.Serialize(Of(recipe, options), Json));

    /// <summary>Whether it is kept in a folder.</summary>
    public static bool IsKept(string folder) => File.Exists(Path.Combine(folder, FileName));

    /// <summary>Makes sure that a run goes on as it began.</summary>
    /// <exception cref="ArgumentException">It was made of something else; the message says what differs.</exception>
    public static void Check(string folder, Recipe recipe, RunOptions options)
    {
        var path = Path.Combine(folder, FileName);
        var before = File.Exists(path) ? JsonElement.Parse(File.ReadAllText(path)) : throw new ArgumentException($"{path} is missing: there is nothing to go on with");
        // What a run that is older than a member has nothing of, is null.
        var differing = Of(recipe, options).EnumerateObject()
            .Where(member => before.TryGetProperty(member.Name, out var was) ? !JsonElement.DeepEquals(was, member.Value) : member.Value.ValueKind != JsonValueKind.Null)
            .Select(member => member.Name)
            .ToArray();
        if (differing.Length > 0)
        {
            throw new ArgumentException($"the run in {folder} was made with another {string.Join(", ", differing)}: give the same to go on with it (run.json has it), or begin another");
        }
    }

    private static JsonElement Of(Recipe recipe, RunOptions options) => JsonSerializer.SerializeToElement(
        new
        {
            recipe.Seed,
            recipe.Model,
            recipe.Tokenizer,
            recipe.Template,
            recipe.System,
            recipe.Problems,
            recipe.Pretraining,
            recipe.PretrainingProblems,
            recipe.Rewards,
            recipe.Rollouts,
            recipe.Algorithm,
            recipe.Imitation,
            recipe.Distillation,
            recipe.Preferences,
            recipe.FineTuning,
            recipe.Sampling,
            recipe.RewardModel,
            recipe.Lora,
            Reinforcement = recipe.Reinforcement with { Optimization = recipe.Reinforcement.Optimization with { Steps = 0 } },
            // What saves memory changes no more than last digits; whether sequences draw numbers of their own does.
            Drawing = recipe.Memory?.Sequences is null ? null : "apart",
            Device = options.Devices,
            Precision = $"{options.ComputeType}",
            Stages = recipe.Stages.IsEmpty ? null : recipe.Stages.Select(stage => stage.Stage),
        },
        Json);
}
