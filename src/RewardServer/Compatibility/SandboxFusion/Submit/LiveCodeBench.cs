using RewardServer.Grading.Completions;
using RewardServer.Grading.Sets.Tests;

namespace RewardServer.Compatibility.SandboxFusion.Submit;

/// <summary>
/// LiveCodeBenchDataset: Python that reads standard input, or whose function is called (sandbox/datasets/live_code_bench.py). Its rows have
/// <c>test</c>: <c>{"input_output": "{\"inputs\": […], \"outputs\": […], \"fn_name\"?}"}</c>, or LiveCodeBench's own tests, also packed; then
/// <c>metadata</c> may name the function.
/// </summary>
internal static class LiveCodeBench
{
    private const double DefaultSeconds = 6;

    /// <summary>Reads a row.</summary>
    public static JudgedProblem Read(ProvidedRow row, SubmitRequest request)
    {
        if (!row.Has("test"))
        {
            row.Fail("test", "is required");
            return JudgedProblem.Nothing;
        }

        var function = row.Has("metadata") ? LiveCodeBenchTests.FunctionOf(row.Value.GetProperty("metadata")) : null;
        var (task, error) = LiveCodeBenchTests.Read(row.Value.GetProperty("test"), function);
        if (task is null)
        {
            row.Fail(JsonPaths.Below("test", error!.Value.Path), error.Value.Message);
            return JudgedProblem.Nothing;
        }

        return StdioTests.Problem("python", [.. task.Tests.Select(one => one is StdioTest stdio ? stdio with { Checker = StdioTests.Checker } : one)], DefaultSeconds);
    }
}
