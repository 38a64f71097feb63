using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;
using RewardServer.Grading.Graders.Code.TestRuns.Calls.Drivers;
using RewardServer.Sandboxing.Runs;

namespace RewardServer.Grading.Graders.Code.TestRuns.Check.Shared;

/// <summary>
/// Checks in C#: compiled together with the candidate's files. <c>Debug</c> and <c>Trace</c> are the check's own. A check
/// without <c>Main</c> is the body of one.
/// </summary>
internal sealed partial class CSharpCheckDriver : ISharedCheckDriver
{
    private const string OwnClass = "RewardServerCheckBody";

    // An alias comes before what a using directive brings.
    private const string Aliases = "using Debug = global::RewardServerCheck.CheckAssert; using Trace = global::RewardServerCheck.CheckAssert; ";

    public ImmutableArray<SandboxFile> FilesFor(CandidateProgram program, string check)
    {
        var text = FullName().Replace(check, "global::RewardServerCheck.CheckAssert.");
        var bare = BareCode.Of(text);
        var main = Main().Match(bare);
        var type = main.Success ? Type().Matches(bare[..main.Index]).LastOrDefault()?.Groups["name"].Value : null;
        return
        [
            .. CandidateFiles.Behind(CandidateFiles.Resource("checks/CheckDriver.cs"), program, "candidate.cs"),
            new("rewardserver/check.cs", Encoding.UTF8.GetBytes(type is null ? Wrapped(text) : $"{Aliases}\n#line 1 \"check.cs\"\n{text}\n")),
            CandidateFiles.CSharpStreams,
            new("rewardserver/CheckTarget.cs", Encoding.UTF8.GetBytes(
                $"namespace RewardServerCheck {{ internal static class CheckTarget {{ public const string Class = \"{type ?? OwnClass}\"; }} }}\n")),
        ];
    }

    public bool IsBroken(string errors) =>
        Error().Match(errors) is { Success: true } first && first.Groups["code"].Value is not ("CS0103" or "CS0234" or "CS0246" or "CS0117" or "CS1061" or "CS0400");

    private static string Wrapped(string check)
    {
        var lines = check.Split('\n');
        var usings = string.Join(' ', lines.Where(line => Using().IsMatch(line)).Select(line => line.TrimEnd('\r')));
        var body = string.Join('\n', lines.Select(line => Using().IsMatch(line) ? "" : line));
        return $"{Aliases}{usings}\nstatic class {OwnClass} {{ public static async System.Threading.Tasks.Task Main() {{\n#line 1 \"check.cs\"\n{body}\n}} }}\n";
    }

    [GeneratedRegex(@"\b(global::)?System\.Diagnostics\.(Debug|Trace)\s*\.", RegexOptions.CultureInvariant)]
    private static partial Regex FullName();

    [GeneratedRegex(@"\bstatic\s+(async\s+)?[\w.<>]+\s+Main\s*\(", RegexOptions.CultureInvariant)]
    private static partial Regex Main();

    [GeneratedRegex(@"\b(class|struct|record)\s+(?<name>\w+)", RegexOptions.CultureInvariant)]
    private static partial Regex Type();

    [GeneratedRegex(@"^\s*using\s+(static\s+)?[\w.]+\s*;\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex Using();

    [GeneratedRegex(@"error (?<code>CS\d+)", RegexOptions.CultureInvariant)]
    private static partial Regex Error();
}
