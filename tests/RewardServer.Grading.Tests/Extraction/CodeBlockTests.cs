using RewardServer.Grading.Extraction;

namespace RewardServer.Grading.Tests.Extraction;

public sealed class CodeBlockTests
{
    private static readonly string[] Python = ["python", "py"];

    [Theory]
    [InlineData("Here:\n```python\nx = 1\n```\nDone.", "x = 1\n", "fenced")]
    [InlineData("```python\nx = 1\n```\n```py\nx = 2\n```", "x = 2\n", "fenced")]
    [InlineData("```python\nx = 1\n```\nIt prints\n```\n1\n```", "x = 1\n", "fenced")]
    [InlineData("```\nx = 3\n```", "x = 3\n", "fenced")]
    [InlineData("```Python\nx = 4\n```", "x = 4\n", "fenced")]
    [InlineData("```{.python}\nx = 5\n```", "x = 5\n", "fenced")]
    [InlineData("~~~python\nx = '```'\n~~~", "x = '```'\n", "fenced")]
    [InlineData("````python\n\"\"\"\n```\n\"\"\"\n````", "\"\"\"\n```\n\"\"\"\n", "fenced")]
    [InlineData("```python\nx = 6", "x = 6", "unclosed-fence")]
    [InlineData("```python\nx = 7\n```\n```python\nx = ", "x = 7\n", "fenced")]
    [InlineData("x = 8\nprint(x)", "x = 8\nprint(x)", "whole-text")]
    [InlineData("```python\r\nx = 9\r\n```\r\n", "x = 9\r\n", "fenced")]
    public void The_program_is_found(string response, string source, string rule) =>
        Assert.Equal(new CodeBlock(source, rule), CodeBlock.Find(response, Python));

    [Theory]
    [InlineData("")]
    [InlineData(" \n")]
    [InlineData("```cpp\nint x;\n```")]
    public void No_program_is_found(string response) => Assert.Null(CodeBlock.Find(response, Python));
}
