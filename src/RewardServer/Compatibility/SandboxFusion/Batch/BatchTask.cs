using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Sets.Tests;
using RewardServer.Sandboxing.Runs;

namespace RewardServer.Compatibility.SandboxFusion.Batch;

/// <summary>Makes a task of a batch's tests. What is expected stays in the server; the fork writes it into the program that it runs.</summary>
internal static class BatchTask
{
    private const double DefaultSeconds = 20;

    // The fork compares lines without regard to case, and numbers up to this share (sandbox/utils/testing.py, check_stdio_test_case).
    private static readonly Checker Lines = new() { IgnoreCase = true, RelativeTolerance = 1e-5 };

    // Integers must be met exactly, or 1000001 would do for 1000000.
    private static readonly Checker ExactLines = new() { IgnoreCase = true };

    /// <summary>The task.</summary>
    /// <returns>The task; or what is wrong, by its member.</returns>
    public static (CodeTask? Task, (string Path, string Message)? Error) Of(BatchConfig config)
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
        if (error is { } fault)
        {
            return (null, ($"{Tests}.{fault.Path}", fault.Message));
        }

        var task = new CodeTask(ForeignLanguages.OursFor(language), tests, LimitsOf(config.RunTimeout ?? DefaultSeconds));
        return task.Errors().FirstOrDefault() is { Member: { } member, Error: var wrong }
            ? (null, (member.StartsWith("limits", StringComparison.Ordinal) ? "config.run_timeout" : Tests, $"{member}: {wrong}"))
            : (task, null);
    }

    private static TestLimits LimitsOf(double seconds)
    {
        var most = ResourceLimits.Ceiling;
        return new(Math.Min(2 * seconds, most.CpuSeconds), Math.Min(seconds, most.WallSeconds), most.MemoryMb);
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
            return ([.. inputs.Select((input, i) => Stdio(Text(input), Text(outputs[i])))], null);
        }

        if (string.IsNullOrEmpty(given.FnName))
        {
            return ([], ("fn_name", "is required for the type 'function_call'"));
        }

        var calls = inputs.Select((input, i) => Call(given, input, outputs[i])).ToList();
        return calls.IndexOf(null) is >= 0 and var at ? ([], ($"input[{at}]", "must be an array of arguments, or with json_input one JSON argument a line")) : ([.. calls.OfType<CallTest>()], null);
    }

    private static StdioTest Stdio(string input, string output) =>
        new(input, AcceptedTexts.FromText(output), output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Any(IsReal) ? Lines : ExactLines);

    private static bool IsReal(string word) =>
        word.AsSpan().ContainsAny('.', 'e', 'E') && double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number);

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

    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Array => string.Join('\n', value.EnumerateArray().Select(Text)),
        _ => value.GetRawText(),
    };
}
