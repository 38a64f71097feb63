using System.Text.Json;
using RewardServer.Grading.Completions;

namespace RewardServer.Grading.Graders.Code.Generation.Properties;

/// <summary>What a property is asked: whether it holds of this input and output.</summary>
/// <param name="Json">Both, as its driver reads them.</param>
internal sealed record PropertyQuestion(ReadOnlyMemory<byte> Json)
{
    /// <summary>For a program that read an input and printed an output.</summary>
    public static PropertyQuestion Of(TestCase test, string output) => test switch
    {
        StdioTest stdio => new(JsonSerializer.SerializeToUtf8Bytes(new { input = stdio.Stdin, output })),
        _ => throw new NotSupportedException($"no property of a test of type {test.GetType().Name}"),
    };
}
