using RewardServer.Grading.Completions;
using RewardServer.Grading.Graders;
using RewardServer.Grading.Graders.Code;
using RewardServer.Grading.Graders.Code.TestRuns;

namespace RewardServer.Grading.Tests.Graders.Code.Check;

/// <summary>Checks in languages other than Python, which share the candidate's process.</summary>
public sealed class SharedCheckTests(SharedSandbox sandbox)
{
    private const string CppAdd = "#include <vector>\nint add(int a, int b) { return a + b; }\nint main() { return 3; }";
    private const string CppMain = "#undef NDEBUG\n#include <assert.h>\nint main() {\n  vector<int> v = {1, 2};\n  assert(vector<int>{add(1, 2), 0} == vector<int>({3, 0}));\n  assert(add(-1, 1) == 0);\n}";
    private const string CPlain = "#include <assert.h>\nassert(add(1, 2) == 3);\nassert(add(-1, 1) == 0);";
    private const string CSharpPlain = "using System.Diagnostics;\nvar s = new Solution();\nDebug.Assert(s.Add(1, 2) == 3);\nDebug.Assert(s.Add(-1, 1) == 0, \"zero\");";
    private const string CSharpMain = "using System.Diagnostics;\nclass Test { static async Task Main(string[] args) { await Task.Yield(); System.Diagnostics.Trace.Assert(new Solution().Add(1, 2) == 3); } }";
    private const string JavaMain = "public class Main { public static void main(String[] args) { List<Boolean> correct = Arrays.asList(new Solution().add(1, 2) == 3);\nif (correct.contains(false)) { throw new AssertionError(); } } }";
    private const string JavaScriptArrow = "const test = () => {\n  console.assert(add(1, 2) === 3)\n  console.assert(JSON.stringify([add(-1, 1)]) === '[0]')\n}\ntest()";
    private const string JavaScriptAssert = "const assert = require('assert');\n(async () => { await null; assert.deepStrictEqual([add(1, 2)], [3]) })()";

    [Theory]
    [InlineData("cpp", CppAdd, CppMain)]
    [InlineData("cpp", "class Solution { public: int add(int a, int b) { return a + b; } };", "assert(Solution().add(1, 2) == 3);")]
    [InlineData("c", "int add(int a, int b) { return a + b; }\nint main(void) { return 3; }", CPlain)]
    [InlineData("csharp", "public class Solution { public int Add(int a, int b) => a + b; static void Main() => Environment.Exit(3); }", CSharpPlain)]
    [InlineData("csharp", "Environment.Exit(3);\npublic class Solution { public int Add(int a, int b) => a + b; }", CSharpMain)]
    [InlineData("java", "import java.util.*;\nclass Solution { int add(int a, int b) { return a + b; } }\nclass Main { public static void main(String[] a) { System.exit(3); } }", JavaMain)]
    [InlineData("java", "public class Solution { static int add(int a, int b) { return a + b; } }", "assert Solution.add(1, 2) == 3;")]
    [InlineData("javascript", "const add = (a, b) => a + b\nmodule.exports = { add }", JavaScriptArrow)]
    [InlineData("javascript", "const assert = require('assert');\nexport function add(a, b) { return a + b }\nsetInterval(() => 1, 1e9).unref()", JavaScriptAssert)]
    public async Task A_right_program_passes_and_says_that_it_shared_the_process(string language, string source, string check)
    {
        var report = await Run(language, source, check);
        Assert.Equal((TestStatus.Passed, "the check ran to its end"), (report.Status, $"{report.Reason}{report.Stderr}"));
        Assert.Equal(Integrity.Shared, report.Integrity);
        Assert.Empty(report.Signals);
    }

