using System.Text.Json;
using RewardServer.Compatibility.Labels;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Sets.Tests;

namespace RewardServer.Compatibility.NemoGym;

/// <summary>
/// Makes a task of the members that NeMo-Gym's data sets have beside the prompt: <c>verifier_metadata.unit_tests</c> (code_gen),
/// <c>options</c> with <c>expected_answer</c> (mcqa), <c>expected_answer</c> (math_with_judge); or a task of ours in <c>task</c>.
/// </summary>
/// <param name="labels">Reads labels.</param>
internal sealed class GymTasks(LabelReading labels)
{
    private const string Known =
        "has no task that can be judged here: expected_answer (with options for a choice), verifier_metadata.unit_tests, or task (a task of /v1/grade, or task:ID)";

    /// <summary>Reads the task of a row.</summary>
    /// <param name="row">The row's members.</param>
    /// <param name="kind">What a plain expected answer is; math where silent.</param>
    /// <returns>The task; or why it cannot be judged, with the member at fault.</returns>
    public (GradingTask? Task, (string Path, string Message)? Error) Read(IReadOnlyDictionary<string, JsonElement> row, string? kind)
    {
        try
        {
            return Find(row, kind);
        }
        catch (InvalidOperationException)
        {
            // What the framework throws for a text with half a character in it.
            return (null, ("", "has a task whose text is no Unicode"));
        }
    }

    private (GradingTask? Task, (string Path, string Message)? Error) Find(IReadOnlyDictionary<string, JsonElement> row, string? kind)
    {
        var metadata = row.GetValueOrDefault("verifier_metadata");
        if (Given(row, metadata, "task", out var path) is { } task && IsTask(task))
        {
            return JsonPaths.Below(path, labels.Read(task));
        }

        if (Given(row, metadata, "unit_tests", out path) is { } tests)
        {
            // LiveCodeBench's form is a text of JSON.
            return JsonPaths.Parsed(tests) is { } parsed && InputOutputTests.Are(parsed)
                ? JsonPaths.Below(path, InputOutputTests.Read(parsed))
                : (null, (path, "must have inputs and outputs"));
        }

        if (Given(row, metadata, "expected_answer", out path) is not { } expected)
        {
            return (null, Given(row, metadata, "instruction_id_list", out path) is null
                ? ("", Known)
                : (path, "names instructions of IFEval, for which there are no checks here"));
        }

        return row.TryGetValue("options", out var options) && ChoicesOf(options) is { Count: > 0 } choices
            ? JsonPaths.Below(path, labels.Read(JsonSerializer.SerializeToElement(new { kind = "choice", answer = expected, choices })))
            : JsonPaths.Below(path, labels.Read(expected, kind));
    }

    // At the top, or below verifier_metadata: data sets have both.
    private static JsonElement? Given(IReadOnlyDictionary<string, JsonElement> row, JsonElement metadata, string member, out string path)
    {
        path = member;
        if (row.TryGetValue(member, out var value) && value.ValueKind != JsonValueKind.Null)
        {
            return value;
        }

        path = $"verifier_metadata.{member}";
        return metadata.ValueKind == JsonValueKind.Object && metadata.TryGetProperty(member, out value) && value.ValueKind != JsonValueKind.Null ? value : null;
    }

    // Many sets call something else so.
    private static bool IsTask(JsonElement value) => value.ValueKind == JsonValueKind.Object
        ? value.TryGetProperty("kind", out _) || InputOutputTests.Are(value)
        : value.ValueKind == JsonValueKind.String && value.GetString()!.StartsWith(LabelReading.IdPrefix, StringComparison.Ordinal);

    // A list of objects with a letter each; letters of which there is no text are no choices.
    private static Dictionary<string, string> ChoicesOf(JsonElement options)
    {
        var choices = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var option in options.ValueKind == JsonValueKind.Array ? options.EnumerateArray().ToArray() : [options])
        {
            foreach (var choice in option.ValueKind == JsonValueKind.Object ? option.EnumerateObject().ToArray() : [])
            {
                if (choice.Value.ValueKind == JsonValueKind.String)
                {
                    choices[choice.Name] = choice.Value.GetString()!;
                }
            }
        }

        return choices;
    }
}
