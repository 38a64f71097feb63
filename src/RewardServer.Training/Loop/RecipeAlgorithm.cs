using RewardServer.Training.Algorithms;
using RewardServer.Training.Recipes;

namespace RewardServer.Training.Loop;

/// <summary>Makes the algorithm that a recipe names.</summary>
public static class RecipeAlgorithm
{
    /// <summary>The preset with what the recipe says otherwise.</summary>
    /// <exception cref="RecipeException">There is no such preset, or a number is out of its range.</exception>
    public static Algorithm Of(Recipe recipe)
    {
        var said = recipe.Algorithm;
        if (!Algorithm.Names.Contains(said.Name))
        {
            throw new RecipeException(recipe.Name, [new(null, "algorithm.name", $"'{said.Name}' is no algorithm; there are: {string.Join(", ", Algorithm.Names)}")]);
        }

        var preset = Algorithm.Named(said.Name);
        var algorithm = preset with
        {
            ClipLow = said.ClipLow ?? preset.ClipLow,
            ClipHigh = said.ClipHigh ?? preset.ClipHigh,
            KlCoefficient = said.KlCoefficient ?? preset.KlCoefficient,
            EntropyCoefficient = said.EntropyCoefficient ?? preset.EntropyCoefficient,
            DynamicSampling = said.DynamicSampling ?? preset.DynamicSampling,
            MaskTruncated = said.MaskTruncated ?? preset.MaskTruncated,
        };
        var errors = algorithm.Errors().Select(error => new RecipeError(null, $"algorithm.{error.Member}", error.Error)).ToArray();
        return errors.Length == 0 ? algorithm : throw new RecipeException(recipe.Name, [.. errors]);
    }
}
