using RewardServer.Grading.Graders;
using RewardServer.Grading.Graders.Code.TestRuns;
using static RewardServer.Grading.Tests.Graders.Code.Calls.CallGrading;

namespace RewardServer.Grading.Tests.Graders.Code.Calls;

public sealed class CppCallTests(SharedSandbox sandbox)
{
    // Each row is a compilation: the first one's parameters and result are of all the types that can cross.
    private const string AllTypes =
        """
        #include <array>
        #include <complex>
        #include <deque>
        #include <map>
        #include <optional>
        #include <set>
        #include <string>
        #include <unordered_map>
        #include <vector>
        #define int long long
        using namespace std;
        typedef tuple<int, bool, char, double, float, string, __int128, unsigned char> Row;
        tuple<Row, map<string, vector<int>>, map<int, char>, set<int>, multiset<int>, vector<bool>, optional<int>, optional<int>, array<int, 2>, complex<double>, vector<double>>
        f(const Row& row, map<string, vector<int>> m, unordered_map<int, char> u, set<int> s, deque<int>& d, vector<bool> b, optional<int> o, array<int, 2> a, complex<double> c, const char* t) {
            m["$" + string(t)] = { 1 };
            return { row, m, { u.begin(), u.end() }, s, multiset<int>(d.begin(), d.end()), b, o, nullopt, a, c, { 0.1, 1e300, 3, 0.0 / 0.0, -1 / 0.0 } };
        }
        signed main() { f({}, {}, {}, {}, *(deque<int>*)0, {}, {}, {}, {}, ""); }
        """;

    private const string Reverse = "class Solution { public: ListNode* f(ListNode* h) { ListNode* p = nullptr; while (h) swap(h->next, p), swap(h, p); return p; } };";

    private const string Mirror =
        "/** struct TreeNode { }; */\nclass Solution { TreeNode* g(TreeNode* t) { if (t) { swap(t->left, t->right); g(t->left); g(t->right); } return t; }\npublic:\n"
        + "TreeNode* f(TreeNode* t) { return g(t); } };";

    [Theory]
    [InlineData(AllTypes, "f",
        "[[-9000000000, true, \"c\", 2, 0.1, \"h\\u00e9\\ud83d\\ude00\", 170141183460469231731687303715884105727, 255], {\"k\": [1]}, {\"7\": \"x\"}, [3, 3, 1], [2, 1, 2], [true, false], null, [5, 6], {\"$complex\": [1, -2]}, \"t\"]",
        "{\"$tuple\": [[-9000000000, true, \"c\", 2.0, 0.1, \"h\\u00e9\\ud83d\\ude00\", 170141183460469231731687303715884105727, 255], {\"$escape\": {\"k\": [1], \"$t\": [1]}}, {\"$dict\": [[7, \"x\"]]}, {\"$set\": [1, 3]}, [1, 2, 2], [true, false], null, null, [5, 6], {\"$complex\": [1.0, -2.0]}, [0.1, 1e300, 3, {\"$float\": \"nan\"}, {\"$float\": \"-inf\"}]]}")]
    [InlineData("int f(const vector<int>& a, int i) { return i == a.size() ? 0 : a[i] + f(a, i + 1); }\nint f(const vector<int>& a) { return f(a, 0); }", "f", "[[1, 2, 3]]", "6")]
    [InlineData("struct Solution { int f(int a, int b = 7) const { return a + b; } };", "f", "[1]", "8")]
    [InlineData("class Other { public: static string f(string_view s) { return string(s) + \"!\"; } };", "Other.f", "[\"a\"]", "\"a!\"")]
    [InlineData("class Solution { public: int g(int x) { return x; } };\nint f(int x) { return Solution().g(x) + 1; }", "f", "[1]", "2")]
    [InlineData("class Solution { public: void f(vector<vector<char>>& m) { reverse(m.begin(), m.end()); } };", "f", "[[[\"a\"], [\"b\"]]]", "[[\"b\"], [\"a\"]]")]
    [InlineData("void f(int *a, int n) { sort(a, a + n); }", "f", "[[3, 1, 2], 3]", "[1, 2, 3]")]
    [InlineData(Reverse, "f", "[[1, 2, 3]]", "[3, 2, 1]")]
    [InlineData(Mirror, "f", "[[4, 2, 7, null, 3]]", "[4, 7, 2, null, null, 3]")]
    [InlineData("auto f = [](int n) { return vector<int>(n, 5); };", "f", "[60000]", null)]
    public async Task A_right_result_passes(string source, string function, string arguments, string? result)
    {
        var report = await sandbox.Run("cpp", source, Call(function, arguments, result ?? $"[{string.Join(',', Enumerable.Repeat(5, 60_000))}]"));
        Assert.Equal((TestStatus.Passed, "the result is as expected"), (report.Status, $"{report.Reason}{report.Stderr}"));
    }

