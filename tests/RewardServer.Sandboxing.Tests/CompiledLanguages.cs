using System.Text;
using RewardServer.Sandboxing.Runs;

namespace RewardServer.Sandboxing.Tests;

/// <summary>Languages that every machine of ours has; others are tried where they are.</summary>
public abstract class CompiledLanguages(RunningSandbox sandbox)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private async Task<RunResult> Run(string language, string code, Func<ResourceLimits, ResourceLimits>? limits = null, string stdin = "")
    {
        var report = sandbox.Pool.Languages.First(report => report.Name == language);
        Assert.True(report.Available, $"{report.Reason} {report.Remedy}");
        return await sandbox.Pool.RunAsync(Request(language, code) with { Limits = (limits ?? (same => same))(ResourceLimits.Default), Stdin = Encoding.UTF8.GetBytes(stdin) }, Token);
    }

    private static RunRequest Request(string language, string code) => new()
    {
        Language = language,
        Files = [new SandboxFile(MainFile(language), Encoding.UTF8.GetBytes(code))],
    };

    private static string MainFile(string language) => language switch
    {
        "csharp" => "main.cs",
        "java" => "Main.java",
        "javascript" => "main.js",
        "typescript" => "main.ts",
        "rust" => "main.rs",
        "bash" => "main.sh",
        "python" => "main.py",
        _ => "main." + language,
    };

    [Theory]
    [InlineData("c", "#include <stdio.h>\nint main(void) { int a, b; if (scanf(\"%d %d\", &a, &b) == 2) printf(\"%d\\n\", a + b); return 0; }")]
    [InlineData("cpp", "#include <iostream>\nint main() { int a, b; std::cin >> a >> b; std::cout << a + b << std::endl; }")]
    [InlineData("csharp", "Console.WriteLine(Console.In.ReadToEnd().Split().Where(t => t.Length > 0).Sum(int.Parse));")]
    [InlineData("bash", "read a b; echo $((a + b))")]
    [InlineData("python", "print(sum(map(int, input().split())))")]
    public async Task A_program_reads_and_prints(string language, string code)
    {
        var result = await Run(language, code, stdin: "19 23\n");
        Assert.True(result.Status == RunStatus.Ok && result.Out() == "42\n", result.Told() + Words(result));
    }

    [Fact]
    public async Task Other_languages_that_are_here_print_too()
    {
        var programs = new Dictionary<string, string>
        {
            ["javascript"] = "console.log(42)",
            ["typescript"] = "const x: number = 42; console.log(x);",
            ["java"] = "public class Main { public static void main(String[] a) { System.out.println(42); } }",
            ["go"] = "package main\nimport \"fmt\"\nfunc main() { fmt.Println(42) }",
            ["rust"] = "fn main() { println!(\"{}\", 42); }",
            ["sql"] = "select 6 * 7;",
        };
        foreach (var language in sandbox.Pool.Languages.Where(one => one.Available && programs.ContainsKey(one.Name)).Select(one => one.Name))
        {
            var result = await Run(language, programs[language], limits => limits with { MemoryMb = 1024, Processes = 128 });
            Assert.True(result.Status == RunStatus.Ok && result.Out() == "42\n", language + result.Told() + Words(result));
        }
    }

    [Theory]
    [InlineData("c", "int main(void) { return undeclared; }", "undeclared")]
    [InlineData("cpp", "int main() { return std::nothing; }", "std")]
    [InlineData("csharp", "int x = \"text\";", "CS0029")]
    public async Task What_does_not_compile_says_so(string language, string code, string word)
    {
        var result = await Run(language, code);
        Assert.True(result.Status == RunStatus.CompileError, result.Told());
        Assert.Contains(word, Words(result), StringComparison.Ordinal);
        Assert.Contains("main.", Words(result), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("c", "int main(void) { return 3; }", 3)]
    [InlineData("cpp", "#include <cstdlib>\nint main() { std::exit(3); }", 3)]
    [InlineData("csharp", "return 3;", 3)]
    [InlineData("bash", "exit 3", 3)]
    public async Task An_exit_code_comes_back(string language, string code, int expected)
    {
        var result = await Run(language, code);
        Assert.Equal((RunStatus.NonZeroExit, expected), (result.Status, result.ExitCode));
    }

    [Theory]
    [InlineData("c", "int main(void) { *(volatile int *)0 = 1; }", 11)]
    [InlineData("cpp", "#include <cstdlib>\nint main() { std::abort(); }", 6)]
    [InlineData("csharp", "throw new Exception(\"x\");", 6)]
    public async Task A_crash_names_its_signal(string language, string code, int signal)
    {
        var result = await Run(language, code);
        Assert.True(result.Status == RunStatus.Signal && result.Signal == signal, result.Told());
    }

    [Theory]
    [InlineData("c", "int main(void) { for (volatile int i = 0;; i++); }", "CpuTimeLimit")]
    [InlineData("csharp", "while (true) { }", "CpuTimeLimit")]
    [InlineData("c", "#include <unistd.h>\nint main(void) { for (;;) pause(); }", "WallTimeLimit")]
    [InlineData("csharp", "Thread.Sleep(100000);", "WallTimeLimit")]
    [InlineData("cpp", "#include <vector>\n#include <cstring>\nint main() { for (;;) { char *p = new char[1 << 20]; std::memset(p, 1, 1 << 20); } }", "MemoryLimit")]
    [InlineData("c", "#include <stdio.h>\nint main(void) { for (int i = 0; i < 100000; i++) puts(\"flood flood flood flood flood flood flood flood\"); }", "OutputLimit")]
    [InlineData("bash", ":(){ :|:& };:; while :; do :; done", "ProcessLimit CpuTimeLimit WallTimeLimit")]
    public async Task A_limit_is_told_by_its_name(string language, string code, string mayEnd)
    {
        var result = await Run(language, code, limits => limits with { CpuSeconds = 1, WallSeconds = 3, MemoryMb = 200 });
        Assert.True(mayEnd.Split(' ').Contains(result.Status.ToString()), result.Told() + Words(result));
    }

    [Theory]
    [InlineData("cpp", "template <int N> struct X { static const int value = X<N + 1>::value + X<N + 2>::value; }; int main() { return X<0>::value; }")]
    [InlineData("c", "char big[2000000000] = { 1 }; int main(void) { return 0; }")]
    [InlineData("c", "#include \"main.c\"\n#include \"main.c\"\n")]
    [InlineData("csharp", "#load \"/etc/passwd\"\n")]
    public async Task A_program_that_bombs_its_compiler_does_not_compile(string language, string code)
    {
        var result = await Run(language, code);
        Assert.True(result.Status == RunStatus.CompileError, result.Told() + Words(result));
        Assert.Equal(RunStatus.Ok, (await Run(language, language == "csharp" ? "Console.Write(1);" : "int main() { return 0; }")).Status);
    }

    [Fact]
    public async Task A_program_is_compiled_once_for_all_its_runs()
    {
        var request = Request("c", $"/* {Guid.NewGuid()} */ #include <stdio.h>\nint main(void) {{ char s[9]; if (fgets(s, 9, stdin)) fputs(s, stdout); return 0; }}".Replace("*/ #", "*/\n#", StringComparison.Ordinal));
        Assert.True(sandbox.Pool.Languages.First(one => one.Name == "c").Available);
        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => sandbox.Pool.RunAsync(request with { Stdin = Encoding.UTF8.GetBytes($"{i}") }, Token)));
        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"{i}"), results.Select(one => one.Out()));
        Assert.Single(results.Select(one => one.Compilation!.Run.WallSeconds).Distinct());
    }

    [Fact]
    public async Task A_compiler_sees_the_files_beside_the_program()
    {
        var result = await sandbox.Pool.RunAsync(
            Request("c", "#include \"sub/answer.h\"\n#include <stdio.h>\nint main(void) { FILE *f = fopen(\"data.txt\", \"r\"); char s[9]; return fgets(s, 9, f) ? printf(\"%d %s\", ANSWER, s) < 0 : 1; }") with
            {
                Files =
                [
                    new("main.c", "#include \"sub/answer.h\"\n#include <stdio.h>\nint main(void) { FILE *f = fopen(\"data.txt\", \"r\"); char s[9]; return fgets(s, 9, f) ? printf(\"%d %s\", ANSWER, s) < 0 : 1; }"u8.ToArray()),
                    new("sub/answer.h", "#define ANSWER 42"u8.ToArray()),
                    new("data.txt", "data"u8.ToArray()),
                ],
            },
            Token);
        Assert.True(result.Out() == "42 data", result.Told() + Words(result));
    }

    [Theory]
    [InlineData(".system echo started")]
    [InlineData(".shell echo started")]
    [InlineData(".open kept.db")]
    [InlineData(".read /etc/passwd")]
    [InlineData(".once |cat")]
    [InlineData(".import '|echo started' lines")]
    [InlineData("select readfile('/etc/passwd');")]
    [InlineData("attach 'kept.db' as kept;")]
    public async Task Sql_starts_nothing_and_opens_no_files(string command)
    {
        Assert.SkipUnless(sandbox.Pool.Languages.Any(one => one is { Name: "sql", Available: true }), "there is no SQL here");
        var result = await Run("sql", $".mode list\nselect 6 * 7;\n{command}\nselect 'went on';\n");
        Assert.True(result.Status == RunStatus.NonZeroExit && result.Out() == "42\n", result.Told() + Words(result));
        Assert.Contains("safe mode", Encoding.UTF8.GetString(result.Stderr.Span), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sql_is_available_with_a_safe_mode_alone()
    {
        Assert.SkipUnless(sandbox.Pool.Languages.Any(one => one is { Name: "sql", Available: true }), "there is no SQL here");
        var result = await Run("sql", "select sqlite_version();");
        Assert.True(Version.Parse(result.Out().Trim()) >= new Version(3, 37), result.Told() + Words(result));
    }

    [Fact]
    public async Task Sql_reads_no_settings_of_the_program()
    {
        Assert.SkipUnless(sandbox.Pool.Languages.Any(one => one is { Name: "sql", Available: true }), "there is no SQL here");
        var request = Request("sql", "select 6 * 7;");
        var result = await sandbox.Pool.RunAsync(request with { Files = request.Files.Add(new(".sqliterc", ".system echo started\n"u8.ToArray())) }, Token);
        Assert.True(result.Status == RunStatus.Ok && result.Out() == "42\n", result.Told());
    }

    private static string Words(RunResult result) =>
        result.Compilation is { } compilation ? $"\ncompiler: {compilation.Run.Status} {Encoding.UTF8.GetString(compilation.Run.Stderr.Span)}" : "";
}

public sealed class CompiledLanguagesLocally(LocalSandbox sandbox) : CompiledLanguages(sandbox), IClassFixture<LocalSandbox>;

public sealed class CompiledLanguagesInContainers(ContainerSandbox sandbox) : CompiledLanguages(sandbox), IClassFixture<ContainerSandbox>;
