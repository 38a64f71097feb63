using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;
using RewardServer.Grading.Completions;
using RewardServer.Sandboxing.Runs;

namespace RewardServer.Grading.Graders.Code.TestRuns.Calls.Drivers;

/// <summary>Calls methods in C#: the driver is compiled together with the candidate's files and finds the method by reflection.</summary>
internal sealed class CSharpCallDriver : ICallDriver
{
    private const string Folder = "rewardserver/", Main = "CallDriver.cs";

    private const string Nodes =
        "public class ListNode { public int val; public ListNode next; public ListNode(int val = 0, ListNode next = null) { this.val = val; this.next = next; } }\n"
        + "public class TreeNode { public int val; public TreeNode left; public TreeNode right; public TreeNode(int val = 0, TreeNode left = null, TreeNode right = null) { this.val = val; this.left = left; this.right = right; } }\n";

    private static readonly Lazy<ImmutableArray<SandboxFile>> Parts = new(() =>
        [.. new[] { "CallMethod.cs", "CallNodes.cs", "CallReader.cs", "CallReaderTypes.cs", "CallWriter.cs" }
            .Select(name => File(name, CandidateFiles.Resource($"calls/{name}")))]);

    public bool TypesAreValues => false;

    public ImmutableArray<SandboxFile> FilesFor(CandidateProgram program, CallTest test)
    {
        var bare = string.Concat(program.Files.Select(file => BareCode.Of(Encoding.UTF8.GetString(file.Content.Span)) + "\n"));
        var dot = test.Function.IndexOf('.', StringComparison.Ordinal);
        var target = $"namespace RewardServerCall {{ internal static class CallTarget {{ public const string Class = \"{test.Function[..Math.Max(dot, 0)]}\", Method = \"{test.Function[(dot + 1)..]}\"; }} }}\n";
        return
        [
            .. CandidateFiles.Behind(CandidateFiles.Resource($"calls/{Main}"), program, CandidateFiles.FreeName(program, "candidate.cs")),
            .. Parts.Value,
            CandidateFiles.CSharpStreams,
            File("CallTarget.cs", target),
            File("Nodes.cs", string.Concat(Nodes.Split('\n').Where(node => node.Length > 0 && !IsDefined(bare, node.Split(' ')[2])))),
        ];
    }

    private static bool IsDefined(string bare, string type) => Regex.IsMatch(bare, $@"\b(class|record|struct)\s+{type}\b", RegexOptions.CultureInvariant);

    private static SandboxFile File(string name, string text) => new(Folder + name, Encoding.UTF8.GetBytes(text));
}