    [Theory]
    [InlineData("int f(int x) { return x; }", TestStatus.WrongAnswer, "the result is 1 where 2 was expected", null)]
    [InlineData("int f(string x) { return 2; }", TestStatus.RuntimeError, "argument 1 is no string", null)]
    [InlineData("int f(int x, int y) { return 2; }", TestStatus.RuntimeError, "the function takes 2 arguments, not 1", null)]
    [InlineData("unique_ptr<int> f(int x) { return {}; }", TestStatus.RuntimeError, "the function returns std::unique_ptr<int, std::default_delete<int> >, which cannot be told", null)]
    [InlineData("struct ListNode { int val; ListNode *next; };\nListNode *f(int x) { auto n = new ListNode{ x }; return n->next = n; }", TestStatus.OutputLimit, "the result is larger than 1024 KiB", null)]
    [InlineData("int g(int x) { return 2; }", TestStatus.CompileError, null, null)]
    [InlineData("int f(int x) { return 2; ", TestStatus.CompileError, null, null)]
    [InlineData("int f(int x) { throw out_of_range(\"far\"); }", TestStatus.RuntimeError, "the program raised std::out_of_range: far", null)]
    [InlineData("int f(int x) { return f(x + 1) + f(x + 2); }", TestStatus.RuntimeError, "the program was ended by signal 11", null)]
    [InlineData("int f(int x) { exit(0); }", TestStatus.EarlyExit, "the program exited before the function had returned", Signal.EarlyExit)]
    [InlineData("struct S { S() { puts(\"2\"); exit(0); } } s;\nint f(int x) { return 1; }", TestStatus.EarlyExit, "the program exited before the function had returned", Signal.EarlyExit)]
    [InlineData("__attribute__((constructor(101))) void c() { for (int i = 3; i < 200; i++) dprintf(i, \"value 0 2\"); _exit(0); }\nint f(int x) { return 1; }", TestStatus.RuntimeError, "the report of the call was forged", Signal.ForgedOutput)]
    [InlineData("extern \"C\" void __libc_start_main() { __builtin_trap(); }\nint f(int x) { return 2; }", TestStatus.RuntimeError, null, null)]
    public async Task What_is_not_right_scores_0(string source, TestStatus status, string? reason, string? signal)
    {
        var report = await sandbox.Run("cpp", source, Call("f", "[1]", "2"));
        Assert.Equal((status, reason ?? report.Reason), (report.Status, report.Reason));
        Assert.Equal(signal is null ? [] : [signal], report.Signals.ToArray());
    }

    [Fact]
    public async Task Names_and_symbols_of_the_candidate_do_not_reach_the_driver()
    {
        // What a driver might use or be made of: none of it is a reason to fail, and none helps to pass.
        const string Source =
            """
            #include <cstdlib>
            #include <new>
            #define return return 0 +
            #define rewardserver_begin x
            #define std sdt
            #define template
            #define T 5
            #define static_cast reinterpret_cast
            extern "C" long write(int, const void *, unsigned long) { abort(); }
            extern "C" void _exit(int) { abort(); }
            extern "C" long syscall(long, ...) { abort(); }
            void *operator new(unsigned long size) { return malloc(size); }
            void operator delete(void *) noexcept { }
            int f(int x) { return x; }
            """;
        Assert.Equal((TestStatus.Passed, ""), Told(await sandbox.Run("cpp", Source, Call("f", "[2]", "2"))));
        Assert.Equal(TestStatus.WrongAnswer, (await sandbox.Run("cpp", Source, Call("f", "[1]", "2"))).Status);
    }

    [Fact]
    public async Task An_exception_can_be_what_is_asked_for()
    {
        const string Source = "struct E : invalid_argument { E() : invalid_argument(\"x\") { } };\nint f(int x) { if (x) throw E(); return 1; }";
        foreach (var type in new[] { "E", "invalid_argument", "std::logic_error" })
        {
            Assert.Equal((TestStatus.Passed, ""), Told(await sandbox.Run("cpp", Source, Raising("f", "[1]", type))));
        }

        Assert.Equal(TestStatus.WrongAnswer, (await sandbox.Run("cpp", Source, Raising("f", "[1]", "runtime_error"))).Status);
        Assert.Equal(TestStatus.WrongAnswer, (await sandbox.Run("cpp", Source, Raising("f", "[0]", "E"))).Status);
    }

    private static (TestStatus, string?) Told(TestReport report) => (report.Status, report.Status == TestStatus.Passed ? "" : report.Reason + report.Stderr);
}
