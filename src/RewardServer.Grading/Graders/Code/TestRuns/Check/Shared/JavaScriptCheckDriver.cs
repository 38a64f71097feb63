using System.Collections.Immutable;
using System.Text;
using RewardServer.Grading.Graders.Code.TestRuns.Calls.Drivers;
using RewardServer.Sandboxing.Runs;

namespace RewardServer.Grading.Graders.Code.TestRuns.Check.Shared;

/// <summary>Checks in JavaScript: the candidate runs as a script whose names the check then sees.</summary>
internal sealed class JavaScriptCheckDriver : ISharedCheckDriver
{
    private static readonly Lazy<string> Driver = new(() => CandidateFiles.Resource("checks/check_driver.js"));

    public bool ReadsCheck => true;

    public ImmutableArray<SandboxFile> FilesFor(CandidateProgram program, string check) =>
    [
        new(program.Language.MainFile, Encoding.UTF8.GetBytes(Driver.Value)),
        program.Files[0] with { Path = "candidate.js" },
        .. program.Files.Skip(1).Where(file => file.Path != program.Language.MainFile && file.Path != "candidate.js"),
    ];

    public bool IsBroken(string errors) => false;
}