    [Theory]
    [InlineData("cpp", "#include <assert.h>\n#include <cstdlib>\n#define NDEBUG\n#define if while\n#define assert(x)\nint add(int a, int b) { return a - b; }\nextern \"C\" void __assert_fail(const char *, const char *, unsigned, const char *) noexcept { exit(0); }", CppMain, "an assertion of the check failed, on line 5")]
    [InlineData("c", "#define NDEBUG\n#define assert\n#define int long\nint add(int a, int b) { return 3; }", CPlain, "an assertion of the check failed, on line 3")]
    [InlineData("csharp", "public class Solution { public int Add(int a, int b) { System.Diagnostics.Trace.Listeners.Clear(); Console.SetOut(TextWriter.Null); return 3; } }", CSharpPlain, "an assertion of the check failed, on line 4")]
    [InlineData("java", "class Solution { int add(int a, int b) { ClassLoader.getSystemClassLoader().setDefaultAssertionStatus(false); return 4; } }", "assert new Solution().add(1, 2) == 3;", "an assertion of the check failed")]
    [InlineData("javascript", "console.assert = () => {}; console = { assert() {} }; const add = (a, b) => { console.assert = () => {}; return 4 }", JavaScriptArrow, "an assertion of the check failed")]
    [InlineData("javascript", "require('assert').deepStrictEqual = () => {}; require('assert').AssertionError.prototype.x = 1; const add = () => 4", JavaScriptAssert, "an assertion of the check failed")]
    [InlineData("javascript", "JSON.stringify = () => '[0]'; Array.prototype.toJSON = () => 0; const add = () => 3", JavaScriptArrow, "an assertion of the check failed")]
    public async Task A_wrong_program_fails_an_assertion_whatever_it_makes_of_assertions(string language, string source, string check, string reason)
    {
        var report = await Run(language, source, check);
        Assert.Equal((TestStatus.WrongAnswer, reason), (report.Status, report.Reason));
    }

    [Theory]
    [InlineData("cpp", "#include <cstdlib>\nint add(int a, int b) { exit(0); }", CppMain)]
    [InlineData("cpp", "#include <cstdlib>\nstruct S { S() { exit(0); } } s;\nint add(int a, int b) { return 3; }", CppMain)]
    [InlineData("cpp", "#include <pthread.h>\nextern \"C\" void _exit(int);\n__attribute__((constructor(101))) void c() { _exit(0); }\nint add(int a, int b) { return 3; }", CppMain)]
    [InlineData("c", "#include <pthread.h>\nint add(int a, int b) { pthread_exit(0); }", CPlain)]
    [InlineData("csharp", "public class Solution { static Solution() => Environment.Exit(0); public int Add(int a, int b) => 3; }", CSharpPlain)]
    [InlineData("csharp", "public class Solution { [System.Runtime.CompilerServices.ModuleInitializer] internal static void I() => Environment.Exit(0); public int Add(int a, int b) => 3; }", CSharpMain)]
    [InlineData("java", "class Solution { static { System.exit(0); } int add(int a, int b) { return 3; } }", JavaMain)]
    [InlineData("javascript", "const add = () => process.exit(0)", JavaScriptArrow)]
    [InlineData("javascript", "process.exit()", JavaScriptAssert)]
    [InlineData("javascript", "Promise.prototype.then = () => 0; const add = () => { process.emit('beforeExit'); process.exitCode = 0; process.reallyExit(0) }", JavaScriptAssert)]
    public async Task A_program_that_exits_early_never_passes(string language, string source, string check)
    {
        var report = await Run(language, source, check);
        Assert.Equal((TestStatus.EarlyExit, Signal.EarlyExit), (report.Status, Assert.Single(report.Signals)));
    }

