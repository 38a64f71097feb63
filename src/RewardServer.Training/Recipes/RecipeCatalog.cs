using System.Collections.Immutable;
using System.Text.Json;

namespace RewardServer.Training.Recipes;

/// <summary>The names that a recipe may use. An empty list lets any name pass.</summary>
/// <param name="ProblemKinds">Kinds of problems.</param>
/// <param name="Algorithms">Presets of algorithms.</param>
public sealed record RecipeCatalog(ImmutableArray<string> ProblemKinds, ImmutableArray<string> Algorithms)
{
    /// <summary>
    /// What is wrong with the options of a kind of problem: each path below them, empty for the whole, with what is wrong. Null lets any options pass here, and has
    /// them told later.
    /// </summary>
    public Func<string, JsonElement, IEnumerable<(string Path, string Message)>>? OptionErrors { get; init; }

    /// <summary>The path that the options of a kind of problem have in the place of <see cref="RecipeFlags.Data"/>; null leaves that where it stands.</summary>
    public string? Data { get; init; }
}
