using RewardServer.Grading.Completions;
using RewardServer.Grading.Graders;
using RewardServer.Grading.Graders.Code.TestRuns;
using static RewardServer.Grading.Tests.Graders.Code.Calls.CallGrading;

namespace RewardServer.Grading.Tests.Graders.Code.Calls;

public sealed class JavaCallTests(SharedSandbox sandbox)
{
    // The machine itself and its compiler start some threads.
    private static readonly TestLimits Limits = new(CpuSeconds: 20, WallSeconds: 60, MemoryMb: 1024, Processes: 128);

    private const string AllTypes =
        """
        import java.math.BigInteger;
        import java.util.*;
        public class Solution {
            public Object f(List<List<Integer>> a, Set<String> s, Map<Integer, Character> d, Integer n, Object o, int[][] g, Deque<Long> q, BigInteger big, double[] x, char[][] board,
                            Optional<String> none, float y, byte[] bytes, boolean b, Collection<Double> c, ListNode list) {
                return Arrays.asList(a, s, d, n, o, g, q, big, x, board, none, y, bytes, b, c, list, Map.of("$k", 1), "\ud800", Map.entry(1, 'c'));
            }
        }
        """;

    [Theory]
    [InlineData(AllTypes, "f",
        "[[[1], []], {\"$set\": [\"x\"]}, {\"3\": \"y\"}, null, {\"a\": [1, 2.5]}, [[1, 2], []], [5000000000], 123456789012345678901234567890, [1, {\"$float\": \"inf\"}], [[\"\\u00e9\"]], null, 0.1, {\"$bytes\": \"AAH/\"}, true, [1], [1, 2]]",
        "[[[1], []], {\"$set\": [\"x\"]}, {\"$dict\": [[3, \"y\"]]}, null, {\"a\": [1, 2.5]}, [[1, 2], []], [5000000000], 123456789012345678901234567890, [1, {\"$float\": \"inf\"}], [[\"\\u00e9\"]], null, 0.1, {\"$bytes\": \"AAH/\"}, true, [1], [1, 2], {\"$escape\": {\"$k\": 1}}, \"\\ud800\", {\"$tuple\": [1, \"c\"]}]")]
    [InlineData("package a.b;\npublic class Main { static int f(int a) { return a + 1; } public static void main(String[] a) { System.exit(3); } }", "Main.f", "[1]", "2")]
    [InlineData("class Solution { int f(int[] a, int i) { return i == a.length ? 0 : a[i] + f(a, i + 1); } int f(int[] a) { return f(a, 0); } }", "f", "[[1, 2, 3]]", "6")]
    [InlineData("class Solution { public void f(char[][] m) { char[] t = m[0]; m[0] = m[1]; m[1] = t; } }", "f", "[[[\"a\"], [\"b\"]]]", "[[\"b\"], [\"a\"]]")]
    [InlineData("class Solution { TreeNode f(TreeNode t) { if (t != null) { TreeNode l = f(t.left); t.left = f(t.right); t.right = l; } return t; } }", "f", "[[4, 2, 7, null, 3]]", "[4, 7, 2, null, null, 3]")]
    public async Task A_right_result_passes(string source, string function, string arguments, string result)
    {
        var report = await sandbox.Run("java", source, Call(function, arguments, result), Limits);
        Assert.Equal((TestStatus.Passed, "the result is as expected"), (report.Status, $"{report.Reason}{report.Stderr}"));
    }

    [Theory]
    [InlineData("class Solution { int f(int x) { return x; } }", TestStatus.WrongAnswer, "the result is 1 where 2 was expected", null)]
    [InlineData("class Solution { int f(String x) { return 2; } }", TestStatus.RuntimeError, "argument 1 is no string", null)]
    [InlineData("class Solution { int f(int x) { return 2 }", TestStatus.CompileError, null, null)]
    [InlineData("class Solution { int f(int x) { return f(x + 1) + 1; } }", TestStatus.RuntimeError, "the program raised StackOverflowError", null)]
    [InlineData("class Solution { int f(int x) { System.exit(0); return 2; } }", TestStatus.EarlyExit, "the program exited before the function had returned", Signal.EarlyExit)]
    [InlineData("class Solution { static { Runtime.getRuntime().halt(0); } int f(int x) { return 2; } }", TestStatus.EarlyExit, "the program exited before the function had returned", Signal.EarlyExit)]
    public async Task What_is_not_right_scores_0(string source, TestStatus status, string? reason, string? signal)
    {
        var report = await sandbox.Run("java", source, Call("f", "[1]", "2"), Limits);
        Assert.Equal((status, reason ?? report.Reason), (report.Status, report.Reason));
        Assert.Equal(signal is null ? [] : [signal], report.Signals.ToArray());
    }

    [Fact]
    public async Task An_exception_can_be_what_is_asked_for()
    {
        const string Source = "class Solution { static class E extends IllegalArgumentException { } int f(int x) { if (x > 0) throw new E(); return 1; } }";
        Assert.Equal(TestStatus.Passed, (await sandbox.Run("java", Source, Raising("f", "[1]", "IllegalArgumentException"), Limits)).Status);
        Assert.Equal(TestStatus.WrongAnswer, (await sandbox.Run("java", Source, Raising("f", "[0]", "E"), Limits)).Status);
    }
}
