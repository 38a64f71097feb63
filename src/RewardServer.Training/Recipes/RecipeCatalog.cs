using System.Collections.Immutable;

namespace RewardServer.Training.Recipes;

/// <summary>The names that a recipe may use. An empty list lets any name pass.</summary>
/// <param name="ProblemKinds">Kinds of problems.</param>
/// <param name="Algorithms">Presets of algorithms.</param>
public sealed record RecipeCatalog(ImmutableArray<string> ProblemKinds, ImmutableArray<string> Algorithms);
