using RewardServer.Grading.Completions;
using RewardServer.Grading.Graders;
using RewardServer.Grading.Graders.Code.TestRuns;
using static RewardServer.Grading.Tests.Graders.Code.Calls.CallGrading;

namespace RewardServer.Grading.Tests.Graders.Code.Calls;

public sealed class PythonCallTests(SharedSandbox sandbox)
{
    [Theory]
    [InlineData("def f(a, b): return a + b", "f", "[1, 2]", "3")]
    [InlineData("f = lambda a: a[::-1]\nif __name__ == '__main__': raise SystemExit", "f", "[\"abc\"]", "\"cba\"")]
    [InlineData("class Solution:\n    def f(self, a: List[int]) -> int:\n        return self.g(Counter(a).most_common(1)[0][0]) + gcd(4, 6) + math.floor(2.5)\n    def g(self, a): return a", "f", "[[5, 5, 1]]", "9")]
    [InlineData("class A:\n    def __init__(self): self.k = 2\n    def m(self, a): return a * self.k", "A.m", "[4]", "8")]
    [InlineData("class A:\n    @staticmethod\n    def m(a): return a\n", "A.m", "[4]", "4")]
    [InlineData("class A:\n    @classmethod\n    def m(cls, a): return cls.__name__ * a\n", "A.m", "[2]", "\"AA\"")]
    [InlineData("async def f(): return 5", "f", "[]", "5")]
    [InlineData("def f(*a): return a", "f", "[{\"$set\": [1]}, {\"$dict\": [[1, {\"$bytes\": \"aGk=\"}]]}, {\"$float\": \"-inf\"}, {\"$complex\": [1, 2]}]", "{\"$tuple\": [{\"$set\": [1]}, {\"$dict\": [[1, {\"$bytes\": \"aGk=\"}]]}, {\"$float\": \"-inf\"}, {\"$complex\": [1.0, 2.0]}]}")]
    [InlineData("def f(a): return [type(a).__name__, a + 1]", "f", "[{\"$object\": {\"type\": \"decimal.Decimal\", \"text\": \"1.50\"}}]", "[\"Decimal\", {\"$object\": {\"type\": \"decimal.Decimal\", \"text\": \"2.50\"}}]")]
    [InlineData("def f(): return 10 ** 5000 // 10 ** 4999", "f", "[]", "10")]
    [InlineData("def f(n): return n + 1", "f", "[99999999999999999999]", "100000000000000000000")]
    [InlineData("def f(s): return s", "f", "[\"\\ud800\\u0000é\"]", "\"\\ud800\\u0000é\"")]
    [InlineData("def f(): pass", "f", "[]", "null")]
    [InlineData("from collections import namedtuple, OrderedDict\ndef f(): return [namedtuple('P', 'x')(1), OrderedDict(a=1)]", "f", "[]", "[{\"$tuple\": [1]}, {\"a\": 1}]")]
    [InlineData("print('x' * 1000)\ndef f(): print(42); return 1", "f", "[]", "1")]
    [InlineData("def f(): return list(range(50000))[-1:] + [len(str(0))]", "f", "[]", "[49999, 1]")]
    [InlineData("import dataclasses\n@dataclasses.dataclass\nclass P:\n    x: int\ndef f(): return P(3).x", "f", "[]", "3")]
    [InlineData("import threading, time\nthreading.Thread(target=time.sleep, args=(60,)).start()\ndef f(): return 1", "f", "[]", "1")]
    public async Task A_right_result_passes(string source, string function, string arguments, string result)
    {
        var report = await sandbox.Run("python", source, Call(function, arguments, result));
        Assert.Equal((TestStatus.Passed, "the result is as expected"), (report.Status, $"{report.Reason}{report.Stderr}"));
    }

