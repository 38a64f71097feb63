using System.Collections.Immutable;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Graders;
using RewardServer.Grading.Graders.Code.TestRuns;

namespace RewardServer.Grading.Tests.Graders.Code.Files;

public sealed class FilesInAndOut(SharedSandbox sandbox)
{
    private static readonly TextOrBytes NoText = new(new byte[] { 0xff, 0, 0xfe });

    private static ImmutableDictionary<string, TextOrBytes> Of(params (string Path, TextOrBytes Content)[] files) =>
        files.ToImmutableDictionary(file => file.Path, file => file.Content);

    private static FilesTest Sum { get; } = new(Of(("in/numbers.txt", "1 2 3\n")), Of(("out.txt", "6\n")));

    private async Task<(TestStatus, string)> Judged(string source, FilesTest test, TestLimits? limits = null)
    {
        var (_, report) = await sandbox.Grade(source, test, limits);
        return (report.Status, report.Reason);
    }

    [Fact]
    public async Task A_program_finds_files_and_leaves_files() =>
        Assert.Equal((TestStatus.Passed, "the files are as expected"), await Judged("open('out.txt', 'w').write(str(sum(map(int, open('in/numbers.txt').read().split()))))", Sum));

    [Theory]
    [InlineData("open('out.txt', 'w').write('7')", "line 1 of the file 'out.txt' is '7' where '6' was expected")]
    [InlineData("print(6)", "the program left no file 'out.txt' (a folder or a link is none)")]
    [InlineData("import os\nos.mkdir('out.txt')", "the program left no file 'out.txt' (a folder or a link is none)")]
    [InlineData("import os\nos.symlink('in/numbers.txt', 'out.txt')", "the program left no file 'out.txt' (a folder or a link is none)")]
    [InlineData("import os\nos.symlink('/etc/passwd', 'out.txt')", "the program left no file 'out.txt' (a folder or a link is none)")]
    [InlineData("import os\nos.mkfifo('out.txt')", "the program left no file 'out.txt' (a folder or a link is none)")]
    public async Task What_is_not_there_or_not_right_is_a_wrong_answer(string source, string reason) =>
        Assert.Equal((TestStatus.WrongAnswer, reason), await Judged(source, Sum));

    [Fact]
    public async Task A_file_larger_than_the_limit_ends_the_program() =>
        Assert.Equal(TestStatus.RuntimeError, (await Judged("open('out.txt', 'w').write('6' * 10**6)", Sum, new(OutputKb: 64))).Item1);

    [Fact]
    public async Task Expected_contents_stand_in_no_file()
    {
        var source = "import os\nfound = [os.path.join(f, n) for f, _, ns in os.walk('.') for n in ns]\nopen('out.txt', 'w').write(' '.join(sorted(found)))";
        Assert.Equal(TestStatus.Passed, (await Judged(source, Sum with { Outputs = Of(("out.txt", "./in/numbers.txt ./main.py")) })).Item1);
    }

    [Fact]
    public async Task Bytes_that_are_no_text_must_be_equal()
    {
        var test = new FilesTest(Of(("in", NoText)), Of(("a/b/out", NoText)));
        Assert.Equal(TestStatus.Passed, (await Judged("import os, shutil\nos.makedirs('a/b')\nshutil.copy('in', 'a/b/out')", test)).Item1);
        Assert.Equal((TestStatus.WrongAnswer, "the file 'a/b/out' differs at byte 4 (line 1): '\n' where its end was expected"),
            await Judged("import os\nos.makedirs('a/b')\nopen('a/b/out', 'wb').write(open('in', 'rb').read() + b'\\n')", test));
    }

    [Fact]
    public async Task What_is_printed_counts_where_it_is_given()
    {
        var test = new FilesTest(Of(), Of(("o", "1")), Stdin: "x", Stdout: "x");
        Assert.Equal(TestStatus.Passed, (await Judged("open('o', 'w').write('1')\nprint(input())", test)).Item1);
        Assert.Equal((TestStatus.WrongAnswer, "line 1 of the output is 'y' where 'x' was expected"), await Judged("open('o', 'w').write('1')\nprint('y')", test));
    }

    [Fact]
    public async Task A_checker_judges_each_file()
    {
        var tolerant = Sum with { Checker = new() { AbsoluteTolerance = 0.1 } };
        Assert.Equal(TestStatus.Passed, (await Judged("open('out.txt', 'w').write('6.05')", tolerant)).Item1);
        var program = new Checker { Kind = CheckerKind.Program, Program = Programs.Python("def check(i, output, a): return float(output) / 12") };
        Assert.Equal((TestStatus.PartlyRight, "the checker gave 0.5 of its points"), await Judged("open('out.txt', 'w').write('6')", Sum with { Checker = program }));
    }

    [Theory]
    [InlineData("/etc/passwd")]
    [InlineData("../x")]
    [InlineData("a//b")]
    [InlineData("a/./b")]
    [InlineData("")]
    [InlineData("a\0b")]
    [InlineData("main.py")]
    [InlineData("main")]
    [InlineData("Main.java")]
    [InlineData("candidate.py")]
    [InlineData("conftest.py")]
    [InlineData("sitecustomize.py")]
    [InlineData("usercustomize/__init__.py")]
    [InlineData("x.pth")]
    public void A_path_that_leaves_the_folder_or_takes_over_is_refused(string path)
    {
        var error = Assert.Single(new CodeTask("python", [new FilesTest(Of((path, "x")), Of(("o", "1")))]).Errors());
        Assert.Equal($"tests[0].files['{path}']", error.Member);
    }

    [Fact]
    public void Faulty_paths_and_numbers_are_refused_by_their_members()
    {
        Assert.Equal(["tests[0].outputs", "tests[0].files['a/b']"], Members(new(Of(("a", "x"), ("a/b", "x"), ("a.c", "x")), Of())));
        Assert.Equal(["tests[0].outputs['../o']", "tests[0].weight"], Members(new(Of(), Of(("../o", "x"))) { Weight = 0 }).Order());
        Assert.Empty(Members(new(Of(("data/main.txt", "x")), Of(("main.out", "x")))));

        static IEnumerable<string> Members(FilesTest test) => new CodeTask("python", [test]).Errors().Select(error => error.Member);
    }

    [Fact]
    public async Task A_task_whose_files_can_never_be_there_is_skipped()
    {
        var verdict = await sandbox.Verdict("print(1)", Sum with { Outputs = Of(("out.txt", new string('x', 5000))) }, new(OutputKb: 1));
        Assert.Equal((Outcome.Skipped, "an expected file of a test is longer than its outputKb"), (verdict.Outcome, verdict.Reason));
    }
}
