using RewardServer.Grading.Completions;
using RewardServer.Grading.Graders;
using RewardServer.Grading.Graders.Code.TestRuns;

namespace RewardServer.Grading.Tests.Graders.Code.Checkers;

public sealed class TestlibCheckers(SharedSandbox sandbox)
{
    // One program for all cases, so that it is compiled once; the input says which.
    private static readonly ProgramSource Checker = Programs.Testlib("""
        int main(int argc, char *argv[]) {
            registerTestlibCmd(argc, argv);
            string what = inf.readToken();
            if (what == "ints") {
                int n = inf.readInt(1, 10, "n");
                vector<int> got = ouf.readInts(n, 1, 100, "a");
                vector<int> want = ans.readInts(n);
                for (int i = 0; i < n; i++)
                    if (got[i] != want[i])
                        quitf(_wa, "%d%s numbers differ - expected: '%d', found: '%d'", i + 1, englishEnding(i + 1).c_str(), want[i], got[i]);
                quitf(_ok, "%d numbers", n);
            } else if (what == "double") {
                double want = ans.readDouble(), got = ouf.readDouble();
                if (!doubleCompare(want, got, 1e-6))
                    expectedButFound(_wa, want, got, "delta %.1f", doubleDelta(want, got));
                quit(_ok, "near");
            } else if (what == "long") {
                ouf.readLong(-5LL, 1000000000000LL, "x");
                quit(_ok, "");
            } else if (what == "word") {
                ouf.readWord("[a-c]{1,3}|x(yz)*", "w");
                quit(_ok, "");
            } else if (what == "line") {
                string line = ouf.readLine();
                quitif(line != "a  b", _wa, "line is '%s'", line.c_str());
                quit(_ok, upperCase(compress(line)));
            } else if (what == "points") {
                quitp(ouf.readDouble(0, 1), "for %s", what.c_str());
            } else if (what == "part") {
                quitf(_pc(ouf.readInt()), "in part");
            } else if (what == "ensure") {
                ensuref(false, "no such %s", what.c_str());
            } else if (what == "return") {
                return 0;
            } else if (what == "exit") {
                exit(0);
            } else if (what == "_exit") {
                _exit(0);
            } else if (what == "crash") {
                *(volatile int *)0 = 1;
            } else if (what == "answer") {
                ans.readInt();
                quit(_ok, "");
            }
            quit(_fail, "what?");
        }
        """);

    private Task<(Verdict Verdict, TestReport Test)> Judged(string input, string output, string answer)
    {
        sandbox.NeedCpp();
        return sandbox.Grade($"print({output})", new StdioTest(input, answer, new() { Kind = CheckerKind.Program, Program = Checker }));
    }

    [Theory]
    [InlineData("ints 3", "1, 2, 3", "1 2 3", "the checker accepted it: ok 3 numbers")]
    [InlineData("ints 2", "'1\\r\\n\\t2\\n\\n'", "1 2", "the checker accepted it: ok 2 numbers")]
    [InlineData("double", "'0.30000000000000004'", "0.3", "the checker accepted it: ok near")]
    [InlineData("double", "'+3E-1'", "0.3", "the checker accepted it: ok near")]
    [InlineData("long", "10**12", "", "the checker accepted it: ok")]
    [InlineData("word", "'abc'", "", "the checker accepted it: ok")]
    [InlineData("word", "'xyzyz'", "", "the checker accepted it: ok")]
    [InlineData("line", "'a  b'", "", "the checker accepted it: ok A  B")]
    public async Task What_is_right_is_accepted(string input, string output, string answer, string reason)
    {
        var (_, test) = await Judged(input, output, answer);
        Assert.Equal((TestStatus.Passed, reason), (test.Status, test.Reason));
    }

