using System.Collections.Immutable;

namespace RewardServer.Training.Recipes.Reading;

/// <summary>
/// Reads how a policy learns where it is not by rewards: <c>imitation</c> of its own completions, <c>distillation</c> of a teacher, <c>preferences</c>, or
/// <c>fineTuning</c> on files; <c>sampling</c>, by which it does not; and a reward model.
/// </summary>
internal static class LearningReader
{
    private const string Answer = "{answer}";

    public static ImitationRecipe? Imitation(RecipeSection? section)
    {
        if (section is null)
        {
            return null;
        }

        var preset = new ImitationRecipe();
        var read = new ImitationRecipe
        {
            Filter = Filter(section.Section("filter")),
            Rationalize = section.TruthOrNull("rationalize") ?? preset.Rationalize,
            Hint = section.Text("hint", preset.Hint),
            FromBase = section.TruthOrNull("fromBase") ?? preset.FromBase,
        };
        if (section.Has("hint") && !read.Hint.Contains(Answer, StringComparison.Ordinal))
        {
            section.Add("hint", $"must have {Answer}, in whose place the right answer stands");
        }

        if (read.Rationalize && !read.Filter.Accuracy)
        {
            section.Add("rationalize", "must not be true where filter.accuracy is false: which answers are explained depends on which are wrong");
        }

        section.Close();
        return read;
    }

    public static DistillationRecipe? Distillation(RecipeSection? section)
    {
        if (section is null)
        {
            return null;
        }

        var read = new DistillationRecipe(
            section.Text("teacher"), section.KindOrNull<DistillationKind>("kind") ?? DistillationKind.Samples, Filter(section.Section("filter")));
        if (read.Kind == DistillationKind.ReverseKl && section.Has("filter"))
        {
            section.Add("filter", "must be absent where kind is reverse-kl: the student learns from all that it writes");
        }

        section.Close();
        return read;
    }

    public static PreferenceRecipe? Preferences(RecipeSection? section)
    {
        if (section is null)
        {
            return null;
        }

        if (!section.Has("kind"))
        {
            section.Add("kind", "is missing");
        }

        var preset = new PreferenceRecipe(section.KindOrNull<PreferenceKind>("kind") ?? default);
        var read = preset with
        {
            Files = section.Has("files") ? section.Texts("files") : [],
            Drawn = section.Whole("drawn", Bounds.FromOne, preset.Drawn),
            Beta = section.Number("beta", new(0, 1000, Above: true), preset.Beta),
            Centring = section.Number("centring", new(0, 1000), preset.Centring),
        };
        section.Close();
        return read;
    }

    public static FineTuningRecipe? FineTuning(RecipeSection? section)
    {
        if (section is null)
        {
            return null;
        }

        var preset = new FineTuningRecipe(section.Texts("files"));
        var read = preset with { Drawn = section.Whole("drawn", Bounds.FromOne, preset.Drawn) };
        section.Close();
        return read;
    }

    public static SamplingRecipe? Sampling(RecipeSection? section)
    {
        if (section is null)
        {
            return null;
        }

        var read = new SamplingRecipe(Filter(section.Section("filter")));
        section.Close();
        return read;
    }

    public static RewardModelRecipe? RewardModel(RecipeSection? section)
    {
        if (section is null)
        {
            return null;
        }

        var read = new RewardModelRecipe(section.Text("path"), section.Number("weight", new(-1000, 1000), 1), section.Number("rules", new(-1000, 1000), 0))
        {
            Kinds = section.Has("kinds") ? section.Texts("kinds") : [],
        };
        section.Close();
        return read;
    }

    private static FilterRecipe Filter(RecipeSection? section)
    {
        var preset = new FilterRecipe();
        if (section is null)
        {
            return preset;
        }

        var read = new FilterRecipe
        {
            Accuracy = section.TruthOrNull("accuracy") ?? preset.Accuracy,
            Format = section.NumberOrNull("format", Bounds.Share),
            Language = section.NumberOrNull("language", Bounds.Share),
            Scores = Scores(section.Section("scores")),
            PerProblem = section.Whole("perProblem", Bounds.FromOne, preset.PerProblem),
            Best = section.TruthOrNull("best") ?? preset.Best,
        };
        section.Close();
        return read;
    }

    // Of components that only the rubric knows: any name passes here.
    private static ImmutableSortedDictionary<string, double>? Scores(RecipeSection? section) =>
        section?.Names.ToImmutableSortedDictionary(name => name, name => section.Number(name, Bounds.Share), StringComparer.Ordinal);
}
