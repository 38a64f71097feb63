using System.Collections.Immutable;
using RewardServer.Training.Problems;
using RewardServer.Training.Recipes;

namespace RewardServer.Training.Loop;

/// <summary>Makes the problems that a recipe names.</summary>
public static class RecipeProblems
{
    /// <summary>The kinds with their weights.</summary>
    /// <exception cref="RecipeException">A kind or its options are wrong: all that is, with lines.</exception>
    public static ProblemMix Of(Recipe recipe)
    {
        var errors = ImmutableArray.CreateBuilder<RecipeError>();
        var kinds = ImmutableArray.CreateBuilder<(IProblemKind Kind, double Weight)>();
        for (var i = 0; i < recipe.Problems.Length; i++)
        {
            var asked = recipe.Problems[i];
            var (kind, wrong) = ProblemKinds.Make(asked.Kind, asked.Options);
            errors.AddRange(wrong.Select(error => new RecipeError(asked.Line, Field(i, error.Path), error.Message)));
            if (kind is not null)
            {
                kinds.Add((kind, asked.Weight));
                if (recipe.Pretraining is not null && !kind.HasTexts)
                {
                    errors.Add(new(asked.Line, Field(i, "kind"), $"'{asked.Kind}' has no texts to pretrain on: leave pretraining out, and name a checkpoint"));
                }
            }
        }

        return errors.Count == 0 ? new(kinds.ToImmutable()) : throw new RecipeException(recipe.Name, errors.ToImmutable());
    }

    private static string Field(int place, string path) =>
        $"problems[{place}]{(path.Length == 0 ? "" : path == "kind" ? ".kind" : $".options.{path}")}";
}
