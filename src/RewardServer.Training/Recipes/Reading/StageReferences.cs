using System.Collections.Immutable;

namespace RewardServer.Training.Recipes.Reading;

/// <summary>Checks what a recipe names by the stage that made it, and by what is built in.</summary>
internal static class StageReferences
{
    /// <summary>Checks them.</summary>
    /// <param name="section">The recipe as it is written, for errors.</param>
    /// <param name="read">The recipe.</param>
    /// <param name="earlier">The stages before it; none where it is no stage.</param>
    public static void Check(RecipeSection section, Recipe read, IReadOnlyList<Recipe> earlier)
    {
        Files(section, "fineTuning", read.FineTuning?.Files ?? [], read, earlier);
        Files(section, "preferences", read.Preferences?.Files ?? [], read, earlier);
        if (read.Distillation is { Teacher: var teacher })
        {
            One(section, "distillation", "teacher", teacher, earlier, _ => true, "");
        }

        if (read.RewardModel is { } model)
        {
            One(section, "rewardModel", "path", model.Path, earlier, stage => stage.Preferences?.Kind == PreferenceKind.RewardModel, "makes no reward model");
        }

        if (section.Has("model") && read.Stage is null && read.Model.Path is { } path)
        {
            One(section, "model", "path", path, earlier, _ => true, "");
        }
    }

    private static void Files(RecipeSection section, string way, ImmutableArray<string> files, Recipe read, IReadOnlyList<Recipe> earlier)
    {
        ProblemRecipe[] asked = [.. read.Problems, .. read.PretrainingProblems ?? []];
        foreach (var file in files)
        {
            One(section, way, "files", file, earlier, stage => stage.Sampling is not null || stage.Imitation is not null || stage.Distillation is { Kind: DistillationKind.Samples }, "keeps no completions");
            if (BuiltInExamples.Named(file) is { } name && !BuiltInExamples.Names.Contains(name))
            {
                section.Section(way)!.Add("files", $"names {file}, which is not built in; there are: {string.Join(", ", BuiltInExamples.Names)}");
            }

            if (ProblemRecipe.Named(file) is { } kind && !asked.Any(problem => problem.Kind == kind))
            {
                section.Section(way)!.Add("files", $"names {file}, but the recipe asks no problems of that kind");
            }
        }
    }

    private static void One(
        RecipeSection section, string way, string member, string path, IReadOnlyList<Recipe> earlier, Func<Recipe, bool> does, string otherwise)
    {
        if (RecipeStage.Named(path) is not { } name)
        {
            return;
        }

        var stage = earlier.FirstOrDefault(one => one.Stage!.Name == name);
        if (stage is null)
        {
            section.Section(way)!.Add(member, $"names {path}, but {Words(earlier)}");
        }
        else if (!does(stage))
        {
            section.Section(way)!.Add(member, $"names {path}, which {otherwise}");
        }
    }

    private static string Words(IReadOnlyList<Recipe> earlier) => earlier.Count == 0
        ? "there is no stage before it"
        : $"the stages before it are: {string.Join(", ", earlier.Select(stage => stage.Stage!.Name))}";
}
