using System.Collections.Immutable;
using System.Text.Json;
using RewardServer.Grading.Completions;

namespace RewardServer.Compatibility.Labels;

/// <summary>
/// Tests as verl's sets, APPS and TACO have them: <c>{"inputs": […], "outputs": […], "fn_name"?, "assert_case"?: […]}</c>
/// (verl/utils/reward_score/sandbox_fusion/utils.py).
/// </summary>
internal static class VerlTests
{
    /// <summary>Whether a label has their form.</summary>
    public static bool Are(JsonElement label) =>
        label.ValueKind == JsonValueKind.Object && !label.TryGetProperty("kind", out _)
        && ((label.TryGetProperty("inputs", out _) && label.TryGetProperty("outputs", out _)) || label.TryGetProperty("assert_case", out _));

    /// <summary>Makes a task of them.</summary>
    /// <returns>The task; or what is wrong, with its path.</returns>
    public static (GradingTask? Task, (string Path, string Message)? Error) Read(JsonElement label)
    {
        var (inputs, outputs, asserts) = (ArrayOf(label, "inputs"), ArrayOf(label, "outputs"), ArrayOf(label, "assert_case"));
        if (inputs.Length != outputs.Length)
        {
            return (null, ("outputs", $"there are {inputs.Length} inputs and {outputs.Length} outputs"));
        }

        var function = label.TryGetProperty("fn_name", out var name) && name.ValueKind == JsonValueKind.String ? name.GetString() : null;
        var tests = ImmutableArray.CreateBuilder<TestCase>();
        for (var i = 0; i < inputs.Length; i++)
        {
            if (function is null)
            {
                tests.Add(new StdioTest(Text(inputs[i]), AcceptedTexts.FromText(Text(outputs[i]))));
            }
            else if (CallOf(function, inputs[i], outputs[i]) is { } call)
            {
                tests.Add(call);
            }
            else
            {
                return (null, ($"inputs[{i}]", "must have one JSON argument a line, or be an array of them"));
            }
        }

        foreach (var harness in asserts)
        {
            tests.Add(new CheckTest(Text(harness)));
        }

        var task = new CodeTask("python", tests.ToImmutable());
        return task.Errors().FirstOrDefault() is { Member: { } member, Error: var error } ? (null, (member, error)) : (task, null);
    }

    private static ImmutableArray<JsonElement> ArrayOf(JsonElement label, string member) =>
        label.TryGetProperty(member, out var array) && array.ValueKind == JsonValueKind.Array ? [.. array.EnumerateArray()] : [];

    // An input of lines is joined, as the sets' own checkers do it.
    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Array => string.Join('\n', value.EnumerateArray().Select(Text)),
        _ => value.GetRawText(),
    };

    private static CallTest? CallOf(string function, JsonElement input, JsonElement output)
    {
        try
        {
            ImmutableArray<JsonElement> arguments = input.ValueKind == JsonValueKind.String
                ? [.. input.GetString()!.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line))]
                : [.. input.EnumerateArray()];

            // The sets write a result as a text of JSON, or as a list of the one result.
            var result = output.ValueKind == JsonValueKind.String ? JsonElement.Parse(output.GetString()!) : output;
            return new CallTest(function, arguments, result) { Types = TypeRule.Json };
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
