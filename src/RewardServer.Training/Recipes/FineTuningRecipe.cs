using System.Collections.Immutable;

namespace RewardServer.Training.Recipes;

/// <summary>
/// Fine-tuning on completions of files: each a path, <c>builtin:NAME</c>, <c>stage:NAME</c> for what an earlier stage kept, or <c>problems:KIND</c> for texts of a
/// kind of problem that the recipe asks.
/// </summary>
/// <param name="Files">The files; one that is named twice counts twice.</param>
public sealed record FineTuningRecipe(ImmutableArray<string> Files)
{
    /// <summary>How many texts each <c>problems:KIND</c> gives; at least 1.</summary>
    public int Drawn { get; init; } = 1000;
}

/// <summary>Rejection sampling into files: what the policy writes and a filter keeps. Nothing is learned.</summary>
/// <param name="Filter">Which completions are kept.</param>
public sealed record SamplingRecipe(FilterRecipe Filter);
