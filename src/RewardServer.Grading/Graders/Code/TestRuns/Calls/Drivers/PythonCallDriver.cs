using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using RewardServer.Grading.Completions;
using RewardServer.Sandboxing.Runs;

namespace RewardServer.Grading.Graders.Code.TestRuns.Calls.Drivers;

/// <summary>Calls functions in Python.</summary>
internal sealed partial class PythonCallDriver : ICallDriver
{
    private static readonly Lazy<string> Driver = new(() => CandidateFiles.Resource("call_driver.py"));
    private static readonly Lazy<string> Customs = new(() => CandidateFiles.Resource("leetcode_customs.py"));

    public bool TypesAreValues => true;

    public ImmutableArray<SandboxFile> FilesFor(CandidateProgram program, CallTest test)
    {
        var candidate = CandidateFiles.FreeName(program, "candidate.py");
        var limit = (program.Limits.OutputKb * 1024L) - 100;

        // The driver is compiled for each run: what most programs have no use for would cost them as much as their start.
        return CandidateFiles.Behind(
            HasCustoms().IsMatch(program.Source)
                ? string.Create(CultureInfo.InvariantCulture, $"{Driver.Value}{Customs.Value}run(\"{test.Function}\", \"{candidate}\", {limit}, LeetCode)\n")
                : string.Create(CultureInfo.InvariantCulture, $"{Driver.Value}run(\"{test.Function}\", \"{candidate}\", {limit})\n"),
            program,
            candidate);
    }

    [GeneratedRegex(@"\b(ListNode|TreeNode|class\s+Solution)\b", RegexOptions.CultureInvariant)]
    private static partial Regex HasCustoms();
}
