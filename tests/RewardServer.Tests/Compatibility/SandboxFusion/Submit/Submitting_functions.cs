using System.Text.Json;
using RewardServer.Tests.Http;
using static RewardServer.Tests.Compatibility.SandboxFusion.Submit.Submissions;

namespace RewardServer.Tests.Compatibility.SandboxFusion.Submit;

/// <summary>Data sets whose checks are programs.</summary>
public sealed class Submitting_functions(RunningServer server)
{
    private const string Prompt = "def double(n: int) -> int:\n    \"\"\" Twice n.\n    >>> double(2)\n    4\n    \"\"\"\n";

    private static readonly object Double = new
    {
        task_id = "HumanEval/x",
        prompt = Prompt,
        entry_point = "double",
        test = "METADATA = {}\n\ndef check(candidate):\n    assert candidate(2) == 4\n    assert candidate(-1) == -2\n",
    };

    private static readonly object Mbpp = new
    {
        id = 11,
        content = "Write a function that doubles.",
        labels = """{"test_setup_code": "OFFSET = 0"}""",
        test_list = new[] { "assert double(1) == 2", "assert double(2) == 4", "assert double(3) + OFFSET == 6" },
    };

    [Theory]
    [InlineData("    return 2 * n\n", true)]
    [InlineData("    return n + 2\n", false)]
    [InlineData("    return 2 * n\n\nprint(double(3))\nassert double(1) == 3\n", true)]
    [InlineData("    return math.ceil(2 * n)\n", true)]
    public async Task A_continuation_goes_on_where_the_prompt_ends_and_ends_with_its_function(string completion, bool accepted)
    {
        var body = await server.SubmitAsync(Request(completion, Double, dataset: "humaneval_python", id: "HumanEval/x"));
        Assert.True(body.Accepted() == accepted, body.GetRawText());
        Assert.DoesNotContain("print(", body.Text("extracted_code"), StringComparison.Ordinal);
        Assert.Contains("def double", body.Text("full_code"), StringComparison.Ordinal);
        Assert.Contains("def check", body.Text("test_code"), StringComparison.Ordinal);
        Assert.Equal([accepted], body.Passed());
        Assert.Equal(accepted ? "Success" : "Failed", body.Info().Text("status"));
        Assert.True((body.Info().End().Code == 0) == accepted);
    }

