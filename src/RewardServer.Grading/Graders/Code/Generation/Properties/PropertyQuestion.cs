using System.Text;
using System.Text.Json;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Graders.Code.TestRuns.Calls;
using RewardServer.Grading.Graders.Code.TestRuns.Calls.Values;

namespace RewardServer.Grading.Graders.Code.Generation.Properties;

/// <summary>What a property is asked: whether it holds of this input and output.</summary>
/// <param name="Json">Both, as its driver reads them.</param>
internal sealed record PropertyQuestion(ReadOnlyMemory<byte> Json)
{
    /// <summary>For a program that read an input and printed an output.</summary>
    public static PropertyQuestion Of(StdioTest test, string output) =>
        new(JsonSerializer.SerializeToUtf8Bytes(new { input = test.Stdin, output }));

    /// <summary>For a function that was given arguments and returned a result.</summary>
    public static PropertyQuestion Of(CallTest test, Value result) =>
        new(Encoding.UTF8.GetBytes($$"""{"input":{{ValueWriter.Write(test.ArgumentList())}},"output":{{ValueWriter.Write(result)}}}"""));
}