    [Theory]
    [InlineData("ints 3", "1, 2, 4", "1 2 3", "wrong answer 3rd numbers differ - expected: '3', found: '4'")]
    [InlineData("ints 3", "1, 2", "1 2 3", "wrong output format Unexpected end of file - token expected")]
    [InlineData("ints 3", "1, 2, 3, 4", "1 2 3", "wrong output format Extra information in the output file")]
    [InlineData("ints 1", "101", "1", "wrong answer Integer parameter [name=a] equals to 101, violates the range [1, 100]")]
    [InlineData("ints 1", "'01'", "1", "wrong output format Expected int32, but \"01\" found")]
    [InlineData("ints 1", "'1.0'", "1", "wrong output format Expected int32, but \"1.0\" found")]
    [InlineData("ints 1", "2**31 + 1", "1", "wrong output format Expected int32, but \"2147483649\" found")]
    [InlineData("ints 1", "'1\\0'", "1", "wrong output format Expected int32, but \"1")]
    [InlineData("long", "-6", "", "wrong answer Integer parameter [name=x] equals to -6, violates the range [-5, 1000000000000]")]
    [InlineData("long", "10**30", "", "wrong output format Expected integer, but \"1000000000000000000000000000000\" found")]
    [InlineData("double", "'nan'", "0.3", "wrong output format Expected double, but \"nan\" found")]
    [InlineData("double", "'inf'", "0.3", "wrong output format Expected double, but \"inf\" found")]
    [InlineData("double", "'1e999'", "0.3", "wrong output format Expected double, but \"1e999\" found")]
    [InlineData("double", "'0x1'", "1", "wrong output format Expected double, but \"0x1\" found")]
    [InlineData("double", "0.4", "0.3", "wrong answer delta 0.1: expected '0.3', found '0.4'")]
    [InlineData("word", "'abca'", "", "wrong answer Token parameter [name=w] equals to \"abca\", doesn't correspond to pattern \"[a-c]{1,3}|x(yz)*\"")]
    [InlineData("line", "'a b'", "", "wrong answer line is 'a b'")]
    [InlineData("word", "'x' + 'yz' * 200000 + 'y'", "", "wrong answer Token parameter [name=w] equals to \"xyzyzyz")]
    public async Task What_is_wrong_is_refused_with_its_words(string input, string output, string answer, string reason)
    {
        var (_, test) = await Judged(input, output, answer);
        Assert.Equal(TestStatus.WrongAnswer, test.Status);
        Assert.StartsWith($"the checker refused it: {reason}", test.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("points", "0.5", 0.5, "the checker gave 0.5 of its points: points 0.5 for points")]
    [InlineData("part", "50", 0.25, "the checker gave 0.25 of its points: partially correct (50) in part")]
    public async Task A_part_of_the_points_can_be_given(string input, string output, double score, string reason)
    {
        var (verdict, test) = await Judged(input, output, "");
        Assert.Equal((TestStatus.PartlyRight, score, reason, (double?)score), (test.Status, test.Score, test.Reason, verdict.Score));
    }

    [Theory]
    [InlineData("what", "", "the checker failed: FAIL what?")]
    [InlineData("ensure", "", "the checker failed: FAIL no such ensure")]
    [InlineData("ints 0", "", "the checker failed: FAIL input: Integer parameter [name=n] equals to 0, violates the range [1, 10]")]
    [InlineData("answer", "x", "the checker failed: FAIL answer: Expected int32, but \"x\" found")]
    [InlineData("return", "", "the checker ended with exit code 3 before it gave a verdict")]
    [InlineData("exit", "", "the checker ended with exit code 3 before it gave a verdict")]
    [InlineData("_exit", "", "the checker ended with exit code 0 before it gave a verdict")]
    [InlineData("crash", "", "the checker was ended by signal 11")]
    public async Task A_broken_one_makes_the_item_failed(string input, string answer, string reason)
    {
        var (verdict, test) = await Judged(input, "1", answer);
        Assert.Equal((Outcome.Failed, TestStatus.Fault, reason), (verdict.Outcome, test.Status, test.Reason));
    }

    [Theory]
    [InlineData("int main() {", TestStatus.Fault, "the checker does not compile")]
    [InlineData("int main() { return 0; }", TestStatus.Passed, "the checker accepted it")]
    [InlineData("int main() { return 1; }", TestStatus.WrongAnswer, "the checker refused it")]
    public async Task Without_testlib_the_exit_code_alone_counts(string source, TestStatus status, string reason)
    {
        sandbox.NeedCpp();
        var (_, test) = await sandbox.Grade("print(1)", new StdioTest("", "", new() { Kind = CheckerKind.Program, Program = new("cpp", source) }));
        Assert.Equal((status, reason), (test.Status, test.Reason));
    }
}
