using System.Collections.Immutable;
using System.Text.Json;

namespace RewardServer.Jobs.Reports;

/// <summary>What a report needs of one line of results, as <c>grade</c>, jobs and <c>POST /v1/grade</c> write them. Members that are missing are taken as silent.</summary>
public sealed record GradedLine
{
    /// <summary>The item's name.</summary>
    public required string Id { get; init; }

    /// <summary>Of which problem it is: completions of one problem have one; the id where the line names none.</summary>
    public required string Group { get; init; }

    /// <summary>How its grading ended: "scored", "skipped" or "failed".</summary>
    public required string Outcome { get; init; }

    /// <summary>The scalar; null where there is none.</summary>
    public double? Reward { get; init; }

    /// <summary>Whether it is right: the score of <c>accuracy</c> is 1, or where the rubric has no such component, the reward is above 0; null where there is no reward.</summary>
    public bool? Right { get; init; }

    /// <summary>What it answers, in the form in which answers were compared; null for none.</summary>
    public string? Answer { get; init; }

    /// <summary>Why it has no reward, or is not right; null where it is.</summary>
    public string? Reason { get; init; }

    /// <summary>Tokens of the completion, or characters where nobody counted tokens.</summary>
    public double? Length { get; init; }

    /// <summary>The longest that one of its programs ran, in seconds; null where none did.</summary>
    public double? Seconds { get; init; }

    /// <summary>The most memory that one of its programs held, in MiB; null where none ran.</summary>
    public double? MemoryMb { get; init; }

    /// <summary>Columns of the row it came from, such as its level.</summary>
    public ImmutableSortedDictionary<string, string> Columns { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Reads a line.</summary>
    /// <param name="line">A JSON object.</param>
    /// <returns>The line, or what is wrong with it.</returns>
    public static (GradedLine? Line, string? Error) Read(JsonElement line)
    {
        if (line.ValueKind != JsonValueKind.Object || Text(line, "id") is not { } id)
        {
            return (null, "has no 'id'");
        }

        if (Text(line, "outcome") is not ("scored" or "skipped" or "failed") and var outcome)
        {
            return (null, outcome is null ? "has no 'outcome'" : $"has the outcome '{outcome}', which is none");
        }

        var reward = Number(line, "reward");
        var components = line.TryGetProperty("components", out var list) && list.ValueKind == JsonValueKind.Array ? list.EnumerateArray().ToList() : [];
        var accuracy = components.Find(component => Text(component, "name") == "accuracy");
        bool? right = reward is null ? null : accuracy.ValueKind == JsonValueKind.Object ? Number(accuracy, "score") >= 1 : reward > 0;
        var details = accuracy.ValueKind == JsonValueKind.Object && accuracy.TryGetProperty("details", out var found) ? found : default;
        return (new()
        {
            Id = id,
            Group = Text(line, "group") ?? id,
            Outcome = Text(line, "outcome")!,
            Reward = reward,
            Right = right,
            Answer = AnswerOf(details),
            Reason = right == true ? null : Text(line, "reason") ?? (accuracy.ValueKind == JsonValueKind.Object ? Text(accuracy, "reason") : FirstShort(components)),
            Length = Number(line, "completionTokens") ?? Number(line, "completionChars"),
            Seconds = Most(details, "wallSeconds"),
            MemoryMb = Most(details, "peakMemoryMb"),
            Columns = line.TryGetProperty("columns", out var columns) && columns.ValueKind == JsonValueKind.Object
                ? columns.EnumerateObject().Where(column => column.Value.ValueKind == JsonValueKind.String)
                    .GroupBy(column => column.Name).ToImmutableSortedDictionary(column => column.Key, column => column.First().Value.GetString()!)
                : ImmutableSortedDictionary<string, string>.Empty,
        }, null);
    }

    // As it was compared: a reader's form where it has one, else as it stood.
    private static string? AnswerOf(JsonElement details) =>
        details.ValueKind != JsonValueKind.Object ? null
        : details.TryGetProperty("prediction", out var prediction) && prediction.ValueKind is JsonValueKind.String or JsonValueKind.Object ? (prediction.ValueKind == JsonValueKind.String ? prediction.GetString() : prediction.GetRawText())
        : Text(details, "extracted");

    private static string? FirstShort(List<JsonElement> components) =>
        components.Find(component => Number(component, "weight") != 0 && Number(component, "score") < 1) is { ValueKind: JsonValueKind.Object } component ? Text(component, "reason") : null;

    private static double? Most(JsonElement details, string member) =>
        details.ValueKind == JsonValueKind.Object && details.TryGetProperty("tests", out var tests) && tests.ValueKind == JsonValueKind.Array
            ? tests.EnumerateArray().Select(test => test.TryGetProperty("measured", out var measured) ? Number(measured, member) : Number(test, member)).Max()
            : null;

    private static string? Text(JsonElement json, string member) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static double? Number(JsonElement json, string member) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && double.IsFinite(number)
            ? number : null;
}
