namespace RewardServer.Training.Recipes;

/// <summary>Reads the text of a recipe's file.</summary>
internal static class RecipeFile
{
    // No recipe that a person writes comes near.
    private const long LargestBytes = 1 << 20;

    /// <exception cref="RecipeException">It cannot be read, or is too large.</exception>
    public static string Text(string path)
    {
        try
        {
            return new FileInfo(path).Length <= LargestBytes
                ? File.ReadAllText(path)
                : throw new RecipeException(path, [new(null, "", $"is larger than {LargestBytes >> 10} KiB")]);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new RecipeException(path, [new(null, "", exception.Message)]);
        }
    }
}
