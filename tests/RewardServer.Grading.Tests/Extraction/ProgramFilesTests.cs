using RewardServer.Grading.Extraction;
using RewardServer.Grading.Graders.Code;

namespace RewardServer.Grading.Tests.Extraction;

public sealed class ProgramFilesTests
{
    private static ProgramText Find(string response, string language = "python") =>
        ProgramText.Find(response, CodeLanguage.All[language], ExtractionRules.Default)!;

    private static string Paths(ProgramText found) => string.Join(' ', found.Files.Select(file => file.Path));

    [Theory]
    [InlineData("```python utils.py\nu = 1\n```\n```python main.py\nimport utils\n```")]
    [InlineData("```python title=\"utils.py\"\nu = 1\n```\n```python\nimport utils\n```")]
    [InlineData("```python filename=utils.py\nu = 1\n```\n```python filename=app.py\nimport utils\n```")]
    [InlineData("```python:utils.py\nu = 1\n```\n```python:main.py\nimport utils\n```")]
    [InlineData("```utils.py\nu = 1\n```\n```main.py\nimport utils\n```")]
    [InlineData("**utils.py**\n```python\nu = 1\n```\n**main.py**\n```python\nimport utils\n```")]
    [InlineData("### utils.py\n\n```python\nu = 1\n```\n### main.py\n\n```python\nimport utils\n```")]
    [InlineData("1. **File: `utils.py`** (helpers)\n```python\nu = 1\n```\n2. **File: `run.py`**\n```python\nimport utils\n```")]
    [InlineData("`main.py`:\n```python\nimport utils\n```\nCreate a file `utils.py`:\n```python\nu = 1\n```\nRun `main.py`:\n```\n1\n```\n")]
    [InlineData("### src/utils.py\n```python\nu = 1\n```\n### src/main.py\n```python\nimport utils\n```")]
    public void Files_have_their_names_where_responses_write_them(string response)
    {
        var found = Find(response);
        Assert.Equal(("files", "main.py utils.py"), (found.Rule, Paths(found)));
        Assert.Equal(("import utils\n", "u = 1\n"), (found.Source, found.Files[1].Text));
        Assert.Empty(found.LeftOut);
    }

    [Fact]
    public void A_comment_on_the_first_line_names_a_file()
    {
        var found = Find("```python\n# file: utils.py\nu = 1\n```\n```python\n# main.py\nimport utils\n```");
        Assert.Equal(("main.py utils.py", "# main.py\nimport utils\n"), (Paths(found), found.Source));
        Assert.Equal("main.c utils.h", Paths(Find("```c\n// utils.h\nint u;\n```\n```c\n#include \"utils.h\"\nint main() {}\n```", "c")));
    }

    [Fact]
    public void The_last_text_of_a_file_counts()
    {
        var found = Find("```python a.py\n1\n```\n```python main.py\n2\n```\n```python a.py\n3\n```");
        Assert.Equal(("main.py a.py", "3\n"), (Paths(found), found.Files[1].Text));
        Assert.Equal(new PassedOver(1, 0, 0, 0), found.PassedOver);
    }

    [Fact]
    public void One_named_block_is_no_program_of_several_files() =>
        Assert.Equal("fenced", Find("```python main.py\nx = 1\n```\n```bash\npython main.py\n```").Rule);

    [Fact]
    public void Tests_that_come_with_a_program_are_not_run_for_it() =>
        Assert.Equal("x = 1\n", Find("```python solution.py\nx = 1\n```\n```python test_solution.py\nimport solution\n```").Source);

    [Fact]
    public void Data_stands_beside_the_program() =>
        Assert.Equal("main.py data/words.txt", Paths(Find("```python\nopen('data/words.txt')\n```\n```text data/words.txt\na\n```")));

    [Theory]
    [InlineData("conftest.py", true)]
    [InlineData("tests/conftest.py", true)]
    [InlineData("sitecustomize.py", true)]
    [InlineData("usercustomize.py", true)]
    [InlineData("pytest.ini", true)]
    [InlineData("hook.pth", true)]
    [InlineData(".bashrc", true)]
    [InlineData("Directory.Build.props", true)]
    [InlineData("json.py", true)]
    [InlineData("random/choice.py", true)]
    [InlineData("../outside.py", true)]
    [InlineData("/etc/outside.py", true)]
    [InlineData("c:/outside.py", true)]
    [InlineData("a//b.py", true)]
    [InlineData("pyproject.toml", false)]
    [InlineData("setup.cfg", false)]
    [InlineData("tox.ini", false)]
    [InlineData("candidate.py", false)]
    public void A_file_that_would_decide_how_tests_run_is_left_out(string path, bool tampering)
    {
        var found = Find($"```python\nx = 1\n```\nfilename: {path}\n```{(path.EndsWith(".py", StringComparison.Ordinal) ? "python" : "text")}\ny = 1\n```");
        Assert.Equal(("main.py", "x = 1\n"), (Paths(found), found.Source));
        Assert.Equal((path, tampering), (Assert.Single(found.LeftOut).Path, found.LeftOut[0].Tampering));
    }

    [Fact]
    public void Paths_never_stand_in_each_others_way()
    {
        var blocks = new[] { "a.py", "A.py", "a.py/b.py", "src/main.py", "MAIN.py", "src/a.py" }.Select(path => $"```python {path}\n1\n```\n");
        var found = Find(string.Concat(blocks));
        Assert.Equal("main.py a.py A.py MAIN.py", Paths(found));
        Assert.Equal(["a.py/b.py", "src/a.py"], found.LeftOut.Select(file => file.Path));
    }

    [Fact]
    public void A_program_has_at_most_64_files()
    {
        var found = Find(string.Concat(Enumerable.Range(0, 200).Select(number => $"```python f{number}.py\n1\n```\n")));
        Assert.Equal((64, 64), (found.Files.Length, found.LeftOut.Length));
        Assert.All(found.LeftOut, file => Assert.False(file.Tampering));
    }
}
