using System.Collections.Immutable;
using System.Globalization;
using RewardServer.Grading.Completions;
using RewardServer.Sandboxing.Runs;

namespace RewardServer.Grading.Graders.Code.TestRuns.Calls.Drivers;

/// <summary>Calls functions in Python.</summary>
internal sealed class PythonCallDriver : ICallDriver
{
    private static readonly Lazy<string> Source = new(() => CandidateFiles.Resource("call_driver.py"));

    public bool TypesAreValues => true;

    public ImmutableArray<SandboxFile> FilesFor(CandidateProgram program, CallTest test)
    {
        var candidate = CandidateFiles.FreeName(program, "candidate.py");
        var call = string.Create(CultureInfo.InvariantCulture, $"run(\"{test.Function}\", \"{candidate}\", {program.Limits.OutputKb * 1024L - 100})\n");
        return CandidateFiles.Behind(Source.Value + call, program, candidate);
    }
}
