using RewardServer.Training.Policies;

namespace RewardServer.Training.Recipes.Reading;

/// <summary>Reads which adapters are trained in the place of a policy's weights.</summary>
internal static class LoraReader
{
    private const string Name = "lora";

    // Beyond it a matrix of usual models has no rank left to gain.
    private static readonly Bounds Ranks = new(1, 4096);

    // As PEFT's users scale them, and far beyond.
    private static readonly Bounds Alphas = new(0, 100_000, Above: true);

    /// <summary>Reads the section.</summary>
    public static LoraShape? Read(RecipeSection? section)
    {
        if (section is null)
        {
            return null;
        }

        var targets = section.Has("targets") ? section.Texts("targets") : LoraShape.Projections;
        foreach (var unknown in targets.Where(target => !LoraShape.Projections.Contains(target)))
        {
            section.Add("targets", $"names '{unknown}', which has no adapters; {NearestName.Advice(unknown, LoraShape.Projections)}");
        }

        foreach (var twice in targets.GroupBy(target => target).Where(group => group.Count() > 1))
        {
            section.Add("targets", $"names {twice.Key} more than once");
        }

        // In the order of the layer, whatever the order in which they are named: the same adapters are the same run.
        var read = new LoraShape(section.Whole("rank", Ranks, 16), section.Number("alpha", Alphas, 32), [.. LoraShape.Projections.Where(targets.Contains)]);
        section.Close();
        return read;
    }

    /// <summary>Checks what is wrong of it only beside what else a recipe says.</summary>
    /// <param name="section">The recipe as it is written.</param>
    /// <param name="read">The recipe, with the model that it begins with.</param>
    public static void Check(RecipeSection section, Recipe read)
    {
        if (read.Lora is null)
        {
            return;
        }

        if (read.Model.Path is null)
        {
            section.Add(Name, "must be absent where model gives no checkpoint: there is nothing that adapters could belong to; model: {path: --model} leaves it to the command line");
        }

        if (read.Preferences?.Kind == PreferenceKind.RewardModel)
        {
            section.Add(Name, "must be absent where preferences.kind is reward-model: the policy is left as it is");
        }

        if (read.Sampling is not null)
        {
            section.Add(Name, "must be absent beside sampling: nothing is learned");
        }
    }
}
