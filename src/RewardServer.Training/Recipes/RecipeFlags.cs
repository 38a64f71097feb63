namespace RewardServer.Training.Recipes;

/// <summary>What stands in a recipe in the place of a path that the command line gives.</summary>
public static class RecipeFlags
{
    /// <summary>As <c>model.path</c>: the folder of a checkpoint.</summary>
    public const string Model = "--model";

    /// <summary>As <c>path</c> in the options of <c>jsonl</c>: the file of problems.</summary>
    public const string Data = "--data";
}
