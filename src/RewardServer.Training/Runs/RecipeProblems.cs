using System.Collections.Immutable;
using RewardServer.Training.Problems;
using RewardServer.Training.Recipes;

namespace RewardServer.Training.Runs;

/// <summary>Makes the problems that a recipe names.</summary>
public static class RecipeProblems
{
    /// <summary>The kinds with their weights.</summary>
    /// <exception cref="RecipeException">A kind or its options are wrong: all that is, with lines.</exception>
    public static ProblemMix Of(Recipe recipe) => Of(recipe, recipe.Problems, "problems", recipe.Pretraining is not null && recipe.PretrainingProblems is null);

    /// <summary>The kinds that the base model reads about, with their weights.</summary>
    /// <exception cref="RecipeException">A kind or its options are wrong: all that is, with lines.</exception>
    public static ProblemMix ReadOf(Recipe recipe) =>
        recipe.PretrainingProblems is { } read ? Of(recipe, read, "pretraining.problems", recipe.Pretraining is not null) : Of(recipe);

    private static ProblemMix Of(Recipe recipe, ImmutableArray<ProblemRecipe> problems, string name, bool areRead)
    {
        var errors = ImmutableArray.CreateBuilder<RecipeError>();
        var kinds = ImmutableArray.CreateBuilder<(IProblemKind Kind, double Weight)>();
        for (var i = 0; i < problems.Length; i++)
        {
            var asked = problems[i];
            var (kind, wrong) = ProblemKinds.Make(asked.Kind, asked.Options);
            errors.AddRange(wrong.Select(error => new RecipeError(asked.Line, Field(name, i, error.Path), error.Message)));
            if (kind is not null)
            {
                kinds.Add((kind, asked.Weight));
                if (areRead && !kind.HasTexts)
                {
                    errors.Add(new(asked.Line, Field(name, i, "kind"), $"'{asked.Kind}' has no texts to pretrain on: leave pretraining out, and name a checkpoint"));
                }
            }
        }

        return errors.Count == 0 ? new(kinds.ToImmutable()) : throw new RecipeException(recipe.Name, errors.ToImmutable());
    }

    private static string Field(string name, int place, string path) =>
        $"{name}[{place}]{(path.Length == 0 ? "" : path == "kind" ? ".kind" : $".options.{path}")}";
}
