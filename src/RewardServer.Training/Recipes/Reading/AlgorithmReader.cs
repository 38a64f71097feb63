namespace RewardServer.Training.Recipes.Reading;

/// <summary>Reads a preset and what differs from it.</summary>
internal static class AlgorithmReader
{
    public static AlgorithmRecipe Read(RecipeSection? section, RecipeCatalog catalog)
    {
        if (section is null)
        {
            return new("");
        }

        var read = new AlgorithmRecipe(section.Word("name", catalog.Algorithms))
        {
            ClipLow = section.NumberOrNull("clipLow", Bounds.Share),
            ClipHigh = section.NumberOrNull("clipHigh", Bounds.NotNegative),
            KlCoefficient = section.NumberOrNull("klCoefficient", Bounds.NotNegative),
            EntropyCoefficient = section.NumberOrNull("entropyCoefficient", Bounds.NotNegative),
            DynamicSampling = section.TruthOrNull("dynamicSampling"),
            MaskTruncated = section.TruthOrNull("maskTruncated"),
        };
        section.Close();
        return read;
    }
}