    [Theory]
    [InlineData("cpp", "int sub(int a, int b) { return a - b; }", CppMain, TestStatus.CompileError, "the program does not compile")]
    [InlineData("cpp", "#include <stdexcept>\nint add(int a, int b) { throw std::out_of_range(\"far\"); }", CppMain, TestStatus.RuntimeError, "the program was ended by signal 6")]
    [InlineData("cpp", "#include <unistd.h>\nint add(int a, int b) { for (int i = 3; i < 200; i++) write(i, \"done 0\", 6); _exit(0); }", CppMain, TestStatus.RuntimeError, "the report of the check was forged")]
    [InlineData("csharp", "public class Solution { }", CSharpPlain, TestStatus.CompileError, "the program does not compile")]
    [InlineData("csharp", "public class Solution { public int Add(int a, int b) => throw new FormatException(); }", CSharpPlain, TestStatus.RuntimeError, "the program raised FormatException")]
    [InlineData("java", "class Solution { int add(int a, int b) { throw new IllegalStateException(); } }", JavaMain, TestStatus.RuntimeError, "the program raised IllegalStateException")]
    [InlineData("java", "class Solution { }", JavaMain, TestStatus.CompileError, "the program does not compile")]
    [InlineData("javascript", "const add = (", JavaScriptArrow, TestStatus.RuntimeError, "the program raised SyntaxError")]
    [InlineData("javascript", "require('fs').writeSync(3, 'broken'); process.exit()", JavaScriptArrow, TestStatus.RuntimeError, "the report of the check was forged")]
    [InlineData("javascript", "const add = () => { Object.prototype.toJSON = () => 0; return 3 }", "console.assert(add() === 3)", TestStatus.RuntimeError, "the program changed what the check is made of")]
    public async Task What_else_ends_a_check_is_told(string language, string source, string check, TestStatus status, string reason)
    {
        var report = await Run(language, source, check);
        Assert.Equal((status, reason), (report.Status, report.Reason));
    }

    [Theory]
    [InlineData("cpp", "int main() { assert(add(1, 2) == 3 }")]
    [InlineData("csharp", "Debug.Assert(new Solution().Add(1, 2) == 3;")]
    [InlineData("java", "assert new Solution().add(1, 2) == 3")]
    [InlineData("javascript", "console.assert(add(1, 2) === 3")]
    public async Task A_check_that_does_not_compile_is_skipped_whatever_the_candidate_wrote(string language, string check)
    {
        foreach (var source in new[] { "int x;", "(" })
        {
            var verdict = await Grade(language, source, check);
            Assert.Equal((Outcome.Skipped, "test 0: the check does not compile"), (verdict.Outcome, verdict.Reason));
        }
    }

    [Fact]
    public async Task An_entry_point_is_handed_to_the_function_check()
    {
        var check = new CheckTest("async function check(f) { console.assert(f(1) === twice(1)) }", "const twice = (n) => 2 * n", EntryPoint: "g");
        Assert.Equal(1, (await Grade("javascript", "const g = (n) => 2 * n", check)).Score);
        Assert.Equal(0, (await Grade("javascript", "const g = (n) => 3 * n", check)).Score);
    }

    [Theory]
    [InlineData("javascript", CheckStyle.Pytest, null, "checks of javascript programs have no style 'pytest'")]
    [InlineData("cpp", CheckStyle.Script, "f", "a check of cpp programs has to call what it checks itself, without entryPoint")]
    public async Task A_check_that_would_not_be_run_is_skipped(string language, CheckStyle style, string? entryPoint, string reason)
    {
        var verdict = await Grade(language, "int x;", new CheckTest("int y;", Style: style, EntryPoint: entryPoint));
        Assert.Equal((Outcome.Skipped, reason), (verdict.Outcome, verdict.Reason));
    }

    private async Task<TestReport> Run(string language, string source, string check) =>
        Assert.Single(Assert.IsType<CodeDetails>((await Grade(language, source, check)).Details).Tests);

    private Task<Verdict> Grade(string language, string source, string check) => Grade(language, source, new CheckTest(check));

    private async Task<Verdict> Grade(string language, string source, CheckTest check)
    {
        sandbox.Need();
        var report = sandbox.Pool.Languages.Single(known => known.Name == language);
        Assert.SkipUnless(report.Available, $"no {language}: {report.Reason}");
        var task = new CodeTask(language, [check], new(CpuSeconds: 20, WallSeconds: 60, MemoryMb: 1024, Processes: 128));
        var item = new Item { Id = "1", Prompt = "?", Completion = $"```{language}\n{source}\n```", Task = task };
        return await new CodeGrader(new(), new(), sandbox.Pool).GradeAsync(item, task, TestContext.Current.CancellationToken);
    }
}
