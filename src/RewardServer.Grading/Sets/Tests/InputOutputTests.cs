using System.Collections.Immutable;
using System.Text.Json;
using RewardServer.Grading.Completions;

namespace RewardServer.Grading.Sets.Tests;

/// <summary>
/// Tests as verl's sets, APPS and TACO have them: <c>{"inputs": […], "outputs": […], "fn_name"?, "assert_case"?: […]}</c>
/// (verl/utils/reward_score/sandbox_fusion/utils.py).
/// </summary>
public static class InputOutputTests
{
    /// <summary>Whether a label has their form.</summary>
    public static bool Are(JsonElement label) =>
        label.ValueKind == JsonValueKind.Object && !label.TryGetProperty("kind", out _)
        && ((label.TryGetProperty("inputs", out _) && label.TryGetProperty("outputs", out _)) || label.TryGetProperty("assert_case", out _));

    /// <summary>Makes a task of them.</summary>
    /// <returns>The task; or what is wrong, with its path.</returns>
    /// <exception cref="InvalidOperationException">A text of them is no Unicode: half of a character.</exception>
    public static (CodeTask? Task, (string Path, string Message)? Error) Read(JsonElement label)
    {
        foreach (var member in (ReadOnlySpan<string>)["inputs", "outputs", "assert_case"])
        {
            if (label.TryGetProperty(member, out var array) && array.ValueKind is not (JsonValueKind.Array or JsonValueKind.Null))
            {
                return (null, (member, "must be an array"));
            }
        }

        if (label.TryGetProperty("fn_name", out var name) && name.ValueKind is not (JsonValueKind.String or JsonValueKind.Null))
        {
            return (null, ("fn_name", "must be a text"));
        }

        var (inputs, outputs, asserts) = (ArrayOf(label, "inputs"), ArrayOf(label, "outputs"), ArrayOf(label, "assert_case"));
        var mismatch = inputs.Length != outputs.Length ? ("outputs", $"there are {inputs.Length} inputs and {outputs.Length} outputs")
            : inputs.Length > 0 && asserts.Length > 0 && asserts.Length != inputs.Length ? ("assert_case", $"there are {inputs.Length} inputs and {asserts.Length} assert_case")
            : ((string, string)?)null;
        return mismatch is null ? Read(inputs, outputs, asserts, name.ValueKind == JsonValueKind.String ? name.GetString() : null) : (null, mismatch);
    }

    private static (CodeTask? Task, (string Path, string Message)? Error) Read(
        ImmutableArray<JsonElement> inputs, ImmutableArray<JsonElement> outputs, ImmutableArray<JsonElement> asserts, string? function)
    {
        var tests = ImmutableArray.CreateBuilder<TestCase>();
        for (var i = 0; i < Math.Max(inputs.Length, asserts.Length); i++)
        {
            var harness = i < asserts.Length && asserts[i].ValueKind != JsonValueKind.Null ? Text(asserts[i]) : "";
            if (harness.Length > 0)
            {
                tests.Add(new CheckTest(harness));
            }

            // Beside an assertion, an output may be null: the assertion decides.
            var hasOutput = i < outputs.Length && outputs[i].ValueKind != JsonValueKind.Null;
            if (!hasOutput && harness.Length == 0)
            {
                return (null, ($"outputs[{i}]", "must not be null"));
            }

            if (hasOutput && string.IsNullOrEmpty(function))
            {
                tests.Add(Stdio(inputs[i], outputs[i]));
            }
            else if (hasOutput && CallLines.Read(function!, inputs[i], outputs[i]) is { } call)
            {
                tests.Add(call);
            }
            else if (hasOutput)
            {
                return (null, ($"inputs[{i}]", CallLines.Unreadable));
            }
        }

        return TaskOf(tests.ToImmutable());
    }

    /// <summary>A test of standard input and output; an input or output of lines is joined, as the sets' own checkers do it.</summary>
    /// <exception cref="InvalidOperationException">A text is no Unicode: half of a character.</exception>
    public static StdioTest Stdio(JsonElement input, JsonElement output) =>
        new(input.ValueKind == JsonValueKind.Null ? "" : Text(input), AcceptedTexts.FromText(Text(output)));

    /// <summary>The task of a Python program that such tests make; or what is wrong with them.</summary>
    internal static (CodeTask? Task, (string Path, string Message)? Error) TaskOf(ImmutableArray<TestCase> tests)
    {
        var task = new CodeTask("python", tests);
        return task.Errors().FirstOrDefault() is { Member: { } member, Error: var error } ? (null, (member, error)) : (task, null);
    }

    private static ImmutableArray<JsonElement> ArrayOf(JsonElement label, string member) =>
        label.TryGetProperty(member, out var array) && array.ValueKind == JsonValueKind.Array ? [.. array.EnumerateArray()] : [];

    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Array => string.Join('\n', value.EnumerateArray().Select(Text)),
        _ => value.GetRawText(),
    };
}
