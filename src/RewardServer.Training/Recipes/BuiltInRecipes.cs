using System.Collections.Immutable;

namespace RewardServer.Training.Recipes;

/// <summary>The recipes in this assembly.</summary>
internal static class BuiltInRecipes
{
    private const string Folder = "recipes/";
    private const string Ending = ".yaml";

    /// <summary>Their names, in order.</summary>
    public static ImmutableArray<string> Names { get; } =
    [
        .. typeof(BuiltInRecipes).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Folder, StringComparison.Ordinal))
            .Select(name => name[Folder.Length..^Ending.Length])
            .Order(StringComparer.Ordinal),
    ];

    /// <exception cref="RecipeException">There is none of this name.</exception>
    public static string Text(string name)
    {
        using var stream = typeof(BuiltInRecipes).Assembly.GetManifestResourceStream(Folder + name + Ending)
            ?? throw new RecipeException(name, [new(null, "", $"is not a built-in recipe; there are: {string.Join(", ", Names)}")]);
        return new StreamReader(stream).ReadToEnd();
    }
}
