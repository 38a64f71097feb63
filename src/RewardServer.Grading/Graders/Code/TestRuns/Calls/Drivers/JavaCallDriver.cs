using System.Collections.Immutable;
using System.Text;
using RewardServer.Grading.Completions;
using RewardServer.Sandboxing.Runs;

namespace RewardServer.Grading.Graders.Code.TestRuns.Calls.Drivers;

/// <summary>
/// Calls methods in Java: the driver's class Main refers to the candidate's, whose file the compiler finds by it, and finds
/// the method by reflection.
/// </summary>
internal sealed class JavaCallDriver : ICallDriver
{
    private static readonly Lazy<ImmutableArray<SandboxFile>> Parts = new(() =>
        [.. new[] { "CallJson.java", "CallMethod.java", "CallNodes.java", "CallReader.java", "CallWriter.java", "DriverReport.java" }
            .Select(name => File(name, CandidateFiles.Resource($"calls/{name}")))]);

    public bool TypesAreValues => false;

    public ImmutableArray<SandboxFile> FilesFor(CandidateProgram program, CallTest test)
    {
        var candidate = JavaSource.Of(program.Source);
        var dot = test.Function.IndexOf('.', StringComparison.Ordinal);
        var owner = test.Function[..Math.Max(dot, 0)];
        var target =
            $"final class CallTarget {{ static final String CLASS = \"{(owner == JavaSource.Main ? JavaSource.MainBeside : owner)}\", METHOD = \"{test.Function[(dot + 1)..]}\"; "
            + $"static final Class<?>[] CANDIDATE = {{ {candidate.Class}.class }}; }}\n";
        ImmutableArray<SandboxFile> files =
        [
            File("Main.java", CandidateFiles.Resource("calls/Main.java")),
            File($"{candidate.Class}.java", candidate.Text),
            .. Parts.Value,
            File("CallTarget.java", target),
        ];
        return
        [
            .. files,
            .. candidate.NodesBeside().Select(node => File($"{node.Key}.java", node.Value)),
            .. program.Files.Skip(1).Where(other => files.All(file => file.Path != other.Path)),
        ];
    }

    private static SandboxFile File(string name, string text) => new(name, Encoding.UTF8.GetBytes(text));
}
