using System.Text.Json.Serialization;

namespace RewardServer.Training.Recipes;

/// <summary>Which stage of a staged recipe a recipe is.</summary>
/// <param name="Number">The how-manieth, from 1.</param>
/// <param name="Count">Of how many.</param>
/// <param name="Name">Its name, of lower-case letters, digits and hyphens: a folder is called by it.</param>
/// <param name="From">The stage whose policy it begins with; <see cref="Base"/> for the model that the recipe itself gives.</param>
public sealed record RecipeStage(int Number, [property: JsonIgnore] int Count, string Name, string From)
{
    /// <summary>What <see cref="From"/> is where a stage begins with the recipe's model: fresh and pretrained, or a checkpoint.</summary>
    public const string Base = "base";

    /// <summary>What stands before the name of a stage where a recipe names what it made.</summary>
    public const string Reference = "stage:";

    /// <summary>The folder of its run, within that of all stages.</summary>
    [JsonIgnore]
    public string Folder => $"{Number}-{Name}";

    /// <summary>The name of a stage that a path of a recipe stands for; null where it is a path.</summary>
    public static string? Named(string path) => path.StartsWith(Reference, StringComparison.Ordinal) ? path[Reference.Length..] : null;
}
