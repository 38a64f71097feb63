using RewardServer.Grading.Extraction;
using RewardServer.Grading.Graders.Code;

namespace RewardServer.Grading.Tests.Extraction;

public sealed class ProgramTextTests
{
    private static ProgramText? Find(string response, string language = "python", params ExtractionRule[] rules) => ProgramText.Find(
        response, CodeLanguage.All[language], rules.Length == 0 ? ExtractionRules.Default : new() { Rules = [.. rules] });

    private static (string Source, string Rule) Found(string response, string language = "python", params ExtractionRule[] rules)
    {
        var found = Find(response, language, rules);
        Assert.NotNull(found);
        Assert.Equal(CodeLanguage.All[language].MainFile, found.Files[0].Path);
        return (found.Source, found.Rule);
    }

    [Theory]
    [InlineData("Here:\n```python\nx = 1\n```\nDone.", "x = 1\n", "fenced")]
    [InlineData("```python\nx = 1\n```\n```py\nx = 2\n```", "x = 2\n", "fenced")]
    [InlineData("```python\nx = 1\n```\nIt prints\n```\n1\n```", "x = 1\n", "fenced")]
    [InlineData("```\nx = 3\n```", "x = 3\n", "fenced-unnamed")]
    [InlineData("```Python\nx = 4\n```", "x = 4\n", "fenced")]
    [InlineData("```python3.11\nx = 4\n```", "x = 4\n", "fenced")]
    [InlineData("```{.python}\nx = 5\n```", "x = 5\n", "fenced")]
    [InlineData("~~~python\nx = '```'\n~~~", "x = '```'\n", "fenced")]
    [InlineData("````python\n\"\"\"\n```\n\"\"\"\n````", "\"\"\"\n```\n\"\"\"\n", "fenced")]
    [InlineData("```python\nx = 6", "x = 6", "unclosed-fence")]
    [InlineData("```python\nx = 7\n```\n```python\nx = ", "x = 7\n", "fenced")]
    [InlineData("x = 8\nprint(x)", "x = 8\nprint(x)", "whole-text")]
    [InlineData("```python\r\nx = 9\r\n```\r\n", "x = 9\r\n", "fenced")]
    [InlineData("```python\nx = 1```", "x = 1", "fenced")]
    [InlineData("```python\nx = 1\n``` This is it.\n", "x = 1\n", "fenced")]
    [InlineData("```python\nx = 1\n\n```python\nx = 2\n```", "x = 2\n", "fenced")]
    [InlineData("```python solution.py\nx = 1\n```", "x = 1\n", "fenced")]
    public void The_program_is_found(string response, string source, string rule) => Assert.Equal((source, rule), Found(response));

    [Theory]
    [InlineData("")]
    [InlineData(" \n")]
    [InlineData("```cpp\nint x;\n```")]
    [InlineData("I am sorry, but this cannot be done.")]
    public void No_program_is_found(string response) => Assert.Null(Find(response));

    [Theory]
    [InlineData("c++", "cpp")]
    [InlineData("C++17", "cpp")]
    [InlineData("cc", "cpp")]
    [InlineData("c#", "csharp")]
    [InlineData("cs", "csharp")]
    [InlineData("js", "javascript")]
    [InlineData("node", "javascript")]
    [InlineData("ts", "typescript")]
    [InlineData("golang", "go")]
    [InlineData("rs", "rust")]
    [InlineData("sh", "bash")]
    [InlineData("shell", "bash")]
    [InlineData("sqlite", "sql")]
    [InlineData("java", "java")]
    [InlineData("c", "c")]
    public void Every_language_has_its_names(string name, string language)
    {
        Assert.Equal(("int x;\n", "fenced"), Found($"```{name}\nint x;\n```\n```text\nno\n```", language));
        Assert.All(CodeLanguage.All.Keys.Where(other => other != language), other => Assert.Null(Find($"```{name}\nint x;\n```", other)));
    }

    [Theory]
    [InlineData("\"\"\"\nUse it:\n```\nf(1)\n```\n\"\"\"\ndef f(x): return x\n")]
    [InlineData("'''\nUse it:\n```python\nf(1)\n```\nor\n```python\nf(2)\n```\n'''\ndef f(x): return x\n")]
    [InlineData("def f():\n    \"\"\"\n    ```\n    f()\n    ```\n    \"\"\"\n    return 1\n")]
    [InlineData("# it's \"\"\"\nx = '''\n```\n'''\n")]
    public void Fences_inside_a_literal_close_nothing(string program)
    {
        Assert.Equal((program, "fenced"), Found($"So:\n```python\n{program}```\nIt prints\n```\n1\n```\n"));
        Assert.Equal((program, "fenced"), Found($"```python\nx = 1\n```\nBetter:\n```python\n{program}```"));
    }

