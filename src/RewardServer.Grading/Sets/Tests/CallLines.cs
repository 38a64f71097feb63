using System.Collections.Immutable;
using System.Text.Json;
using RewardServer.Grading.Completions;

namespace RewardServer.Grading.Sets.Tests;

/// <summary>
/// A test of a named function. An input is a text of one JSON argument a line (verl), or an array of the arguments (APPS). An output is
/// compared as the sets' own checkers do it: verl prints a result, a text as it is, all else as JSON; APPS takes a list of
/// one result for the result.
/// </summary>
public static class CallLines
{
    /// <summary>What is wrong with an input that cannot be read.</summary>
    internal const string Unreadable = "must have one JSON argument a line, or be an array of them";

    /// <summary>Reads one; null where the input cannot be read.</summary>
    /// <param name="function">The function's name.</param>
    /// <param name="input">Its arguments.</param>
    /// <param name="output">What it must return.</param>
    /// <exception cref="InvalidOperationException">A text is no Unicode: half of a character.</exception>
    public static CallTest? Read(string function, JsonElement input, JsonElement output) =>
        Arguments(input) is { } arguments
            ? new(function, arguments) { Accepted = output.ValueKind == JsonValueKind.String ? Printed(output.GetString()!) : Listed(output), Types = TypeRule.Json }
            : null;

    private static ImmutableArray<JsonElement>? Arguments(JsonElement input)
    {
        if (input.ValueKind != JsonValueKind.String)
        {
            return input.ValueKind == JsonValueKind.Array ? [.. input.EnumerateArray()] : null;
        }

        var arguments = input.GetString()!.Split('\n').Where(line => !string.IsNullOrWhiteSpace(line)).Select(JsonPaths.Parsed).ToList();
        return arguments.Exists(argument => argument is null) ? null : [.. arguments.Select(argument => argument!.Value)];
    }

    // "5" may be the number and the text; "[5]" is a list, for no program is asked for a text that looks like one.
    private static ImmutableArray<JsonElement> Printed(string text)
    {
        var printed = text.TrimEnd('\n');
        var asText = JsonSerializer.SerializeToElement(printed);
        return JsonPaths.Parsed(printed) is not { } value ? [asText]
            : value.ValueKind is JsonValueKind.Array or JsonValueKind.Object ? [value]
            : [value, asText];
    }

    /// <summary>The results that will do for one as a value: one alone in an array may be meant, or the array.</summary>
    public static ImmutableArray<JsonElement> Listed(JsonElement output) =>
        output.ValueKind == JsonValueKind.Array && output.GetArrayLength() == 1 ? [output, output[0]] : [output];
}
