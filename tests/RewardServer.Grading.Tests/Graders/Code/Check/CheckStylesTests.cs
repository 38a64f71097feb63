using RewardServer.Grading.Completions;
using RewardServer.Grading.Graders;
using RewardServer.Grading.Graders.Code;

namespace RewardServer.Grading.Tests.Graders.Code.Check;

public sealed class CheckStylesTests(SharedSandbox sandbox)
{
    private const string Right = "def f(x):\n    if x < 0: raise ValueError('negative')\n    return x * x";
    private const string Cases = """
        import unittest
        from solution import f

        class Cases(unittest.TestCase):
            def test_value(self):
                self.assertEqual(f(3), 9)
                for x in range(3):
                    with self.subTest(x=x):
                        self.assertEqual(f(x), x * x)

            def test_error(self):
                with self.assertRaisesRegex(ValueError, "neg"):
                    f(-1)
        """;

    private const string Functions = """
        import pytest
        from candidate import f

        @pytest.fixture
        def three(): return 3

        def test_value(three): assert f(three) == pytest.approx(9)

        @pytest.mark.parametrize("x", [1, 2])
        def test_each(x): assert f(x) == x * x

        class TestErrors:
            def test_error(self):
                with pytest.raises(ValueError, match="neg"):
                    f(-1)
        """;

    [Fact]
    public async Task The_entry_point_is_handed_to_check()
    {
        var check = new CheckTest("def check(candidate):\n    assert candidate(3) == 9", EntryPoint: "f");
        Assert.Equal(1, (await Grade(Right, check)).Score);
        Assert.Equal("0 of 1 tests passed; test 0: an assertion of the check failed", (await Grade("def f(x): return x", check)).Reason);
    }

    [Theory]
    [InlineData("def chek(c):\n    assert c(3) == 9", "the test defines no check, and checks nothing without one")]
    [InlineData("METADATA = {}", "the test defines no check, and checks nothing without one")]
    [InlineData("import random\nrandom.seed(0)\nclass T:\n    def test(self): assert f(3) == 9", "the test defines no check, and checks nothing without one")]
    [InlineData("def check(c):\n    yield\n    assert c(3) == 9", "the test's check is a generator or a coroutine: called, it runs nothing")]
    [InlineData("async def check(c):\n    assert c(3) == 9", "the test's check is a generator or a coroutine: called, it runs nothing")]
    public async Task A_check_that_would_never_run_is_skipped_whatever_the_program(string harness, string reason)
    {
        foreach (var source in (string[])[Right, "def f(x): return 0", "def check(c): pass\ndef f(x): return 0", "import os\nos._exit(0)"])
        {
            Assert.Equal((Outcome.Skipped, $"test 0: {reason}"), Summary(await Grade(source, new CheckTest(harness, EntryPoint: "f"))));
        }
    }

    [Theory]
    [InlineData("assert f(3) == 9", null)]
    [InlineData("for x in range(4):\n    assert f(x) == x * x", null)]
    [InlineData("def test():\n    assert f(3) == 9\n\nif __name__ == '__main__':\n    test()", null)]
    [InlineData("from candidate import f as g\nvalue = [0, 1][g(3) == 9] or 1 / 0", null)]
    [InlineData("METADATA = {}", "def check(c): assert c(3) == 9")]
    public async Task A_check_with_an_entry_point_need_not_be_a_function_of_that_name(string harness, string? prelude)
    {
        var check = new CheckTest(harness, prelude, EntryPoint: "f");
        Assert.Equal(1, (await Grade(Right, check)).Score);
        Assert.Equal(0, (await Grade("def check(c): pass\ndef f(x): return 0", check)).Score);
    }

    [Fact]
    public async Task A_prelude_stands_in_the_checks_process()
    {
        var check = new CheckTest("assert same(f(3), 9)", Prelude: "def same(a, b): return a == b");
        Assert.Equal(1, (await Grade(Right, check)).Score);
        Assert.Equal(0, (await Grade("def same(a, b): return True\ndef f(x): return x", check)).Score);
        Assert.Equal("test 0: the check's prelude does not run", (await Grade(Right, check with { Prelude = "1 / 0" })).Reason);
    }

    [Theory]
    [InlineData(Right, true)]
    [InlineData("def f(x): return x * x", false)]
    [InlineData("def f(x): return 9", false)]
    [InlineData("import unittest\ndef f(x): raise unittest.SkipTest('no')", false)]
    [InlineData("import unittest\nunittest.TestCase.run = lambda *a: None\ndef f(x): return 0", false)]
    public async Task Test_cases_are_run_by_unittest(string source, bool passes)
    {
        foreach (var check in new[] { new CheckTest(Cases, Style: CheckStyle.Unittest), new CheckTest(Cases + "\nif __name__ == '__main__':\n    unittest.main()") })
        {
            Assert.Equal(passes ? 1 : 0, (await Grade(source, check)).Score);
        }
    }

