using System.Collections.Immutable;

namespace RewardServer.Training.Recipes;

/// <summary>One thing that is wrong with a recipe.</summary>
/// <param name="Line">Its line, from 1; null where it has none.</param>
/// <param name="Field">The path of the member, such as <c>model.layers</c> or <c>problems[0].weight</c>; empty for the whole.</param>
/// <param name="Message">What is wrong, to be read after the field: "must be at least 1, but is 0".</param>
public sealed record RecipeError(int? Line, string Field, string Message)
{
    /// <summary>The error as compilers write theirs, so that editors jump to it.</summary>
    /// <param name="source">What the recipe is called, such as its file.</param>
    public string Under(string source) => $"{source}{(Line is { } line ? $":{line}" : "")}: {Field}{(Field.Length > 0 ? " " : "")}{Message}";
}

/// <summary>A recipe is wrong.</summary>
/// <param name="source">What it is called, such as its file.</param>
/// <param name="errors">All that is wrong, in the order of lines.</param>
public sealed class RecipeException(string source, ImmutableArray<RecipeError> errors)
    : Exception(string.Join('\n', errors.Select(error => error.Under(source))))
{
    /// <summary>All that is wrong, in the order of lines.</summary>
    public ImmutableArray<RecipeError> Errors { get; } = errors;
}
