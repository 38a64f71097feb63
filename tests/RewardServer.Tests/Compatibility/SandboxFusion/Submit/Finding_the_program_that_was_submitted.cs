using System.Text.Json;
using RewardServer.Tests.Http;
using static RewardServer.Tests.Compatibility.SandboxFusion.Submit.Submissions;

namespace RewardServer.Tests.Compatibility.SandboxFusion.Submit;

public sealed class Finding_the_program_that_was_submitted(RunningServer server)
{
    private Task<JsonElement> Submit(string completion, string? logic = null, string expected = "1") =>
        server.SubmitAsync(Request(completion, Oj(("", expected)), "CommonOJDataset", "python", logic: logic));

    [Theory]
    [InlineData("```python\nprint(1)\n```\n```python\nprint(2)\n```", "print(1)", "fenced")]
    [InlineData("```text\nprint(2)\n```\n```py\nprint(1)\n```", "print(1)", "fenced")]
    [InlineData("```\nprint(1)\n```", "print(1)", "fenced")]
    [InlineData("So:\n```python\nprint(1)", "print(1)", "incomplete_fenced")]
    [InlineData("print(1)", "print(1)", "heuristic")]
    [InlineData("<think>```python\nprint(2)\n```</think>```python\nprint(1)\n```", "print(1)", "fenced")]
    public async Task The_first_block_of_the_language_counts(string completion, string code, string type)
    {
        var body = await Submit(completion);
        Assert.Equal((code, type, true), (body.Text("extracted_code")!.TrimEnd('\n'), body.Text("extracted_type"), body.Accepted()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("I do not know.")]
    [InlineData("```python\n\n```")]
    [InlineData("<think>```python\nprint(1)\n```")]
    public async Task No_program_is_not_accepted_even_where_nothing_is_to_be_printed(string completion)
    {
        var body = await Submit(completion, expected: "");
        Assert.Equal((false, "", "empty"), (body.Accepted(), body.Text("extracted_code"), body.Text("extracted_type")));
    }

    [Fact]
    public async Task Half_a_character_in_a_completion_refuses_nothing()
    {
        server.NeedSandbox();
        var (status, body) = await server.Client.AskTextAsync("/submit", """
            {"dataset":"d","id":1,"completion":"\ud83d ```python\nprint(1)\n```",
             "config":{"dataset_type":"CommonOJDataset","language":"python","provided_data":{"test":[{"input":{"stdin":"\ud83d"},"output":{"stdout":"1"}}]}}}
            """);
        Assert.Equal(200, status);
        Assert.True(body.Accepted());
    }

    [Fact]
    public async Task A_callers_logic_finds_programs_of_a_higher_priority()
    {
        const string Logic = """
            import re
            found = re.findall(r"BEGIN(.*?)END", completion, re.S)
            submit_code_blocks([CodeBlock(priority=40, language='python', code=code.strip()) for code in found])
            """;
        var body = await Submit("```python\nprint(2)\n```\nBEGIN print(1) END", Logic);
        Assert.True(body.Accepted());
        Assert.Equal(JsonValueKind.Null, body.GetProperty("extracted_type").ValueKind);

        // It finds nothing: what is fenced counts.
        body = await Submit("```python\nprint(1)\n```", Logic);
        Assert.Equal(("fenced", true), (body.Text("extracted_type"), body.Accepted()));
    }

    [Fact]
    public async Task A_callers_logic_has_the_functions_that_find_blocks()
    {
        const string Last = "blocks = extract_fenced_code(completion)\nfor block in blocks: block.priority = 40\nsubmit_code_blocks(blocks[-1:])";
        Assert.True((await Submit("```python\nprint(2)\n```\n```python\nprint(1)\n```", Last)).Accepted());
        const string Guess = "blocks = extract_heuristic_code(completion, 'python')\nsubmit_code_blocks([CodeBlock(priority=50, language='python', code=blocks[0].code + 'f()')])";
        Assert.True((await Submit("Here:\ndef f():\n    print(1)\n\nDone.", Guess)).Accepted());
    }

    [Theory]
    [InlineData("import re\nsubmit_code_blocks([CodeBlock(priority=40, language='python', code=re.search('BEGIN(.*)', completion).group(1))])", "AttributeError")]
    [InlineData("import os; os._exit(0)", "came to no end")]
    [InlineData("raise SystemExit", "SystemExit")]
    [InlineData("compile(completion, 'x', 'exec')", "SyntaxError")]
    [InlineData("eval(completion.split()[-1])", "NameError")]
    [InlineData("submit_code_blocks(['print(1)'])", "TypeError")]
    public async Task What_a_callers_logic_makes_of_a_completion_is_the_completions_matter(string logic, string told)
    {
        var body = await Submit("```python\nprint(1)\n```\nThat is nothing: undefined_name", logic);
        Assert.Equal((false, "empty"), (body.Accepted(), body.Text("extracted_type")));
        Assert.Contains(told, body.GetProperty("extra").Text("custom_extract_error"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("if '```' in completion:\n    code = 'print(1)'\nsubmit_code_blocks([CodeBlock(priority=40, language='python', code=code)])")]
    [InlineData("if 'BEGIN' in completion:\n    code = 'print(1)'\nsubmit_code_blocks([CodeBlock(priority=40, language='python', code=code)])")]
    [InlineData("if '```' in completion:\n    import json\nelse:\n    forgotten(completion)")]
    [InlineData("exec('import no_such_module') if '```' in completion else forgotten(completion)")]
    public async Task A_name_that_only_some_completions_leave_unbound_refuses_no_call(string logic)
    {
        var body = await Submit("I have no program, and that is my choice.", logic);
        Assert.Equal((false, "empty"), (body.Accepted(), body.Text("extracted_type")));
        Assert.Contains("NameError", body.GetProperty("extra").Text("custom_extract_error"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("def", "does not compile")]
    [InlineData("submit(completion)", "NameError")]
    [InlineData("import no_such_module", "ModuleNotFoundError")]
    public async Task A_callers_logic_that_can_never_run_is_refused(string logic, string told)
    {
        server.NeedSandbox();
        var (status, detail) = await server.RefusedAsync(Request(Fenced("print(1)"), Oj(("", "1")), "CommonOJDataset", "python", logic: logic));
        Assert.Equal(400, status);
        Assert.StartsWith("config.custom_extract_logic: ", detail, StringComparison.Ordinal);
        Assert.Contains(told, detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_callers_logic_reaches_nothing_of_the_server()
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        var body = await Submit(
            "```python\nprint(2)\n```",
            $"""
            import os
            seen = any(os.path.exists(each) for each in ('/proc/{Environment.ProcessId}/cmdline', '{typeof(Submissions).Assembly.Location}'))
            try:
                open('{path}', 'w').write('x')
            except OSError:
                pass
            submit_code_blocks([CodeBlock(priority=40, language='python', code='print(%d)' % (0 if seen else 1))])
            """);
        Assert.True(body.Accepted());
        Assert.False(File.Exists(path));
    }
}
