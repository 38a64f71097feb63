using RewardServer.Grading.Extraction;
using RewardServer.Grading.Graders.Code;
using RewardServer.Grading.Graders.Code.Parsing;
using RewardServer.Sandboxing.Runs;

namespace RewardServer.Grading.Tests.Graders.Code;

public sealed class CompletenessTests(SharedSandbox sandbox)
{
    private CompletenessChecker Checker => new(sandbox.Pool);

    private async Task<CompletenessReport> Check(string language, string source, RunRequest? whole = null)
    {
        sandbox.Need();
        var known = sandbox.Pool.Languages.Single(report => report.Name == language);
        Assert.SkipUnless(known.Available, $"no {language}: {known.Reason}");
        var code = CodeLanguage.All[language];
        var report = await Checker.CheckAsync(code, [new(code.MainFile, source)], whole, TestContext.Current.CancellationToken);
        Assert.SkipWhen(language == "typescript" && report.Fault is not null, $"{report.Fault}");
        Assert.Null(report.Fault);
        Assert.Equal(report.State is Completeness.Complete or Completeness.Unknown, report.Error is null);
        return report;
    }

    [Theory]
    [InlineData("python", "def f(x):\n    '''It\n    is.'''\n    return x\n\nprint(f(1))")]
    [InlineData("python", "")]
    [InlineData("python", "raise SystemExit(3)")]
    [InlineData("python", "# -*- coding: latin-1 -*-\nx = 'é'")]
    [InlineData("c", "#include <stdio.h>\nint main(void) { puts(\"a\"); }")]
    [InlineData("cpp", "#include <vector>\nint main() { std::vector<int> v{1}; return v[0]; }")]
    [InlineData("csharp", "Console.WriteLine(1);")]
    [InlineData("bash", "f() { echo 'a\nb'; }\nf; cat <<EOF\nx\nEOF\n")]
    [InlineData("javascript", "#!/usr/bin/env node\nconst f = (x) => `a ${x}`;\nconsole.log(f(1)); return;")]
    [InlineData("java", "public class Main { public static void main(String[] a) { System.out.println(1); } }")]
    [InlineData("rust", "fn main() { println!(\"a\"); }")]
    [InlineData("go", "package main\nfunc main() { println(1) }\n")]
    [InlineData("typescript", "const x: number = 1;\nconsole.log(x);")]
    public async Task A_whole_program_is_complete(string language, string source) =>
        Assert.Equal(new CompletenessReport(Completeness.Complete), await Check(language, source));

