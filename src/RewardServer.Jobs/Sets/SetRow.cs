using System.Collections.Immutable;
using System.Text.Json;
using RewardServer.Grading.Completions;

namespace RewardServer.Jobs.Sets;

/// <summary>What a row of a data set asks.</summary>
/// <param name="Id">The problem's name; null where the row has none, and its number stands for it.</param>
/// <param name="Prompt">What a model was asked.</param>
/// <param name="Task">What checks its answers.</param>
public sealed record SetRow(string? Id, ChatText Prompt, GradingTask Task)
{
    /// <summary>An answer that is known to be right, as a model might write it; null where the set has none.</summary>
    public string? Gold { get; init; }

    /// <summary>Makes a whole completion of what a model wrote, where the set's models only go on with the prompt; null where it is one already.</summary>
    public Func<string, string>? Complete { get; init; }

    /// <summary>The group that the row names; null where it names none, and then rows of one <see cref="Id"/> are of one.</summary>
    public string? Group { get; init; }

    /// <summary>Whether <see cref="Id"/> names the completion, and not its problem: rows without a group are then of one where their prompts are equal.</summary>
    public bool NamesCompletion { get; init; }

    /// <summary>Tokens of its one completion, where the row says so.</summary>
    public int? CompletionTokens { get; init; }

    /// <summary>Whether the row says that its completion was cut off.</summary>
    public bool Truncated { get; init; }

    /// <summary>What the row has for the results to echo.</summary>
    public JsonElement? Meta { get; init; }

    /// <summary>The row of another set that stands in this one, whose columns tell kinds of rows apart too; null for none.</summary>
    public JsonElement? Inner { get; init; }

    /// <summary>By which of several filters the row tells of the same completions, each of which has a row of its own; null for none.</summary>
    public string? Filter { get; init; }

    /// <summary>What models wrote, null where one of several cannot be read; empty for a set of problems alone.</summary>
    public ImmutableArray<ChatText?> Completions { get; init; } = [];
}