    [Fact]
    public async Task Patterns_at_which_a_function_ends_may_look_around_and_share_their_time()
    {
        object Row(IEnumerable<string> stops) => new { language = "py", prompt = Prompt, tests = "assert double(2) == 4", stop_tokens = stops };
        var body = await server.SubmitAsync(Request("    return 2 * n\nprint(1)\n", Row([@"re:\n(?!\s|\n)(?=.|\n)"]), "MultiPLEDataset"));
        Assert.Equal("    return 2 * n", body.Text("extracted_code"));

        // Each alone would take its second.
        var all = Enumerable.Range(0, 32).Select(n => $"re:(?=(a+)+{n}!)a");
        var began = System.Diagnostics.Stopwatch.GetTimestamp();
        body = await server.SubmitAsync(Request("    return 2 * n #" + new string('a', 5000), Row(all), "MultiPLEDataset"));
        Assert.True(body.Accepted(), body.GetRawText());
        Assert.True(System.Diagnostics.Stopwatch.GetElapsedTime(began).TotalSeconds < 25);

        var (status, detail) = await server.RefusedAsync(Request("    return 2 * n", Row(Enumerable.Repeat("\ndef", 33)), "MultiPLEDataset"));
        Assert.Equal(400, status);
        Assert.StartsWith("config.provided_data.stop_tokens: ", detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("def double(n):\n    return 2 * n", true)]
    [InlineData("def double(n):\n    return List", false)]
    [InlineData("def triple(n):\n    return 3 * n", false)]
    public async Task A_free_form_is_a_program_in_a_block(string code, bool accepted)
    {
        var body = await server.SubmitAsync(Request(Fenced(code), Double, dataset: "humaneval_python", extra: new { is_freeform = true }));
        Assert.True(body.Accepted() == accepted, body.GetRawText());
        Assert.Equal(code, body.Text("extracted_code"));
    }

    // Each passes where a check is text behind the program and its exit code decides.
    [Theory]
    [InlineData("import sys\nsys.exit(0)")]
    [InlineData("import os\nos._exit(0)")]
    [InlineData("def double(n):\n    raise SystemExit(0)")]
    [InlineData("import os\ndef double(n):\n    os._exit(0)")]
    [InlineData("def check(candidate):\n    pass\ndef double(n):\n    return 0")]
    [InlineData("class Same(int):\n    def __eq__(self, other): return True\n    def __add__(self, other): return self\ndef double(n):\n    return Same()")]
    [InlineData("import atexit, os\natexit.register(os._exit, 0)\ndef double(n):\n    return 0")]
    [InlineData("import os\nos.write(3, b'done\\n')\nprint('1 passed')\ndef double(n):\n    return 0")]
    public async Task A_program_that_ends_before_the_check_or_forges_its_end_is_not_accepted(string code)
    {
        Assert.False((await server.SubmitAsync(Request(Fenced(code), Double, dataset: "humaneval_python", extra: new { is_freeform = true }))).Accepted());
        Assert.False((await server.SubmitAsync(Request(Fenced(code), Mbpp, "MBPPDataset"))).Accepted());
        var check = new { id = 1, content = "?", labels = new { programming_language = "python" }, test = new { code = "#<INSERT>\nassert double(2) == 4" } };
        Assert.False((await server.SubmitAsync(Request(Fenced(code), check, "AutoEvalDataset"))).Accepted());
    }

    [Theory]
    [InlineData("```python\ndef double(n):\n    return n + n\n\nassert double(1) == 5\n```", true)]
    [InlineData("[BEGIN]\ndef double(n):\n    return n + n\n[DONE]\nassert False", true)]
    [InlineData("```python\ndef double(n):\n    return 4\n```", false)]
    public async Task Assertions_of_MBPP_decide_and_the_models_own_do_not(string completion, bool accepted)
    {
        var body = await server.SubmitAsync(Request(completion, Mbpp, dataset: "mbpp", id: 11));
        Assert.True(body.Accepted() == accepted, body.GetRawText());
    }

    [Fact]
    public async Task After_examples_only_the_last_assertion_of_MBPP_counts()
    {
        var completion = Fenced("def double(n):\n    return 6");
        Assert.True((await server.SubmitAsync(Request(completion, Mbpp, "MBPPDataset", fewshot: true))).Accepted());
        Assert.False((await server.SubmitAsync(Request(completion, Mbpp, "MBPPDataset", fewshot: false))).Accepted());
    }

    [Theory]
    [InlineData("return n * 2", true)]
    [InlineData("return n", false)]
    public async Task Checks_of_MHPP_decide(string body, bool accepted)
    {
        var row = new { id = 1, content = "?", labels = new { difficulty_type = "x" }, test = "assert double(5) == 10" };
        var answer = await server.SubmitAsync(Request(Fenced($"def double(n):\n    {body}"), row, "MHPPDataset"));
        Assert.Equal(accepted, answer.Accepted());
        Assert.Equal("x", answer.GetProperty("tests")[0].GetProperty("test_info").Text("difficulty_type"));
    }

    [Fact]
    public async Task A_check_around_a_program_has_its_own_definitions_and_files()
    {
        var row = new
        {
            labels = new { programming_language = "python", execution_language = "python" },
            test = new
            {
                code = "def expected():\n    return 7\n\n#<INSERT>\n\nassert read() == expected()",
                asset = new Dictionary<string, string?> { ["data/number.txt"] = "Nw==", ["none.txt"] = null },
            },
        };
        const string Right = "def read():\n    return int(open('data/number.txt').read())\n";
        Assert.True((await server.SubmitAsync(Request(Fenced(Right), row, "AutoEvalDataset"))).Accepted());
        Assert.True((await server.SubmitAsync(Request(Fenced(Right + "\n# Example usage\nprint(undefined)"), row, "AutoEvalDataset"))).Accepted());
        Assert.False((await server.SubmitAsync(Request(Fenced("def expected():\n    return 1\ndef read():\n    return 1"), row, "AutoEvalDataset"))).Accepted());
    }

    [Fact]
    public async Task A_check_in_Cpp_closes_what_the_model_left_open()
    {
        Assert.SkipUnless(server.Sandbox.Languages.Any(language => language is { Name: "cpp", Available: true }), "no compiler of C++");
        var row = new
        {
            name = "HumanEval_x",
            language = "cpp",
            prompt = "#include<assert.h>\n#include<bits/stdc++.h>\n// Twice n.\nlong twice(long n) {\n",
            tests = "}\nint main() {\n    auto candidate = twice;\n    assert(candidate((2)) == (4));\n    assert(candidate((5)) == (10));\n}\n",
            stop_tokens = new[] { "\n}" },
        };
        Assert.True((await server.SubmitAsync(Request("  return 2 * n;\n}\nint other() { return 1; }\n", row, dataset: "humaneval_cpp"))).Accepted());
        Assert.False((await server.SubmitAsync(Request("  return 4;\n}\n", row, dataset: "humaneval_cpp"))).Accepted());
        Assert.False((await server.SubmitAsync(Request("  exit(0);\n}\n", row, dataset: "humaneval_cpp"))).Accepted());
        var whole = Fenced("long twice(long n) {\n  return n + n;\n}", "cpp");
        Assert.True((await server.SubmitAsync(Request(whole, row, "MultiPLEDataset", extra: new { is_freeform = true }))).Accepted());
    }

    [Theory]
    [InlineData("{\"inputs\": [\"1\\n\", \"2\\n\"], \"outputs\": [\"2\\n\", \"4\\n\"]}", "print(2 * int(input()))", true)]
    [InlineData("{\"inputs\": [\"1\\n\", \"2\\n\"], \"outputs\": [\"2\\n\", \"4\\n\"], \"fn_name\": null}", "print(2)", false)]
    [InlineData("{\"inputs\": [\"1\", \"2\"], \"outputs\": [\"2\", \"4\"], \"fn_name\": \"double\"}", "class Solution:\n    def double(self, n: int) -> int:\n        return n * 2", true)]
    [InlineData("{\"inputs\": [\"[1, 2]\\n3\"], \"outputs\": [\"[3, 6]\"], \"fn_name\": \"scale\"}", "def scale(values, by):\n    return tuple(by * value for value in values)", true)]
    [InlineData("{\"inputs\": [\"1\"], \"outputs\": [\"2\"], \"fn_name\": \"double\"}", "import os\ndef double(n):\n    os._exit(0)", false)]
    public async Task Tests_of_LiveCodeBench_are_inputs_and_outputs_or_calls(string tests, string code, bool accepted)
    {
        var row = new { id = 1, content = "?", labels = "{}", test = new { input_output = tests } };
        var body = await server.SubmitAsync(Request(Fenced(code), row, dataset: "live_code_bench_v1"));
        Assert.True(body.Accepted() == accepted, body.GetRawText());
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task Tests_that_LiveCodeBench_packed_are_read(int protocol)
    {
        Python.Need();
        const string Pack = "import base64, json, pickle, sys, zlib\n"
            + "tests = [{'input': str(n), 'output': str(2 * n), 'testtype': 'functional'} for n in range(3)] + [{'input': '\"' + 'ä' * 40000 + '\"', 'output': '\"' + 'ä' * 80000 + '\"', 'testtype': 'functional'}]\n"
            + "print(base64.b64encode(zlib.compress(pickle.dumps(json.dumps(tests, ensure_ascii=False), int(sys.argv[1])))).decode())";
        var (exit, packed, error) = await Python.RunAsync(["-c", Pack, $"{protocol}"]);
        Assert.True(exit == 0, error);
        var row = new { id = 1, test = packed.Trim(), metadata = "{\"func_name\": \"double\"}" };
        const string Right = "class Solution:\n    def double(self, n):\n        return n * 2";
        Assert.True((await server.SubmitAsync(Request(Fenced(Right), row, dataset: "live_code_bench_v1"))).Accepted());
        Assert.False((await server.SubmitAsync(Request(Fenced(Right.Replace("n * 2", "n + n if n != 2 else 5", StringComparison.Ordinal)), row, dataset: "live_code_bench_v1"))).Accepted());
    }

    [Theory]
    [InlineData("javascript", "nodejs", "function twice(n) { return 2 * n; }", "require('assert').strictEqual(twice(2), 4);", "return 2 * n", "process.exit(0)")]
    [InlineData("java", "java", "class S { int twice(int n) { return 2 * n; } }", "class T { public static void main(String[] a) { if (new S().twice(2) != 4) throw new AssertionError(); } }", "return 2 * n", "System.exit(0); return 0")]
    [InlineData("csharp", "csharp", "class S { public int Twice(int n) { return 2 * n; } }", "using System.Diagnostics; class T { static void Main() { Debug.Assert(new S().Twice(2) == 4); } }", "return 2 * n", "System.Environment.Exit(0); return 0")]
    public async Task A_check_in_another_language_decides(string language, string executing, string program, string check, string right, string exits)
    {
        Assert.SkipUnless(server.Sandbox.Languages.Any(known => known.Name == language && known.Available), $"no {language}");
        var row = new { labels = new { programming_language = language, execution_language = executing }, test = new { code = check } };
        Task<JsonElement> Submit(string code) => server.SubmitAsync(Request(Fenced(code, language), row, "AutoEvalDataset"));
        Assert.True((await Submit(program)).Accepted());
        Assert.False((await Submit(program.Replace(right, "return 3", StringComparison.Ordinal))).Accepted());
        var early = await Submit(program.Replace(right, exits, StringComparison.Ordinal));
        Assert.False(early.Accepted());
        Assert.Equal(("Failed", "the program exited before the check had run to its end"), (early.Info().Text("status"), early.Info().Text("message")));
    }
}