    [Theory]
    [InlineData("def f(): return 1", "2", "the result is 1 where 2 was expected")]
    [InlineData("def f(): return (1, 2)", "[1, 2]", "the result is (1, 2) where [1, 2] was expected")]
    [InlineData("def f(): return True", "1", "the result is true where 1 was expected")]
    [InlineData("def f(): return (x for x in [1])", "[1]", "the result is a generator, which is no value that can be compared")]
    [InlineData("class A: pass\ndef f(): return [A()]", "[1]", "the result holds an A, which is no value that can be compared")]
    [InlineData("def f():\n    x = []\n    x.append(x)\n    return x", "[]", "the result is nested more than 200 deep, or holds itself")]
    [InlineData("import sys\ndef f():\n    x = []\n    for _ in range(100000): x = [x]\n    return x", "[]", "the result is nested more than 200 deep, or holds itself")]
    public async Task A_wrong_result_is_told_apart_by_its_value(string source, string expected, string reason)
    {
        var report = await sandbox.Run("python", source, Call("f", "[]", expected));
        Assert.Equal((TestStatus.WrongAnswer, reason), (report.Status, report.Reason));
        Assert.Empty(report.Signals);
    }

    [Theory]
    [InlineData("def f(): raise ValueError('bad')", "the program raised ValueError: bad")]
    [InlineData("def f(): raise ValueError(object())", "the program raised ValueError: <object object at 0x…>")]
    [InlineData("x = 1 / 0\ndef f(): pass", "the program raised ZeroDivisionError: division by zero")]
    [InlineData("def g(): pass", "the program has no function 'f'")]
    [InlineData("f = 3", "'f' is not a function")]
    [InlineData("def f(a): pass", "'f' cannot be called with 0 arguments")]
    [InlineData("class E(Exception):\n    def __str__(self): raise self\ndef f(): raise E", "the program raised E")]
    public async Task What_keeps_a_function_from_returning_is_said(string source, string reason)
    {
        var report = await sandbox.Run("python", source, Call("f", "[]", "1"));
        Assert.Equal((TestStatus.RuntimeError, reason), (report.Status, report.Reason));
    }

    [Theory]
    [InlineData("def f(): raise ValueError", "ValueError", TestStatus.Passed)]
    [InlineData("def f(): raise KeyError(1)", "LookupError", TestStatus.Passed)]
    [InlineData("import decimal\ndef f(): return decimal.Decimal('x')", "decimal.InvalidOperation", TestStatus.Passed)]
    [InlineData("class E(ValueError): pass\ndef f(): raise E", "ValueError", TestStatus.Passed)]
    [InlineData("def f(): raise SystemExit", "SystemExit", TestStatus.Passed)]
    [InlineData("def f(): raise KeyError", "ValueError", TestStatus.WrongAnswer)]
    [InlineData("def f(): return 1", "ValueError", TestStatus.WrongAnswer)]
    [InlineData("raise ValueError\ndef f(): pass", "ValueError", TestStatus.RuntimeError)]
    [InlineData("def f(a): pass", "TypeError", TestStatus.RuntimeError)]
    public async Task An_exception_can_be_what_is_asked_for(string source, string type, TestStatus status) =>
        Assert.Equal(status, (await sandbox.Run("python", source, Raising("f", "[]", type))).Status);

    [Fact]
    public async Task Several_results_can_be_accepted()
    {
        var test = new CallTest("f", [Parse("1")]) { Accepted = [Parse("[1, 2]"), Parse("[2, 1]")] };
        Assert.Equal(TestStatus.Passed, (await sandbox.Run("python", "def f(a): return [2, 1]", test)).Status);
        Assert.Equal(
            "the result is [3] where [1, 2] was expected (at [0]), the first of 2 that are accepted",
            (await sandbox.Run("python", "def f(a): return [3]", test)).Reason);
    }

    [Fact]
    public async Task A_checker_leaves_order_and_rounding_open()
    {
        var test = Call("f", "[]", "[[1.0], [2.0]]") with { Checker = new() { Unordered = true, AbsoluteTolerance = 0.01 } };
        Assert.Equal(TestStatus.Passed, (await sandbox.Run("python", "def f(): return [[2.001], [0.999]]", test)).Status);
        Assert.Equal(TestStatus.WrongAnswer, (await sandbox.Run("python", "def f(): return [[2.1], [1.0]]", test)).Status);
    }

