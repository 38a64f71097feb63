using System.Text.Json;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Extraction;

namespace RewardServer.Grading.Graders.Custom.Input;

/// <summary>All that a script is given of an item. Its members are what scripts see, under the same names.</summary>
/// <param name="Completion">What the model wrote.</param>
/// <param name="Prompt">What it was asked.</param>
/// <param name="Task">What is needed to check it.</param>
/// <param name="Verdicts">What the rubric's earlier components found of it, by their names.</param>
/// <param name="Parameters">What the rubric passes on.</param>
public sealed record ScriptInput(
    ScriptCompletion Completion, ScriptPrompt Prompt, ScriptTask Task, IReadOnlyDictionary<string, ScriptVerdict> Verdicts, JsonElement Parameters)
{
    internal static ScriptInput Of(Item item, ThinkTags tags, Verdicts earlier, JsonElement parameters) => new(
        ScriptCompletion.Of(item, tags),
        ScriptPrompt.Of(item.Prompt),
        ScriptTask.Of(item.Task),
        earlier.All.ToDictionary(found => found.Component, found => ScriptVerdict.Of(found.Verdict), StringComparer.Ordinal),
        parameters);
}
