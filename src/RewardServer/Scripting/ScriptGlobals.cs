using System.Text.Json;
using RewardServer.Grading.Graders.Custom.Input;

namespace RewardServer.Scripting;

/// <summary>What a script can name without further ado: its members are as if they were the script's own.</summary>
/// <param name="input">The item.</param>
public sealed class ScriptGlobals(ScriptInput input)
{
    /// <summary>What the model wrote.</summary>
    public ScriptCompletion Completion => input.Completion;

    /// <summary>What it was asked.</summary>
    public ScriptPrompt Prompt => input.Prompt;

    /// <summary>What is needed to check it.</summary>
    public ScriptTask Task => input.Task;

    /// <summary>What the rubric's earlier components found of it, by their names.</summary>
    public IReadOnlyDictionary<string, ScriptVerdict> Verdicts => input.Verdicts;

    /// <summary>What the rubric passes on; an empty object where it passes nothing.</summary>
    public JsonElement Parameters => input.Parameters;

    /// <summary>Makes a score for the script to return.</summary>
    /// <param name="value">The score, within the range that the script's settings say.</param>
    /// <param name="reason">Why, in a sentence.</param>
    /// <param name="details">What a person needs to see why: anything that becomes a JSON object.</param>
    /// <param name="signals">Why the completion is suspect, by the names in docs/verdicts.md.</param>
    public ScriptScore Score(double value, string reason = "", object? details = null, params string[] signals) =>
        new(value, reason) { Details = details, Signals = signals };

    /// <summary>Makes a score of 1 for true and 0 for false for the script to return.</summary>
    /// <param name="value">Whether the completion is as it should be.</param>
    /// <param name="reason">Why, in a sentence.</param>
    /// <param name="details">What a person needs to see why: anything that becomes a JSON object.</param>
    /// <param name="signals">Why the completion is suspect, by the names in docs/verdicts.md.</param>
    public ScriptScore Score(bool value, string reason = "", object? details = null, params string[] signals) =>
        Score(value ? 1.0 : 0.0, reason, details, signals);
}
