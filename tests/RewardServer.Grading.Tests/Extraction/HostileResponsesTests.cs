using FsCheck;
using FsCheck.Fluent;
using RewardServer.Grading.Extraction;
using RewardServer.Grading.Graders.Code;

namespace RewardServer.Grading.Tests.Extraction;

public sealed class HostileResponsesTests
{
    private static readonly string[] Parts =
    [
        "`", "``", "```", "````", "~~~", "```python", "```md", "```cpp a.h", "```python main.py", "\n", "\n", "\n", "\r\n", " ", "    ", "\t", "- ", "1. ",
        "\"\"\"", "'''", "/*", "*/", "R\"(", "@\"", "\\", "'", "\"", "#", "//", "**utils.py**", "`a.py`:", "# file: ../x.py", "conftest.py", "x = 1",
        "def f():", "This is a sentence of prose.", "\0", "\ud800", "é", "😀", "=", "a/b/c.py", ":", ".", "..", "file:", "{", "}",
    ];

    [Fact]
    public void No_response_makes_extraction_throw_and_every_path_is_safe() =>
        Prop.ForAll(Gen.Elements(Parts).ArrayOf().Select(string.Concat).ToArbitrary(), Gen.Elements(CodeLanguage.All.Keys.ToArray()).ToArbitrary(), (text, name) =>
        {
            var language = CodeLanguage.All[name];
            foreach (var rule in Enum.GetValues<ExtractionRule>())
            {
                var found = ProgramText.Find(text, language, new() { Rules = [rule] });
                Assert.All(found?.Files ?? [], file => Assert.True(file.Path.Split('/').All(part => part is not ("" or "." or "..")), file.Path));
                Assert.True(found is null || (found.Files[0].Path == language.MainFile && found.Files.Length <= 64));
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300).WithEndSize(120));

    // What takes the square of the length would take hours here.
    public static TheoryData<string, int> Repeated => new()
    {
        { "`", 1 << 20 }, { "```\n", 1 << 18 }, { "```python\n", 1 << 17 }, { "```markdown\n", 1 << 17 }, { "```python\n\"\"\"\n```\n", 1 << 16 },
        { "```python\n'''\n```\n\"\"\"\n", 1 << 16 }, { "\"\"\"", 1 << 18 }, { "'", 1 << 20 }, { "\\", 1 << 20 }, { "/*\n", 1 << 18 }, { "- ", 1 << 19 },
        { "- ```python\n", 1 << 17 }, { "``` a=b\n", 1 << 17 }, { "```python a.py\n", 1 << 16 }, { "```python a.py\nx\n```\n", 1 << 16 }, { " ", 1 << 20 },
        { "\n", 1 << 20 }, { "This is a sentence.\n", 1 << 16 }, { "A ", 1 << 19 }, { "x = 1\n", 1 << 17 }, { "````\n```python\n```\n", 1 << 16 },
        { "**`", 1 << 18 }, { "#", 1 << 20 }, { "```{", 1 << 18 }, { "~~~md\n````py\n", 1 << 16 },
    };

    [Theory]
    [MemberData(nameof(Repeated))]
    public void Half_a_megabyte_of_anything_is_read_at_once(string part, int times)
    {
        var text = string.Concat(Enumerable.Repeat(part, times / 2));
        ProgramText.Find(text, CodeLanguage.All["python"], ExtractionRules.Default);
        ProgramText.Find(text, CodeLanguage.All["javascript"], new() { Rules = [ExtractionRule.Joined, ExtractionRule.Heuristic] });
        ProgramText.Find("```python\n'''\n" + text, CodeLanguage.All["python"], ExtractionRules.Default);
    }
}
