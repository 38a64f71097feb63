using System.Text.Json;
using RewardServer.Grading.Graders.Maths;
using RewardServer.Grading.Rubrics;

namespace RewardServer.Training.Rewards;

/// <summary>The answer of a completion, by which a majority is found, in what the component <c>accuracy</c> told.</summary>
internal static class GivenAnswer
{
    private const string Component = "accuracy";

    /// <summary>Of an item that was graded in this process; null where there is none, or it is no mathematics.</summary>
    public static string? Of(GradedItem graded) =>
        graded.Components.FirstOrDefault(component => component.Name == Component)?.Details is MathsDetails details
            ? Bare(details.Prediction?.Plain ?? details.Prediction?.Latex ?? details.Extracted)
            : null;

    /// <summary>Of an item of an answer to <c>POST /v1/grade</c>.</summary>
    public static string? Of(JsonElement item)
    {
        var accuracy = Member(item, "components") is { ValueKind: JsonValueKind.Array } components
            ? components.EnumerateArray().FirstOrDefault(component => Text(component, "name") == Component)
            : default;
        var details = Member(accuracy, "details");
        var prediction = Member(details, "prediction");
        return Bare(Text(prediction, "plain") ?? Text(prediction, "latex") ?? (prediction.ValueKind == JsonValueKind.String ? null : Text(details, "extracted")));
    }

    private static string? Bare(string? text) => text is null ? null : string.Concat(text.Where(character => !char.IsWhiteSpace(character)));

    private static JsonElement Member(JsonElement json, string name) => json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var member) ? member : default;

    private static string? Text(JsonElement json, string name) => Member(json, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
}
