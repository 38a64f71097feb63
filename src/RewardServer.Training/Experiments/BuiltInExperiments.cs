using System.Collections.Immutable;
using RewardServer.Training.Recipes;

namespace RewardServer.Training.Experiments;

/// <summary>The experiments in this assembly.</summary>
internal static class BuiltInExperiments
{
    private const string Ending = ".yaml";

    /// <summary>Their names, in order.</summary>
    public static ImmutableArray<string> Names { get; } =
    [
        .. typeof(BuiltInExperiments).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Experiment.Prefix, StringComparison.Ordinal))
            .Select(name => name[..^Ending.Length])
            .Order(StringComparer.Ordinal),
    ];

    /// <exception cref="RecipeException">There is none of this name.</exception>
    public static string Text(string name)
    {
        using var stream = typeof(BuiltInExperiments).Assembly.GetManifestResourceStream(name + Ending)
            ?? throw new RecipeException(name, [new(null, "", $"is neither a file nor a built-in experiment; there are: {string.Join(", ", Names)}")]);
        return new StreamReader(stream).ReadToEnd();
    }
}
