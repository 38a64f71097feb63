using System.Collections.Immutable;

namespace RewardServer.Training.Recipes;

/// <summary>YAML in this assembly, by name.</summary>
/// <param name="folder">What the names of the resources begin with.</param>
/// <param name="prefix">What names begin with where they are asked for; empty where they stand alone.</param>
/// <param name="sort">What errors call one, such as <c>recipe</c>.</param>
internal sealed class EmbeddedTexts(string folder, string prefix, string sort)
{
    private const string Ending = ".yaml";

    /// <summary>The recipes.</summary>
    public static EmbeddedTexts Recipes { get; } = new("recipes/", "", "recipe");

    /// <summary>The experiments.</summary>
    public static EmbeddedTexts Experiments { get; } = new("experiments/", Training.Experiments.Experiment.Prefix, "experiment");

    /// <summary>Their names, in order.</summary>
    public ImmutableArray<string> Names { get; } =
    [
        .. typeof(EmbeddedTexts).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(folder, StringComparison.Ordinal))
            .Select(name => prefix + name[folder.Length..^Ending.Length])
            .Order(StringComparer.Ordinal),
    ];

    /// <exception cref="RecipeException">There is none of this name.</exception>
    public string Text(string name)
    {
        if (!Names.Contains(name))
        {
            throw new RecipeException(name, [new(null, "", $"is neither a file nor a built-in {sort}; there are: {string.Join(", ", Names)}")]);
        }

        using var stream = typeof(EmbeddedTexts).Assembly.GetManifestResourceStream(folder + name[prefix.Length..] + Ending)!;
        return new StreamReader(stream).ReadToEnd();
    }
}
