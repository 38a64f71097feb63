using System.Collections.Immutable;
using RewardServer.Grading.Completions;
using RewardServer.Jobs.Sets;

namespace RewardServer.Jobs.Checking;

/// <summary>What is known to be right of a row: as a model might write it, and as the text that tells it from other golds.</summary>
internal static class GoldAnswers
{
    /// <summary>Each gold as a completion; empty where the row has none.</summary>
    public static ImmutableArray<string> CompletionsOf(SetRow row) => row.Gold is { } written ? [written] : row.Task switch
    {
        MathTask task => [.. task.Golds.Where(gold => gold.Length > 0).Select(Boxed)],
        NumberTask task => [.. task.Golds.Select(Boxed)],
        ChoiceTask task => [.. task.Golds.Select(gold => Tagged(string.Join(", ", gold.Texts)))],
        TextTask task => [.. task.Golds.Where(gold => gold.Length > 0).Select(Tagged)],
        JsonTask task => [.. task.Golds.Select(gold => $"```json\n{gold.GetRawText()}\n```")],
        CodeTask { Reference: { } reference } task when reference.Language == task.Language => [$"```{task.Language}\n{reference.Source}\n```"],
        _ => [],
    };

    /// <summary>What tells the row's gold from another's: the answer without the way to it, or the whole solution; null where there is none.</summary>
    public static string? TextOf(SetRow row) => row.Task switch
    {
        MathTask { Golds: [{ Length: > 0 }, ..] golds } => string.Join('\n', golds),
        NumberTask { Golds: [_, ..] golds } => string.Join('\n', golds),
        ChoiceTask { Golds: [_, ..] golds } => string.Join('\n', golds.Select(gold => string.Join(", ", gold.Texts))),
        TextTask { Golds: [{ Length: > 0 }, ..] golds } => string.Join('\n', golds),
        JsonTask { Golds: [_, ..] golds } => string.Join('\n', golds.Select(gold => gold.GetRawText())),
        _ => CompletionsOf(row) is [var first, ..] ? first : null,
    };

    private static string Boxed(string gold) => $"\\boxed{{{gold}}}";

    private static string Tagged(string gold) => $"<answer>{gold}</answer>";
}