    [Fact]
    public void A_comment_of_C_can_hold_fences() =>
        Assert.Equal(("/*\n```\nf(1)\n```\n*/\nint f;\n", "fenced"), Found("```c\n/*\n```\nf(1)\n```\n*/\nint f;\n```\n", "c"));

    [Theory]
    [InlineData("```python\nx = \"\"\"never closed\n```\nThen:\n```python\ny = \"\"\"a\"\"\"\n```", "y = \"\"\"a\"\"\"\n")]
    [InlineData("```python\nx = \"\"\"never closed\n```\nThat is all.", "x = \"\"\"never closed\n")]
    public void A_literal_that_is_never_closed_keeps_no_fence_from_closing(string response, string source) =>
        Assert.Equal((source, "fenced"), Found(response));

    [Theory]
    [InlineData("```markdown\n# Solution\n```python\nx = 1\n```\nIt works.\n```\n")]
    [InlineData("````md\n# Solution\n```python\nx = 1\n```\n````\n")]
    [InlineData("1. First:\n\n    ```python\n    x = 1\n    ```\n2. Done.")]
    [InlineData("```text\nsome words\n```python\nx = 1\n```\n")]
    public void A_block_inside_of_others_is_found(string response) => Assert.Equal(("x = 1\n", "fenced"), Found(response));

    [Theory]
    [InlineData("Here is my solution to it:\n\ndef f(x):\n    return x\n\nprint(f(1))\n\nThis prints the number one.", "def f(x):\n    return x\n\nprint(f(1))\n")]
    [InlineData("def f(x):\n    \"\"\"This returns the number that it is given.\n\n    Nothing else is done here by it.\n    \"\"\"\n    return x\nThis function returns what it is given.", "def f(x):\n    \"\"\"This returns the number that it is given.\n\n    Nothing else is done here by it.\n    \"\"\"\n    return x\n")]
    [InlineData("One way would be this one:\nx = 1\nA better way is this one:\nx = 2\nprint(x)\nHope this helps you!\n```text\n2\n```", "x = 2\nprint(x)\n")]
    public void Code_without_a_fence_is_told_from_the_prose_around_it(string response, string source) =>
        Assert.Equal((source, "heuristic"), Found(response));

    [Fact]
    public void Programs_of_other_languages_stand_in_prose_too()
    {
        Assert.Equal(("#include <stdio.h>\nint main() {\n  puts(\"Hello to you all\");\n}\n", "heuristic"),
            Found("The program is as follows.\n#include <stdio.h>\nint main() {\n  puts(\"Hello to you all\");\n}\n## How It Works\nIt prints.", "c"));
        Assert.Equal(("SELECT name FROM users\nWHERE age > 3;", "whole-text"), Found("SELECT name FROM users\nWHERE age > 3;", "sql"));
        Assert.Equal(("main() { echo Hello dear friend of mine; }\nmain\n", "heuristic"), Found("This script says hello to you:\nmain() { echo Hello dear friend of mine; }\nmain\n", "bash"));
    }

    [Fact]
    public void Rules_can_be_chosen()
    {
        const string Response = "```python\nx = 1\n```\n```\ny\n```\n```python\nx = 2\n```\n";
        Assert.Equal(("x = 1\n", "first-fenced"), Found(Response, "python", ExtractionRule.FirstFenced));
        Assert.Equal(("x = 1\n\nx = 2\n", "joined"), Found(Response, "python", ExtractionRule.Joined));
        Assert.Equal(("y\n", "fenced-unnamed"), Found(Response, "python", ExtractionRule.FencedUnnamed, ExtractionRule.Fenced));
        Assert.Null(Find(Response, "python", ExtractionRule.UnclosedFence, ExtractionRule.WholeText));
        Assert.Empty(ExtractionRules.Default.Errors());
        Assert.Single(new ExtractionRules { Rules = [] }.Errors());
        Assert.Single(new ExtractionRules { Rules = [ExtractionRule.Joined, ExtractionRule.Joined] }.Errors());
    }

    [Fact]
    public void What_was_passed_over_is_counted() => Assert.Equal(
        new PassedOver(1, 1, 2, 1),
        Find("```python\na\n```\n```\nb\n```\n```text\nc\n```\n```sh\nd\n```\n```python\nx = 1\n```\n```python\nlast")!.PassedOver);
}
