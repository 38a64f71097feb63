using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Graders.Code.TestRuns.Calls.Values;
using RewardServer.Sandboxing.Runs;

namespace RewardServer.Grading.Graders.Code.TestRuns.Calls.Drivers;

/// <summary>
/// Calls functions in TypeScript: the candidate's own file is compiled, with a line before it that loads JavaScript's
/// driver, and one after it that lets the driver look up names.
/// </summary>
internal sealed partial class TypeScriptCallDriver : ICallDriver
{
    private const string DriverFile = "call_driver.js";

    private const string ListNode =
        "class ListNode { val: any; next: ListNode | null; constructor(val?: any, next?: ListNode | null) { this.val = val ?? 0; this.next = next ?? null; } } ";

    private const string TreeNode =
        "class TreeNode { val: any; left: TreeNode | null; right: TreeNode | null; constructor(val?: any, left?: TreeNode | null, right?: TreeNode | null) "
        + "{ this.val = val ?? 0; this.left = left ?? null; this.right = right ?? null; } } ";

    private readonly JavaScriptCallDriver javaScript = new();

    public bool TypesAreValues => javaScript.TypesAreValues;

    public ImmutableArray<SandboxFile> FilesFor(CandidateProgram program, CallTest test)
    {
        var driver = CandidateFiles.FreeName(program, DriverFile);
        var before = $"const $call: any = require(\"./{driver}\"); {Missing(program.Source, nameof(ListNode), ListNode)}{Missing(program.Source, nameof(TreeNode), TreeNode)}";
        var after = $"\n;$call.run(function () {{ return eval(arguments[0]); }}, module.exports, {JavaScriptCallDriver.CallOf(program, test)});\n";
        // Else what it declares would be of all scripts, and clash with what a browser has: "name", "status".
        var module = Assigned().IsMatch(program.Source) ? "" : "export {};\n";
        return
        [
            program.Files[0] with { Content = Encoding.UTF8.GetBytes(before + program.Source + after + module) },
            new(driver, Encoding.UTF8.GetBytes($"{JavaScriptCallDriver.Source.Value}module.exports = callDriver;\n")),
            .. program.Files.Skip(1),
        ];
    }

    public string Write(Value arguments) => javaScript.Write(arguments);

    private static string Missing(string source, string name, string definition) =>
        Regex.IsMatch(source, $@"\b{name}\b", RegexOptions.CultureInvariant)
        && !Regex.IsMatch(source, $@"^[^\S\n]*(export\s+)?(class|interface|type)\s+{name}\b", RegexOptions.CultureInvariant | RegexOptions.Multiline)
            ? definition
            : "";

    [GeneratedRegex(@"^[^\S\n]*export\s*=", RegexOptions.CultureInvariant | RegexOptions.Multiline)]
    private static partial Regex Assigned();
}
