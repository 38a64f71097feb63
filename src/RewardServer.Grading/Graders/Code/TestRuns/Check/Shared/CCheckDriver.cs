using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;
using RewardServer.Grading.Graders.Code.TestRuns.Calls.Drivers;
using RewardServer.Sandboxing.Runs;

namespace RewardServer.Grading.Graders.Code.TestRuns.Check.Shared;

/// <summary>
/// Checks in C and C++: one file includes the candidate's and then the check, whose <c>assert</c> is its own. A check without
/// <c>main</c> is the body of one.
/// </summary>
/// <param name="checkFile">The file with the check.</param>
internal sealed partial class CCheckDriver(string checkFile) : ISharedCheckDriver
{
    private const string UsualHeaders = "#include <limits.h>\n#include <math.h>\n#include <stdbool.h>\n#include <stdint.h>\n#include <stdio.h>\n#include <stdlib.h>\n#include <string.h>\n";

    private static readonly Lazy<ImmutableArray<SandboxFile>> Headers = new(() =>
    [
        Header("kernel.h", "calls"), Header("keywords.h", "calls"), Header("check_driver.h", "checks"), Header("check_assert.h", "checks"),
    ]);

    public ImmutableArray<SandboxFile> FilesFor(CandidateProgram program, string check)
    {
        var candidate = program.Language.CandidateFile;
        var (before, after) = (UsualHeaders, "");
        if (program.Language.Name == "cpp")
        {
            // A check relies on what its prompt includes, of which the candidate may have left out what it does not need.
            var bare = BareCode.Of(program.Source);
            var usual = Solution().IsMatch(bare) || !bare.Contains("#include", StringComparison.Ordinal);
            (before, after) = usual ? ("#include <bits/stdc++.h>\nusing namespace std;\n", "") : ("#include <bits/stdc++.h>\n", "using namespace std;\n");
        }

        var main = $"#include \"check_driver.h\"\n{before}#define main candidate_main\n#include \"{candidate}\"\n#include \"keywords.h\"\n{after}#include \"{checkFile}\"\n";
        ImmutableArray<SandboxFile> ours =
        [
            new(program.Language.MainFile, Encoding.UTF8.GetBytes(main)),
            program.Files[0] with { Path = candidate },
            new(checkFile, Encoding.UTF8.GetBytes(Whole(check))),
            .. Headers.Value,
        ];
        return [.. ours, .. program.Files.Skip(1).Where(other => ours.All(file => file.Path != other.Path))];
    }

    public bool IsBroken(string errors) =>
        errors.Split('\n').FirstOrDefault(line => line.Contains("error:", StringComparison.Ordinal)) is { } first && !MissingName().IsMatch(first);

    // The library's header would bring its own assert: what stands in for it comes after whatever else is included.
    private static string Whole(string check)
    {
        var lines = AssertHeader().Replace(check, "").Split('\n');
        const string Ours = "#include \"check_assert.h\"\n";
        if (Main().IsMatch(BareCode.Of(check)))
        {
            var last = Array.FindLastIndex(lines, line => Include().IsMatch(line)) + 1;
            return FormattableString.Invariant($"#line 1\n{string.Join('\n', lines[..last])}\n{Ours}#line {last + 1}\n{string.Join('\n', lines[last..])}\n");
        }

        var body = lines.Select(line => Directive().IsMatch(line) ? "" : line);
        return $"{string.Join('\n', lines.Where(line => Directive().IsMatch(line)))}\n{Ours}int main() {{\n#line 1\n{string.Join('\n', body)}\nreturn 0; }}\n";
    }

    private static SandboxFile Header(string name, string folder) => new(name, Encoding.UTF8.GetBytes(CandidateFiles.Resource($"{folder}/{name}")));

    [GeneratedRegex(@"^[ \t]*#[ \t]*(include[ \t]*<(assert\.h|cassert)>|undef[ \t]+NDEBUG)[^\n]*", RegexOptions.CultureInvariant | RegexOptions.Multiline)]
    private static partial Regex AssertHeader();

    [GeneratedRegex(@"^\s*#\s*include\b", RegexOptions.CultureInvariant)]
    private static partial Regex Include();

    [GeneratedRegex(@"^\s*(#\s*include\b|using\s+namespace\b)", RegexOptions.CultureInvariant)]
    private static partial Regex Directive();

    [GeneratedRegex(@"\bmain\s*\(", RegexOptions.CultureInvariant)]
    private static partial Regex Main();

    [GeneratedRegex(@"\b(class|struct)\s+Solution\b", RegexOptions.CultureInvariant)]
    private static partial Regex Solution();

    [GeneratedRegex("was not declared|has not been declared|undeclared|does not name a type|unknown type name|is not a member of|has no member|ld returned", RegexOptions.CultureInvariant)]
    private static partial Regex MissingName();
}