    [Fact]
    public async Task What_a_linker_says_names_no_temporary_file()
    {
        var report = await Check("cpp", "extern int x; int *p = &x; int main() {}");
        Assert.Equal(Completeness.Malformed, report.State);
        Assert.Contains("undefined reference to", report.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("/tmp/", report.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("python", "def f(x):", "main.py, line 1: expected an indented block after function definition on line 1")]
    [InlineData("python", "x = [1, 2,\n# more\n", "main.py, line 1: '[' was never closed")]
    [InlineData("python", "x = ", "main.py, line 1: invalid syntax")]
    [InlineData("python", "print(1)\nfor x in", "main.py, line 2: invalid syntax")]
    [InlineData("python", "def f():\n    '''It", null)]
    [InlineData("python", "print('ab", null)]
    [InlineData("python", "try:\n    f()\n", null)]
    [InlineData("python", "if x", null)]
    [InlineData("python", "x = 1 + \\\n", null)]
    [InlineData("python", "def f(x) -", null)]
    [InlineData("python", "try:\n    f()\nexc", null)]
    [InlineData("python", "from x imp", null)]
    [InlineData("c", "int main(void) { if (1) {\n  return", null)]
    [InlineData("c", "#include <stdio.h>\nint main(void) {\n  puts(\"ab", null)]
    [InlineData("c", "int main(void) {}\n/* and", "main.c, line 2: unterminated comment")]
    [InlineData("cpp", "#include <vector>\nint main() { std::vector<int> v;\n  for (int i = 0; i <", null)]
    [InlineData("cpp", "#include <vector>\nint main() {\n  std::vec", null)]
    [InlineData("cpp", "struct A { int x; };\nint main() { A a; a", null)]
    [InlineData("cpp", "int main() {\n#if 1\n", null)]
    [InlineData("csharp", "class A { void B() {", "main.cs, line 1: CS1513: } expected")]
    [InlineData("csharp", "Console.WriteLine(\"ab", null)]
    [InlineData("bash", "if true; then\n  echo a\n", "main.sh: line 3: syntax error: unexpected end of file")]
    [InlineData("bash", "echo \"ab", null)]
    [InlineData("bash", "cat <<EOF\nab", null)]
    [InlineData("javascript", "function f() { return [1,", "main.js, line 1: Unexpected end of input")]
    [InlineData("javascript", "f();\nconst s = 'ab", null)]
    [InlineData("javascript", "f();\nconsole.log(f(1)", null)]
    [InlineData("javascript", "let s = `ab\n\n", null)]
    [InlineData("javascript", "f(); /* ab\n\n c", null)]
    [InlineData("java", "public class Main { public static void main(String[] a) {\n  System.out.prin", null)]
    [InlineData("java", "public class Main {", null)]
    [InlineData("java", "public class Main {\n  String s = \"ab", null)]
    [InlineData("rust", "fn main() { let v = vec![1, 2", null)]
    [InlineData("rust", "fn main() { println!(\"ab", null)]
    [InlineData("go", "package main\nfunc main() { println(1", null)]
    [InlineData("typescript", "function f(x: number) { return [x,", null)]
    [InlineData("sql", "SELECT 1; /* and", "main.sql: a comment or literal is never closed with */")]
    public async Task A_program_that_breaks_off_is_truncated(string language, string source, string? error)
    {
        var report = await Check(language, source);
        Assert.True(report.State == Completeness.Truncated, report.ToString());
        Assert.Equal(error ?? report.Error, report.Error);
    }

    [Theory]
    [InlineData("python", "x = (1\ny = 2\n")]
    [InlineData("python", "x = 1\n  y = 2")]
    [InlineData("python", "return 1")]
    [InlineData("python", "x z")]
    [InlineData("python", "break")]
    [InlineData("python", "if a:\nb")]
    [InlineData("python", "print 'a'")]
    [InlineData("python", "x = 'ab\ny = 1")]
    [InlineData("python", "(]")]
    [InlineData("python", "x = 1\0")]
    [InlineData("python", "# coding: no-such\nx = 1")]
    [InlineData("python", "# coding: utf-16\nx = 1")]
    [InlineData("python", "Here is the program that you want.")]
    [InlineData("c", "int main(void) { foo(; }\n")]
    [InlineData("c", "int f(void) { return 1; }\n")]
    [InlineData("c", "int main(void) { return x; }\nint g(void) {")]
    [InlineData("cpp", "int main() { std::vector<int> v; }\n")]
    [InlineData("cpp", "int main() { return 0; }\n}\n")]
    [InlineData("csharp", "int x = \"\";")]
    [InlineData("csharp", "class A {}")]
    [InlineData("bash", "if true; then fi")]
    [InlineData("bash", "fi\nif true; then")]
    [InlineData("javascript", "let x = ;\nf(")]
    [InlineData("javascript", "f(1, 2\ng()")]
    [InlineData("javascript", "}")]
    [InlineData("java", "public class Main { int x = \"\"; }")]
    [InlineData("rust", "fn main() { let x: i32 = \"\"; }")]
    [InlineData("go", "package main\nfunc main() { x }\n")]
    [InlineData("typescript", "const x: number = 'a';")]
    public async Task A_program_that_is_wrong_before_its_end_is_malformed(string language, string source)
    {
        var report = await Check(language, source);
        Assert.True(report.State == Completeness.Malformed, report.ToString());
        Assert.InRange(report.Error!.Length, 1, 301);
    }

    [Theory]
    [InlineData("SELECT 1;")]
    [InlineData("SELEC")]
    public async Task Sql_tells_as_it_runs(string source) => Assert.Equal(Completeness.Unknown, (await Check("sql", source)).State);

    // What a parser does on hostile sources is the candidate's doing, and the next program is read as ever.
    [Theory]
    [InlineData("python", "(", 200_000)]
    [InlineData("python", "-", 200_000)]
    [InlineData("python", "a.", 200_000)]
    [InlineData("python", "if 1:\n ", 1_000)]
    [InlineData("python", "\0", 1_000_000)]
    [InlineData("python", "x = 1\n", 160_000)]
    [InlineData("python", "f'{", 1_000)]
    [InlineData("bash", "(", 200_000)]
    [InlineData("bash", "$(", 5_000)]
    [InlineData("javascript", "(", 200_000)]
    [InlineData("javascript", "`${", 100_000)]
    [InlineData("csharp", "(", 200_000)]
    [InlineData("csharp", "[", 200_000)]
    public async Task A_hostile_source_is_no_fault_of_ours(string language, string part, int times)
    {
        await Check(language, string.Concat(Enumerable.Repeat(part, times)));
        Assert.Equal(Completeness.Complete, (await Check(language, language == "csharp" ? "return;" : "")).State);
    }

    [Fact]
    public async Task Overloads_that_a_compiler_cannot_resolve_in_time_are_the_candidates_doing()
    {
        // Each lambda is bound once for each overload, inside of each binding of the one around it.
        const int Depth = 14;
        var nested = string.Concat(Enumerable.Range(0, Depth).Select(n => $"M(x{n} => ")) + "1" + new string(')', Depth);
        var report = await Check("csharp", $$"""
            class A
            {
                static int M(System.Func<int, int> f) => 1;
                static int M(System.Func<string, int> f) => 1;
                static int M(System.Func<double, int> f) => 1;
                static int M(System.Func<A, int> f) => 1;
                static void Main() { var y = {{nested}}; }
            }
            """);
        Assert.Equal(Completeness.Malformed, report.State);
        Assert.Equal("the program could not be compiled within limits", report.Error);
        Assert.True(report.MayDiffer, "a busier machine may come to its limits earlier: such a report is not kept");
        Assert.Equal(Completeness.Complete, (await Check("csharp", "Console.WriteLine(1);")).State);
    }

    [Fact]
    public async Task Functions_that_a_driver_calls_are_checked_with_it()
    {
        static RunRequest With(string source) => new()
        {
            Language = "c",
            Files =
            [
                new("main.c", "#include \"candidate.c\"\nint main(void) { return f(1) - 1; }\n"u8.ToArray()),
                new("candidate.c", System.Text.Encoding.UTF8.GetBytes(source)),
            ],
        };

        async Task<CompletenessReport> Candidate(string source) => await Check("c", source, With(source));
        Assert.Equal(Completeness.Complete, (await Candidate("int f(int x) { return x; }")).State);
        Assert.Equal(Completeness.Truncated, (await Candidate("int f(int x) {\n  return x")).State);
        Assert.Equal(Completeness.Malformed, (await Candidate("int f(int x) { return }\n")).State);
        Assert.Equal(Completeness.Malformed, (await Candidate("int g(int x) { return x; }\n")).State);
    }

    // A text that is cut is truncated, or whole by chance; within a number or a word of two meanings it may seem wrong.
    [Fact]
    public async Task Wherever_a_program_is_cut_it_is_seldom_called_wrong()
    {
        const string Program = """
            from collections import (defaultdict,
                deque)

            class A(B, metaclass=C):
                x: int = 0x1f

                @property
                def f(self, *, y=1) -> int:
                    '''Lines
                    of it.'''
                    if self.x > 1 and y in {1: 2, 3: [4, 5]}:
                        return f"{y!r:>{self.x}} {y}" + 'it'
                    try:
                        with open(y) as g:
                            yield from (a for a in g if a)
                    except (E, F) as e:
                        raise ValueError("a" "b") from None
                    finally:
                        return lambda a, b=1: a if b else self
            while (n := int(input())) and True: n -= 1; print(n)
            print(A().f[1:2, ::3] ** -2 != 5)
            """;
        Assert.Equal(Completeness.Complete, (await Check("python", Program)).State);
        var wrong = new List<string>();
        for (var length = 1; length < Program.Length; length += 5)
        {
            if (await Check("python", Program[..length]) is { State: Completeness.Malformed } report)
            {
                wrong.Add($"{length}: {report.Error}");
            }
        }

        Assert.True(wrong.Count <= 6, string.Join('\n', wrong));
    }

    [Fact]
    public async Task Every_file_of_a_program_is_read()
    {
        sandbox.Need();
        ProgramFile main = new("main.py", "import utils\n");
        async Task<CompletenessReport> Program(string utils) =>
            await Checker.CheckAsync(CodeLanguage.All["python"], [main, new("utils.py", utils), new("words.txt", "x = (")], null, TestContext.Current.CancellationToken);
        Assert.Equal(Completeness.Complete, (await Program("u = 1\n")).State);
        Assert.Equal("utils.py, line 1: '(' was never closed", (await Program("u = (\n")).Error);
    }

    [Fact]
    public async Task Nothing_of_a_program_runs_while_it_is_checked() =>
        Assert.Equal(Completeness.Complete, (await Check("python", "import os\nos.write(3, b'malformed')\nos._exit(1)")).State);
}
