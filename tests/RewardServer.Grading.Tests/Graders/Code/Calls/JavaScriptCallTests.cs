using RewardServer.Grading.Graders;
using RewardServer.Grading.Graders.Code.TestRuns;
using static RewardServer.Grading.Tests.Graders.Code.Calls.CallGrading;

namespace RewardServer.Grading.Tests.Graders.Code.Calls;

public sealed class JavaScriptCallTests(SharedSandbox sandbox)
{
    [Theory]
    [InlineData("function f(a, b) { return a + b } // end", "f", "[1, 2]", "3")]
    [InlineData("const f = (a, b) => a / b", "f", "[1, 2]", "0.5")]
    [InlineData("var f = function(nums, target) { return nums.indexOf(target) };", "f", "[[3, 4], 4]", "1")]
    [InlineData("class Solution { f(a) { return this.g(a) } g(a) { return [a, a] } }", "f", "[1]", "{\"$tuple\": [1, 1.0]}")]
    [InlineData("class A { static f(a) { return a } }", "A.f", "[1]", "1")]
    [InlineData("module.exports = { f: (a) => a }", "f", "[\"\\ud800\"]", "\"\\ud800\"")]
    [InlineData("import { readFileSync } from 'fs'\nexport const f = (a) => a", "f", "[1]", "1")]
    [InlineData("async function f() { await null; return new Set([1]) }", "f", "[]", "{\"$set\": [1]}")]
    [InlineData("const f = (n) => n + 1n", "f", "[99999999999999999999]", "100000000000000000000")]
    [InlineData("const f = () => [undefined, NaN, -Infinity, -0, { a: undefined, $b: 1 }, new Map([[1, 2]])]", "f", "[]", "[null, {\"$float\": \"nan\"}, {\"$float\": \"-inf\"}, 0, {\"$escape\": {\"$b\": 1}}, {\"$dict\": [[1, 2]]}]")]
    [InlineData("/**\n * @param {ListNode} head\n * @return {ListNode}\n */\nvar f = function(head) { let p = null; while (head) { const n = head.next; head.next = p; p = head; head = n } return p };", "f", "[[1, 2, 3]]", "[3, 2, 1]")]
    [InlineData("/**\n * @param {TreeNode} t\n * @return {TreeNode}\n */\nvar f = function(t) { if (t) [t.left, t.right] = [f(t.right), f(t.left)]; return t };", "f", "[[4, 2, 7, null, 3]]", "[4, 7, 2, null, null, 3]")]
    public async Task A_right_result_passes(string source, string function, string arguments, string result)
    {
        var report = await sandbox.Run("javascript", source, Call(function, arguments, result));
        Assert.Equal((TestStatus.Passed, "the result is as expected"), (report.Status, $"{report.Reason}{report.Stderr}"));
    }

    [Theory]
    [InlineData("const f = () => [1, 2]", TestStatus.WrongAnswer, "the result is [1, 2] where [1, 3] was expected (at [1])", null)]
    [InlineData("const f = () => () => 1", TestStatus.WrongAnswer, "the result is a function, which is no value that can be compared", null)]
    [InlineData("class P {}\nconst f = () => [new P()]", TestStatus.WrongAnswer, "the result holds an instance of P, which is no value that can be compared", null)]
    [InlineData("const f = () => { const a = []; a.push(a); return a }", TestStatus.WrongAnswer, "the result is nested more than 200 deep, or holds itself", null)]
    [InlineData("const f = () => new Promise(() => {})", TestStatus.WrongAnswer, "the promise that the function gave is never settled", null)]
    [InlineData("const f = () => { throw new RangeError('far') }", TestStatus.RuntimeError, "the program raised RangeError: far", null)]
    [InlineData("const f = async () => { throw 'text' }", TestStatus.RuntimeError, "the program raised String: text", null)]
    [InlineData("const g = 1", TestStatus.RuntimeError, "the program has no function 'f'", null)]
    [InlineData("const f = () => Array(1000000).fill(123456789)", TestStatus.OutputLimit, "the result is larger than 1024 KiB", null)]
    [InlineData("const f = () => process.exit(0)", TestStatus.EarlyExit, "the program exited before the function had returned", Signal.EarlyExit)]
    [InlineData("process.exit()", TestStatus.EarlyExit, "the program exited before the function had returned", Signal.EarlyExit)]
    [InlineData("require('fs').writeSync(3, 'value 00 [1,3]'); process.exit()", TestStatus.RuntimeError, "the report of the call was forged", Signal.ForgedOutput)]
    [InlineData("require('fs').writeSync(3, 'x'); const f = () => [1, 3]", TestStatus.RuntimeError, "the report of the call was forged", Signal.ForgedOutput)]
    [InlineData("Array.prototype.toJSON = Object.prototype.toJSON = () => [1, 3]; JSON.stringify = () => '[1,3]'; const f = () => [1]", TestStatus.WrongAnswer, "the result is [1] where [1, 3] was expected", null)]
    [InlineData("Object.prototype.then = (done) => done([1, 3]); Promise.prototype.then = null; const f = () => [1]", TestStatus.WrongAnswer, "the result is [1] where [1, 3] was expected", null)]
    [InlineData("const f = () => ({ length: 2, toJSON: () => [1, 3], valueOf: () => 1 })", TestStatus.WrongAnswer, "the result holds a function, which is no value that can be compared", null)]
    public async Task What_is_not_right_scores_0(string source, TestStatus status, string reason, string? signal)
    {
        var report = await sandbox.Run("javascript", source, Call("f", "[]", "[1, 3]"));
        Assert.Equal((status, reason), (report.Status, report.Reason));
        Assert.Equal(signal is null ? [] : [signal], report.Signals.ToArray());
    }

    [Fact]
    public async Task An_exception_can_be_what_is_asked_for()
    {
        Assert.Equal(TestStatus.Passed, (await sandbox.Run("javascript", "class E extends TypeError {}\nconst f = () => { throw new E() }", Raising("f", "[]", "TypeError"))).Status);
        Assert.Equal(TestStatus.WrongAnswer, (await sandbox.Run("javascript", "const f = () => 1", Raising("f", "[]", "TypeError"))).Status);
    }

    [Theory]
    [InlineData("function f(a: number, b: number): number { return a + b }", "[1, 2]", "3", TestStatus.Passed)]
    [InlineData("export const f = (a: Map<number, string>) => a.get(1)", "[{\"$dict\": [[1, \"x\"]]}]", "\"x\"", TestStatus.Passed)]
    [InlineData("const name = 'x'\nclass Solution { f(): string { return name } }", "[]", "\"x\"", TestStatus.Passed)]
    [InlineData("function f(head: ListNode | null, k: number): ListNode | null { return head ? new ListNode(k, head) : null }", "[[2], 1]", "[1, 2]", TestStatus.Passed)]
    [InlineData("function f(a: number): string { return a }", "[1]", "1", TestStatus.CompileError)]
    [InlineData("function f(): number { throw new Error('x') }", "[]", "1", TestStatus.RuntimeError)]
    public async Task TypeScript_is_called_once_it_is_compiled(string source, string arguments, string result, TestStatus status)
    {
        var report = await sandbox.Run("typescript", source, Call("f", arguments, result));
        Assert.True(status == report.Status, $"{report.Status}: {report.Reason}{report.Stderr}");
    }
}