    [Fact]
    public async Task What_is_too_costly_to_compare_is_not_right_and_says_so()
    {
        var points = $"[{string.Join(',', Enumerable.Range(0, 5000).Select(number => $"[0.0,{number}.0]"))}]";
        var test = Call("f", "[]", points) with { Checker = new() { Unordered = true, AbsoluteTolerance = 0.01 } };
        var report = await sandbox.Run("python", "def f(): return [[0.0, float(n)] for n in range(4999, -1, -1)]", test);
        Assert.Equal((TestStatus.WrongAnswer, "the result is too costly to compare"), (report.Status, report.Reason));
        Assert.Equal([Signal.Budget], report.Signals.ToArray());
    }

    [Fact]
    public async Task Nodes_of_lists_and_trees_are_made_of_arrays()
    {
        const string Reverse = "# class ListNode:\nclass Solution:\n    def f(self, head: Optional[ListNode]) -> Optional[ListNode]:\n        prev = None\n        while head: head.next, prev, head = prev, head, head.next\n        return prev";
        const string Invert = "class Solution:\n    def f(self, t: 'TreeNode | None') -> 'TreeNode | None':\n        if t: t.left, t.right = self.f(t.right), self.f(t.left)\n        return t";
        const string Merge = "class Solution:\n    def f(self, lists: List[Optional[ListNode]]) -> Optional[ListNode]:\n        all = []\n        for n in lists:\n            while n: all.append(n.val); n = n.next\n        head = None\n        for v in sorted(all, reverse=True): head = ListNode(v, head)\n        return head";
        Assert.Equal("the result is as expected", (await sandbox.Run("python", Reverse, Call("f", "[[1, 2, 3]]", "[3, 2, 1]"))).Reason);
        Assert.Equal("the result is as expected", (await sandbox.Run("python", Reverse, Call("f", "[[]]", "[]"))).Reason);
        Assert.Equal("the result is as expected", (await sandbox.Run("python", Invert, Call("f", "[[4, 2, 7, null, 3]]", "[4, 7, 2, null, null, 3]"))).Reason);
        Assert.Equal("the result is as expected", (await sandbox.Run("python", Merge, Call("f", "[[[1, 4], [], [2]]]", "[1, 2, 4]"))).Reason);
    }

    [Fact]
    public async Task A_large_result_comes_whole_and_one_that_is_too_large_is_over_its_limit()
    {
        var numbers = $"[{string.Join(',', Enumerable.Range(0, 100_000))}]";
        Assert.Equal(TestStatus.Passed, (await sandbox.Run("python", "def f(): return list(range(100_000))", Call("f", "[]", numbers))).Status);
        var report = await sandbox.Run("python", "def f(): return list(range(1_000_000))", Call("f", "[]", "[]"));
        Assert.Equal((TestStatus.OutputLimit, "the result is larger than 1024 KiB"), (report.Status, report.Reason));
    }

    [Fact]
    public async Task An_argument_that_the_language_does_not_have_is_the_task_s_fault()
    {
        var test = Call("f", "[{\"$object\": {\"type\": \"java.util.Date\", \"text\": \"x\"}}]", "1");
        var verdict = await sandbox.Grade("python", "def f(a): return 1", test);
        Assert.Equal((Outcome.Skipped, "test 0: no argument can be made of type java.util.Date"), (verdict.Outcome, verdict.Reason));
    }

    [Fact]
    public void A_test_with_a_value_that_cannot_be_read_is_an_error_of_the_request()
    {
        Assert.Equal([("result", "holds '$x', which is no form of a value")], Call("f", "[]", "{\"$x\": 1}").Errors().ToArray());
        Assert.Equal([("arguments[1]", "holds a set with an element twice")], Call("f", "[0, {\"$set\": [1, 1]}]", "1").Errors().ToArray());
        Assert.Equal([("function", "must be a name, or two with a point between them")], Call("f()", "[]", "1").Errors().ToArray());
    }

    [Fact]
    public void A_result_of_null_is_one_that_is_given()
    {
        var json = System.Text.Json.JsonSerializer.Deserialize<TestCase>("{\"kind\": \"call\", \"function\": \"f\", \"arguments\": [{\"$tuple\": [1]}], \"result\": null}", ItemJson.Options);
        Assert.Empty(json!.Errors());
        Assert.NotEmpty(new CallTest("f", []).Errors());
    }
}
