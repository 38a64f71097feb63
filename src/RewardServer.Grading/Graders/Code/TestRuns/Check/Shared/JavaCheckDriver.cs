using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;
using RewardServer.Grading.Graders.Code.TestRuns.Calls.Drivers;
using RewardServer.Sandboxing.Runs;

namespace RewardServer.Grading.Graders.Code.TestRuns.Check.Shared;

/// <summary>
/// Checks in Java: the driver's class Main runs the check's, which goes by another name, as the candidate's own does. A check
/// without <c>main</c> is the body of one.
/// </summary>
internal sealed partial class JavaCheckDriver : ISharedCheckDriver
{
    private const string CheckMain = "CheckMain", OwnClass = "CheckBody";

    public ImmutableArray<SandboxFile> FilesFor(CandidateProgram program, string check)
    {
        var candidate = JavaSource.Of(program.Source);
        var bare = BareCode.Of(check);
        var main = Main().Match(bare);
        var type = main.Success ? Type().Matches(bare[..main.Index]).LastOrDefault()?.Groups["name"].Value : null;
        var text = type is null ? Wrapped(check) : MainWord().Replace(check, CheckMain);
        type = type == JavaSource.Main ? CheckMain : type ?? OwnClass;

        // A file without its class would be an error of another kind than a class that is not there.
        var isEmpty = program.Source.Length == 0;
        ImmutableArray<SandboxFile> files =
        [
            File("Main", CandidateFiles.Resource("checks/Main.java")),
            .. isEmpty ? ImmutableArray<SandboxFile>.Empty : [File(candidate.Class, candidate.Text)],
            File(type, Import().IsMatch(text) ? text : JavaSource.Imports + text),
            File("DriverReport", CandidateFiles.Resource("calls/DriverReport.java")),
            File("CheckTarget", $"final class CheckTarget {{ static final String CLASS = \"{type}\"; static final Class<?>[] ALL = {{ {(isEmpty ? type : candidate.Class)}.class, {type}.class }}; }}\n"),
        ];
        return [.. files, .. candidate.NodesBeside().Select(node => File(node.Key, node.Value)), .. program.Files.Skip(1).Where(other => files.All(file => file.Path != other.Path))];
    }

    public bool IsBroken(string errors) =>
        errors.Split('\n').FirstOrDefault(line => line.Contains("error:", StringComparison.Ordinal)) is { } first && !MissingName().IsMatch(first);

    private static string Wrapped(string check)
    {
        var lines = check.Split('\n');
        var imports = string.Join(' ', lines.Where(line => Import().IsMatch(line)).Select(line => line.TrimEnd('\r')));
        return $"{JavaSource.Imports}{imports} class {OwnClass} {{ public static void main(String[] none) throws Throwable {{ {string.Join('\n', lines.Select(line => Import().IsMatch(line) ? "" : line))}\n}} }}\n";
    }

    private static SandboxFile File(string type, string text) => new($"{type}.java", Encoding.UTF8.GetBytes(text));

    [GeneratedRegex(@"\bstatic\s+(final\s+)?void\s+main\s*\(", RegexOptions.CultureInvariant)]
    private static partial Regex Main();

    [GeneratedRegex(@"\bclass\s+(?<name>\w+)", RegexOptions.CultureInvariant)]
    private static partial Regex Type();

    [GeneratedRegex(@"\bMain\b", RegexOptions.CultureInvariant)]
    private static partial Regex MainWord();

    [GeneratedRegex(@"^\s*import\s+(static\s+)?[\w.*]+\s*;", RegexOptions.CultureInvariant | RegexOptions.Multiline)]
    private static partial Regex Import();

    [GeneratedRegex("cannot find symbol|package .* does not exist", RegexOptions.CultureInvariant)]
    private static partial Regex MissingName();
}
