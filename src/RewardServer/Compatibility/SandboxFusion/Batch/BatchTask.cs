using System.Collections.Immutable;
using System.Text.Json;
using RewardServer.Compatibility.SandboxFusion.Submit;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Sets.Tests;

namespace RewardServer.Compatibility.SandboxFusion.Batch;

/// <summary>Makes a problem of a batch's tests, which is judged as <c>/submit</c> judges. What is expected stays in the server; the fork writes it into the program that it runs.</summary>
internal static class BatchTask
{
    private const double DefaultSeconds = 20;

    /// <summary>The problem that the tests make.</summary>
    /// <returns>The problem; or what is wrong, by its member.</returns>
    public static (JudgedProblem? Problem, (string Path, string Message)? Error) Of(BatchConfig config)
    {
        const string Tests = "config.provided_data.test_cases";
        if (config.Language is not { Length: > 0 } language)
        {
            return (null, ("config.language", "is required"));
        }

        if (config.CustomExtractLogic is not null)
        {
            return (null, ("config.custom_extract_logic", "is not taken by common_evaluate_batch: have the model write its program in a fence"));
        }

        if (config.ProvidedData?.TestCases is not { } given)
        {
            return (null, (Tests, "is required"));
        }

        var (tests, error) = ReadableTestsOf(given);
        return error is { } fault ? (null, ($"{Tests}.{fault.Path}", fault.Message))
            : (StdioTests.Problem(ForeignLanguages.OursFor(language), tests, DefaultSeconds), null);
    }

    private static (ImmutableArray<TestCase> Tests, (string Path, string Message)? Error) ReadableTestsOf(BatchTests given)
    {
        try
        {
            return TestsOf(given);
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair: JSON can write it, and no text has it.
            return ([], ("input", "holds a text that is not Unicode"));
        }
    }

    private static (ImmutableArray<TestCase> Tests, (string Path, string Message)? Error) TestsOf(BatchTests given)
    {
        var type = given.Type ?? (given.FnName is null ? "stdin_stdout" : "function_call");
        if (type == "assert")
        {
            return given.Test is { } harness
                ? ([new CheckTest(harness, EntryPoint: given.EntryPoint)], null)
                : ([], ("test", "is required for the type 'assert'"));
        }

        if (type is not ("stdin_stdout" or "function_call"))
        {
            return ([], ("type", $"'{type}' is not one of stdin_stdout, function_call, assert"));
        }

        if (given.Input is not { Count: > 0 } inputs || given.Output is not { } outputs || outputs.Count != inputs.Count)
        {
            return ([], ("input", $"must hold at least one test, and as many as output; there are {given.Input?.Count ?? 0} and {given.Output?.Count ?? 0}"));
        }

        if (type == "stdin_stdout")
        {
            return ([.. inputs.Select((input, i) => InputOutputTests.Stdio(input, outputs[i]) with { Checker = StdioTests.Checker })], null);
        }

        if (string.IsNullOrEmpty(given.FnName))
        {
            return ([], ("fn_name", "is required for the type 'function_call'"));
        }

        var calls = inputs.Select((input, i) => Call(given, input, outputs[i])).ToList();
        return calls.IndexOf(null) is >= 0 and var at ? ([], ($"input[{at}]", "must be an array of arguments, or with json_input one JSON argument a line")) : ([.. calls.OfType<CallTest>()], null);
    }

    private static CallTest? Call(BatchTests given, JsonElement input, JsonElement output)
    {
        try
        {
            var texts = given.JsonInput == true && input.ValueKind == JsonValueKind.String;
            ImmutableArray<JsonElement> arguments = texts
                ? [.. input.GetString()!.Split('\n').Select(line => JsonElement.Parse(line))]
                : [.. input.EnumerateArray()];
            var result = texts && output.ValueKind == JsonValueKind.String ? JsonElement.Parse(output.GetString()!) : output;

            // A result alone in an array may be that result: so some sets write it (concat_function_assertion).
            return new(given.FnName!, arguments) { Accepted = texts ? [result] : CallLines.Listed(result), Types = TypeRule.Json };
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
