using System.Collections.Immutable;
using System.Text.Json;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Graders.Code.TestRuns.Calls.Values;
using RewardServer.Sandboxing.Runs;

namespace RewardServer.Grading.Graders.Code.TestRuns.Calls.Drivers;

/// <summary>Calls functions in JavaScript.</summary>
internal sealed class JavaScriptCallDriver : ICallDriver
{
    /// <summary>The driver's program, which the driver of TypeScript uses, too.</summary>
    public static Lazy<string> Source { get; } = new(() => CandidateFiles.Resource("call_driver.js"));

    public bool TypesAreValues => false;

    public ImmutableArray<SandboxFile> FilesFor(CandidateProgram program, CallTest test)
    {
        var candidate = CandidateFiles.FreeName(program, "candidate.js");
        return CandidateFiles.Behind($"{Source.Value}callDriver.load(\"{candidate}\", {CallOf(program, test)});\n", program, candidate);
    }

    // A number of JavaScript's is a float: what is over its exact range crosses as a BigInt.
    public string Write(Value arguments) => ValueWriter.Write(arguments, largestInt: 9_007_199_254_740_991);

    /// <summary>What is to be called, as the driver wants it told.</summary>
    public static string CallOf(CandidateProgram program, CallTest test)
    {
        var dot = test.Function.IndexOf('.', StringComparison.Ordinal);
        var method = test.Function[(dot + 1)..];
        var signature = NodeSignature.Of(program.Source, method);
        return JsonSerializer.Serialize(
            new
            {
                owner = dot < 0 ? "" : test.Function[..dot],
                method,
                parameters = signature.Parameters,
                result = signature.IsResult,
                limit = (program.Limits.OutputKb * 1024L) - 100,
            });
    }
}
