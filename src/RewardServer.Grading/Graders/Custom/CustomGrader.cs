using System.Globalization;
using System.Text.Json;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Extraction;
using RewardServer.Grading.Graders.Custom.Input;
using RewardServer.Grading.Graders.Custom.Scripts;

namespace RewardServer.Grading.Graders.Custom;

/// <summary>
/// Gives the score that a script of the server's owner gives. The script runs in a process of its own: whatever it does
/// there but to answer is a fault of ours, never a score.
/// </summary>
public sealed class CustomGrader : IGrader
{
    private static readonly JsonElement NoParameters = JsonElement.Parse("{}");

    private readonly ThinkTags tags;
    private readonly Script script;
    private readonly JsonElement parameters;
    private readonly Deduplication shared;

    /// <param name="context">What the rubric and the server give.</param>
    /// <param name="options">Which script, with what.</param>
    /// <exception cref="JsonException">There is no such script.</exception>
    public CustomGrader(GraderContext context, CustomOptions options)
    {
        script = context.Resources.Scripts.Find(options.Script) ?? throw new JsonException(Unknown(options.Script, context.Resources.Scripts), "$.script", null, null);
        (tags, parameters, shared) = (context.Tags, options.Parameters ?? NoParameters, context.Resources.Deduplication);
    }

    /// <summary>Its entry in the table of graders.</summary>
    public static GraderKind Kind { get; } = GraderKind.Of<CustomOptions>(
        "custom",
        "What a script of the server's owner says of the completion, the task and the verdicts of earlier components.",
        (context, options) => new CustomGrader(context, options));

    /// <inheritdoc/>
    public ScoreRange Range => script.Range;

    /// <inheritdoc/>
    public string? Explanation => string.Create(
        CultureInfo.InvariantCulture, $"What the script '{script.Name}' of the server's owner says, from {Range.Low} to {Range.High}.");

    /// <inheritdoc/>
    public ValueTask<Verdict> GradeAsync(Item item, Verdicts earlier, CancellationToken cancellation)
    {
        var input = ScriptInput.Of(item, tags, earlier, parameters);
        ValueTask<Verdict> Ask() => new(script.GradeAsync(input, cancellation));
        return shared.OfAsync("custom", item.Anew ? null : ScriptKey.Of(script, input), Ask, ScriptKey.BytesToKeep, cancellation);
    }

    private static string Unknown(string name, ScriptSet scripts) => scripts.Names.IsEmpty
        ? $"'{Shown.Head(name, 100)}' is no script: the server's configuration names none"
        : $"'{Shown.Head(name, 100)}' is no script of the server's configuration; there are: {string.Join(", ", scripts.Names)}";
}
