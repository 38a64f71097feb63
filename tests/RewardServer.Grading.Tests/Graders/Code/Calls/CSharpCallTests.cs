using RewardServer.Grading.Graders;
using RewardServer.Grading.Graders.Code.TestRuns;
using static RewardServer.Grading.Tests.Graders.Code.Calls.CallGrading;

namespace RewardServer.Grading.Tests.Graders.Code.Calls;

public sealed class CSharpCallTests(SharedSandbox sandbox)
{
    private const string AllTypes =
        """
        using System.Numerics;
        public class Solution
        {
            public async Task<object> F(
                IList<IList<int>> a, HashSet<string> s, Dictionary<int, char> d, int? n, (int A, string B) t, object o, int[,] g, Stack<int> st, BigInteger big, decimal m,
                double[] x, List<bool> b, ulong u, byte[] bytes, Complex c, float f, IReadOnlyDictionary<string, long> r, char[][] board, string none, ListNode list)
            {
                await Task.Yield();
                return new object[] { a, s, d, n, t, o, g, st, big, m, x, b, u, bytes, c, f, r, board, none, list, new Dictionary<string, int> { ["$k"] = 1 }, "\ud800", -0.5e-9, new[] { (1, 'c') } };
            }
        }
        """;

    [Theory]
    [InlineData(AllTypes, "F",
        "[[[1], []], {\"$set\": [\"x\"]}, {\"3\": \"y\"}, null, [1, \"z\"], {\"a\": [1, 2.5]}, [[1, 2], [3, 4]], [7, 8], 123456789012345678901234567890, 1.50, [1, 0.1, {\"$float\": \"-inf\"}], [true, false], 18446744073709551615, {\"$bytes\": \"AAH/\"}, 2, 0.1, {\"k\": 5000000000}, [[\"\\u00e9\"]], null, [1, 2]]",
        "[[[1], []], {\"$set\": [\"x\"]}, {\"$dict\": [[3, \"y\"]]}, null, {\"$tuple\": [1, \"z\"]}, {\"a\": [1, 2.5]}, [[1, 2], [3, 4]], [8, 7], 123456789012345678901234567890, 1.5, [1, 0.1, {\"$float\": \"-inf\"}], [true, false], 18446744073709551615, {\"$bytes\": \"AAH/\"}, {\"$complex\": [2, 0]}, 0.1, {\"k\": 5000000000}, [[\"\\u00e9\"]], null, [1, 2], {\"$escape\": {\"$k\": 1}}, \"\\ud800\", -5e-10, [{\"$tuple\": [1, \"c\"]}]]")]
    [InlineData("static class A { public static int F(int a, int b = 7) => a + b; static void Main() => Environment.Exit(3); }", "F", "[1]", "8")]
    [InlineData("using System.Text;\nConsole.WriteLine(F(1)); Environment.Exit(3);\nint F(int a) => a + 1;", "F", "[1]", "2")]
    [InlineData("class A { public string F(string a) => a + '!'; public string F(int a) => \"int\"; } class B { public string F(string a) => \"B\"; }", "A.F", "[\"a\"]", "\"a!\"")]
    [InlineData("public class Solution { public void Rotate(char[][] m) => Array.Reverse(m); }", "rotate", "[[[\"a\"], [\"b\"]]]", "[[\"b\"], [\"a\"]]")]
    [InlineData("public class Solution { public T F<T>(List<T> a) where T : class => a[^1]; }", "F", "[[\"a\", \"b\"]]", "\"b\"")]
    [InlineData("public class TreeNode { public int val; public TreeNode left, right; public TreeNode(int v) => val = v; }\npublic class Solution { public TreeNode F(TreeNode t) { if (t != null) (t.left, t.right) = (F(t.right), F(t.left)); return t; } }", "F", "[[4, 2, 7, null, 3]]", "[4, 7, 2, null, null, 3]")]
    [InlineData("class Console { } class List { } namespace System.Text { } class Solution { public IEnumerable<int> F(int n) { for (int i = 0; i < n; i++) yield return 5; } }", "F", "[60000]", null)]
    public async Task A_right_result_passes(string source, string function, string arguments, string? result)
    {
        var report = await sandbox.Run("csharp", source, Call(function, arguments, result ?? $"[{string.Join(',', Enumerable.Repeat(5, 60_000))}]"));
        Assert.Equal((TestStatus.Passed, "the result is as expected"), (report.Status, $"{report.Reason}{report.Stderr}"));
    }