    [Fact]
    public async Task Tests_that_are_skipped_do_not_pass()
    {
        var check = new CheckTest("import unittest\nclass T(unittest.TestCase):\n    @unittest.skip('')\n    def test_it(self): pass", Style: CheckStyle.Unittest);
        Assert.Equal((0.0, "0 of 1 tests passed; test 0: no test of the check ran"), ((await Grade(Right, check)).Score!.Value, (await Grade(Right, check)).Reason));
    }

    [Theory]
    [InlineData(CheckStyle.Unittest)]
    [InlineData(CheckStyle.Pytest)]
    public async Task A_check_without_a_test_is_skipped(CheckStyle style) =>
        Assert.Equal((Outcome.Skipped, "test 0: the check holds no test"), Summary(await Grade(Right, new CheckTest("assert f(3) == 9", Style: style))));

    [Fact]
    public async Task Functions_and_classes_are_run_by_pytest()
    {
        var check = new CheckTest(Functions, Style: CheckStyle.Pytest);
        var verdict = await Grade(Right, check);
        if (verdict.Outcome == Outcome.Skipped)
        {
            Assert.Equal("test 0: pytest is not installed where Python programs run", verdict.Reason);
            Assert.Skip(verdict.Reason);
        }

        Assert.Equal(1, verdict.Score);
        Assert.Equal("0 of 1 tests passed; test 0: an assertion of the check failed", (await Grade("def f(x): return x", check)).Reason);
        Assert.Contains(Signal.EarlyExit, (await Grade("import sys\ndef f(x): sys.exit(0)", check)).Signals);
        Assert.Equal(0, (await Grade("open('conftest.py', 'w').write('import os; os._exit(0)')\ndef f(x): return 0", check)).Score);
    }

    [Theory]
    [InlineData(Right)]
    [InlineData("import ortools\ndef f(x): return x")]
    [InlineData("import os\nos._exit(0)")]
    [InlineData("raise ModuleNotFoundError('ortools')")]
    public async Task A_check_that_imports_a_package_that_is_not_installed_is_skipped_whatever_the_program(string source)
    {
        foreach (var check in (string[])["import json\nfrom ortools.sat import x\nassert f(3) == 9", "import ortools as o\nassert f(3) == 9"])
        {
            Assert.Equal((Outcome.Skipped, "test 0: the check imports ortools, which is not installed where Python programs run"), Summary(await Grade(source, new(check))));
        }
    }

    [Theory]
    [InlineData("try:\n    import ortools\nexcept ImportError:\n    pass\nassert f(3) == 9")]
    [InlineData("def unused():\n    import ortools\nassert f(3) == 9")]
    [InlineData("import sys, types\nsys.modules['ortools'] = types.ModuleType('ortools')\nimport ortools\nassert f(3) == 9")]
    [InlineData("text = 'import ortools'\nassert f(3) == 9")]
    public async Task A_check_that_can_do_without_a_package_is_run(string check) =>
        Assert.Equal(1, (await Grade(Right, new(check))).Score);

    [Theory]
    [InlineData("import sys\nsys.path.clear()\nsys.modules.clear()\ndef f(x): return 0")]
    [InlineData("def f(x): raise ModuleNotFoundError(\"No module named 'ortools'\", name='ortools')")]
    [InlineData("import ortools\ndef f(x): return 9")]
    [InlineData("import os\nos.write(3, b'no package ortools\\nseparate\\n')\nos._exit(0)")]
    [InlineData("import sys, types\nsys.modules['json'] = None\nimport importlib.util\nimportlib.util.find_spec = lambda name: None\ndef f(x): return 0")]
    public async Task No_program_is_skipped_for_what_it_does_to_modules(string source)
    {
        foreach (var check in (string[])["import json\nassert f(3) == 9", "import json\nassert f(3) == 9\ninput_ = globals()['f']"])
        {
            Assert.Equal((Outcome.Scored, 0.0), ((await Grade(source, new(check))).Outcome, (await Grade(source, new(check))).Score));
        }
    }

    [Fact]
    public async Task A_module_that_a_program_might_have_brought_is_the_program_s_to_bring() =>
        Assert.Equal((Outcome.Scored, 0.0), ((await Grade(Right, new("from helpers_of_the_task import g\nassert f(3) == 9"))).Outcome, (await Grade(Right, new("import helpers_of_the_task"))).Score));

    private static (Outcome Outcome, string Reason) Summary(Verdict verdict) => (verdict.Outcome, verdict.Reason);

    private async Task<Verdict> Grade(string source, CheckTest check)
    {
        sandbox.Need();
        var item = Items.Code(source, check);
        return await new CodeGrader(new(), new(), sandbox.Pool).GradeAsync(item, (CodeTask)item.Task, TestContext.Current.CancellationToken);
    }
}
