namespace RewardServer.Training.Recipes.Reading;

/// <summary>Reads what a run does to take less memory.</summary>
internal static class MemoryReader
{
    /// <summary>Reads the section; null where it is absent, or asks for nothing.</summary>
    public static MemoryRecipe? Read(RecipeSection? section)
    {
        if (section is null)
        {
            return null;
        }

        var read = new MemoryRecipe
        {
            GradientCheckpointing = section.TruthOrNull("gradientCheckpointing") ?? false,
            OptimizerOffload = section.TruthOrNull("optimizerOffload") ?? false,
            Sequences = section.WholeOrNull("sequences", Bounds.FromOne),
        };
        section.Close();
        // What asks for nothing is as if it were not there.
        return read == new MemoryRecipe() ? null : read;
    }
}
