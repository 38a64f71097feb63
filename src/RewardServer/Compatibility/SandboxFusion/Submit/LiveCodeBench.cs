using System.Text.Json;
using RewardServer.Compatibility.Labels;
using RewardServer.Grading.Completions;

namespace RewardServer.Compatibility.SandboxFusion.Submit;

/// <summary>
/// LiveCodeBenchDataset: Python that reads standard input, or whose function is called (sandbox/datasets/live_code_bench.py). Its rows have
/// <c>test</c>: <c>{"input_output": "{\"inputs\": […], \"outputs\": […], \"fn_name\"?}"}</c>.
/// </summary>
internal static class LiveCodeBench
{
    private const double DefaultSeconds = 6;

    /// <summary>Reads a row.</summary>
    public static JudgedProblem Read(ProvidedRow row, SubmitRequest request)
    {
        var test = row.Has("test") && row.Value.GetProperty("test") is { ValueKind: JsonValueKind.String } text && !LenientText.Of(text)!.TrimStart().StartsWith('{')
            ? Packed(row)
            : row.Object("test");
        var tests = test.Has("input_output") ? test.Object("input_output") : test;
        if (row.Error is not null)
        {
            return JudgedProblem.Nothing;
        }

        if (!VerlTests.Are(tests.Value))
        {
            row.Fail("test", "must have input_output with inputs and outputs");
            return JudgedProblem.Nothing;
        }

        var (task, error) = Tests(tests.Value);
        if (task is not CodeTask { Tests: var read })
        {
            row.Fail($"test.input_output.{error!.Value.Path}", error.Value.Message);
            return JudgedProblem.Nothing;
        }

        return StdioTests.Problem("python", [.. read.Select(one => one is StdioTest stdio ? stdio with { Checker = StdioTests.Checker } : one)], DefaultSeconds);
    }

    private static (GradingTask? Task, (string Path, string Message)? Error) Tests(JsonElement tests)
    {
        try
        {
            return VerlTests.Read(tests);
        }
        catch (InvalidOperationException)
        {
            // JSON has it, and no text of .NET.
            return (null, ("inputs", "holds half of a character"));
        }
    }

    // A pickle is a program for whoever reads it.
    private static ProvidedRow Packed(ProvidedRow row)
    {
        row.Fail("test", "is packed (pickle, zlib, base64), which is not read here: give the tests as JSON");
        return row;
    }
}