    [Theory]
    [InlineData("class A { static int F(int x) => x; }", TestStatus.WrongAnswer, "the result is 1 where 2 was expected", null)]
    [InlineData("class A { static int F(string x) => 2; }", TestStatus.RuntimeError, "argument 1 is no string", null)]
    [InlineData("class A { static int F(int x, int y) => 2; }", TestStatus.RuntimeError, "'F' takes 2 arguments, and fewer are given", null)]
    [InlineData("class A { static int G(int x) => 2; }", TestStatus.RuntimeError, "the program has no method 'F'", null)]
    [InlineData("class A { static object F(int x) => new A(); }", TestStatus.WrongAnswer, "the result is a A, which is no value that can be compared", null)]
    [InlineData("class A { static IEnumerable<int> F(int x) { while (true) yield return 2; } }", TestStatus.OutputLimit, "the result is larger than 1024 KiB", null)]
    [InlineData("class A { static int F(int x) => }", TestStatus.CompileError, null, null)]
    [InlineData("class A { static int F(int x) => throw new FormatException(\"far\"); }", TestStatus.RuntimeError, "the program raised FormatException: far", null)]
    [InlineData("class A { static int F(int x) { Environment.Exit(0); return 2; } }", TestStatus.EarlyExit, "the program exited before the function had returned", Signal.EarlyExit)]
    [InlineData("class A { static A() => Environment.Exit(0); static int F(int x) => 2; }", TestStatus.EarlyExit, "the program exited before the function had returned", Signal.EarlyExit)]
    [InlineData("class A { [System.Runtime.CompilerServices.ModuleInitializer] internal static void I() { Console.Write(Console.In.ReadToEnd() + 2); Environment.Exit(0); } static int F(int x) => 1; }", TestStatus.EarlyExit, "the program exited before the function had returned", Signal.EarlyExit)]
    [InlineData("class A { static int F(int x) { using var f = new FileStream(new Microsoft.Win32.SafeHandles.SafeFileHandle(3, false), FileAccess.Write); f.Write(\"value 00 2\"u8); f.Flush(); Environment.Exit(0); return 1; } }", TestStatus.RuntimeError, "the report of the call was forged", Signal.ForgedOutput)]
    [InlineData("class A { public override bool Equals(object o) => true; static object F(int x) { Console.SetOut(TextWriter.Null); AppDomain.CurrentDomain.ProcessExit += (_, _) => Thread.Sleep(-1); return new { }; } }", TestStatus.WrongAnswer, null, null)]
    public async Task What_is_not_right_scores_0(string source, TestStatus status, string? reason, string? signal)
    {
        var report = await sandbox.Run("csharp", source, Call("F", "[1]", "2"));
        Assert.Equal((status, reason ?? report.Reason), (report.Status, report.Reason));
        Assert.Equal(signal is null ? [] : [signal], report.Signals.ToArray());
    }

    [Fact]
    public async Task An_exception_can_be_what_is_asked_for()
    {
        const string Source = "class A { class E : ArgumentException { } static async Task<int> F(int x) { await Task.Yield(); return x > 0 ? throw new E() : 1; } }";
        foreach (var type in new[] { "E", "ArgumentException", "System.SystemException" })
        {
            Assert.Equal(TestStatus.Passed, (await sandbox.Run("csharp", Source, Raising("F", "[1]", type))).Status);
        }

        Assert.Equal(TestStatus.WrongAnswer, (await sandbox.Run("csharp", Source, Raising("F", "[0]", "E"))).Status);
    }
}
