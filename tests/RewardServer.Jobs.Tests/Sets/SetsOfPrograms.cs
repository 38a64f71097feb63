using System.IO.Compression;
using System.Text;
using System.Text.Json;
using RewardServer.Grading.Completions;
using RewardServer.Jobs.Rows;
using RewardServer.Jobs.Sets;

namespace RewardServer.Jobs.Tests.Sets;

public sealed class SetsOfPrograms(Graders graders) : IClassFixture<Graders>
{
    private const string Problem = """{"task_id":"HumanEval/0","prompt":"def f(x):\n    \"\"\"One more.\"\"\"\n","entry_point":"f","canonical_solution":"    return x + 1\n","test":"def check(f):\n    assert f(1) == 2\n"}""";

    private static CodeTask Code(RewardServer.Jobs.Running.Sample sample) => Assert.IsType<CodeTask>(sample.Item!.Task);

    [Theory]
    [InlineData("    return x + 1\n", "```python\ndef f(x):\n    \"\"\"One more.\"\"\"\n    return x + 1\n\n```")]
    [InlineData("def f(x):\n    return x + 1\n", "```python\ndef f(x):\n    return x + 1\n\n```")]
    [InlineData("Here:\n```python\ndef f(x): return 2\n```", "Here:\n```python\ndef f(x): return 2\n```")]
    [InlineData("    return x + 1\n\ndef f_three(x):\n    pass\n", "```python\ndef f(x):\n    \"\"\"One more.\"\"\"\n    return x + 1\n\ndef f_three(x):\n    pass\n\n```")]
    [InlineData("    return x + 1\n```\n\nThis adds one.", "```python\ndef f(x):\n    \"\"\"One more.\"\"\"\n    return x + 1\n\n```")]
    [InlineData("    return x + 1```", "```python\ndef f(x):\n    \"\"\"One more.\"\"\"\n    return x + 1\n```")]
    [InlineData("def f(x):\n    return x + 1\n```\n", "```python\ndef f(x):\n    return x + 1\n\n```")]
    [InlineData(" Here:\n```\ndef f(x): return 2\n```", " Here:\n```\ndef f(x): return 2\n```")]
    public async Task Completions_of_HumanEval_go_on_with_the_prompt_or_begin_anew(string written, string completion)
    {
        var samples = await JoinedAsync(Problem, JsonSerializer.Serialize(new { task_id = "HumanEval/0", completion = written }));
        Assert.Equal(completion, Assert.Single(samples).Item!.CompletionText);
        Assert.Equal("f", Assert.IsType<CheckTest>(Assert.Single(Code(samples[0]).Tests)).EntryPoint);
    }

    [Theory]
    [InlineData("    return len(xs) + more(0)\n")]
    [InlineData("    return len(xs) + more(0)\n\ndef count_all(xs):\n    return 0\n")]
    [InlineData("def count(xs: List[int]) -> int:\n    return len(xs) + more(0)\n")]
    [InlineData("import math\n\ndef count(xs: List[int]) -> int:\n    return len(xs) + math.ceil(0.5)\n```\n")]
    [InlineData("Here it is:\n\n```python\ndef count(xs: List[int]) -> int:\n    return len(xs) + 1\n```\n\nIt counts one more.")]
    [InlineData("<think>Count.</think>\n```\ndef count(xs: List[int]) -> int:\n    return len(xs) + 1\n```")]
    public async Task Right_programs_of_HumanEval_earn_their_reward_however_they_go_on(string written)
    {
        graders.NeedSandbox();
        const string Asked = """{"task_id":"HumanEval/9","prompt":"from typing import List\n\n\ndef more(x):\n    return x + 1\n\n\ndef count(xs: List[int]) -> int:\n    \"\"\"One more than there are.\"\"\"\n","entry_point":"count","test":"def check(f):\n    assert f([1]) == 2\n"}""";
        var sample = Assert.Single(await JoinedAsync(Asked, JsonSerializer.Serialize(new { task_id = "HumanEval/9", completion = written })));
        var line = Assert.Single(await graders.By(graders.Rubric("""{"components":[{"grader":"accuracy"}]}""")).GradeAsync([sample], TestContext.Current.CancellationToken));
        Assert.True(line.Reward == 1, Encoding.UTF8.GetString(line.Json.Span));
    }

    [Fact]
    public async Task Completions_in_a_file_of_their_own_are_joined_by_the_id()
    {
        var samples = await JoinedAsync(Problem, """
            {"task_id":"HumanEval/0","completion":"    return 1"}
            {"task_id":"HumanEval/0","completion":"    return 2"}
            {"task_id":"HumanEval/1","completion":"    return 2"}
            {"completion":"    return 2"}
            """);
        Assert.Equal(["HumanEval/0", "HumanEval/0"], samples.Take(2).Select(sample => sample.Item!.Group));
        Assert.Equal("answers 'HumanEval/1', of which there is no problem", samples[2].Error);
        Assert.StartsWith("names no problem", samples[3].Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"prompt\":\"?\"}", "row 1 has no name")]
    [InlineData("{\"id\":1}\n{\"id\":1}", "row 2 has the name '1', as row 1 has")]
    [InlineData("{\"id\":1}\n{", "row 2 is cut off")]
    [InlineData("{\"id\":1,\"a\":\"…………\"}\n{\"id\":2}", "more than the 0 MiB")]
    public async Task Problems_that_cannot_be_used_are_told(string file, string error)
    {
        var exception = await Assert.ThrowsAsync<InvalidDataException>(() => ProblemSet.ReadAsync(
            RowReader.ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(file)), RowFormat.Jsonl, cancellation: TestContext.Current.CancellationToken), mostBytes: 20, cancellation: TestContext.Current.CancellationToken));
        Assert.Contains(error, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task MBPP_has_its_assertions()
    {
        var sample = await Rowing.OneAsync("""{"task_id":2,"text":"Write f.","code":"def f(): return 1","test_list":["assert f() == 1"],"test_setup_code":"","completion":"def f(): return 1"}""");
        Assert.Equal(("MBPP/2", "assert f() == 1"), (sample.Id, Assert.IsType<CheckTest>(Assert.Single(Code(sample).Tests)).Harness));
        Assert.Contains("assert f() == 1", sample.Item!.Prompt.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task LiveCodeBench_has_tests_that_are_shown_and_others_that_may_be_packed(bool packed)
    {
        const string Hidden = """[{"input":"2\n","output":"3","testtype":"stdin"}]""";
        var row = JsonSerializer.Serialize(new
        {
            question_id = "1873_A",
            question_content = "One more.",
            platform = "codeforces",
            difficulty = "easy",
            starter_code = "",
            public_test_cases = """[{"input":"1\n","output":"2","testtype":"stdin"}]""",
            private_test_cases = packed ? Packed(Hidden) : Hidden,
            metadata = "{}",
            code_list = new[] { "print(int(input()) + 1)", "print(2)" },
        });
        var samples = await Rowing.ReadAsync(row);
        Assert.Equal(["1873_A#0", "1873_A#1"], samples.Select(sample => sample.Id));
        Assert.Equal([("1\n", true), ("2\n", false)], Code(samples[0]).Tests.Cast<StdioTest>().Select(test => (test.Stdin, test.Visible)));
        Assert.Equal("easy", samples[0].Columns["difficulty"]);
    }

    [Fact]
    public async Task LiveCodeBench_may_ask_for_a_function()
    {
        var sample = await Rowing.OneAsync("""{"question_id":"2730","question_content":"Add.","starter_code":"class Solution:\n    def add(self, a: int, b: int) -> int:\n        ","public_test_cases":"[{\"input\":\"1\\n2\",\"output\":\"3\",\"testtype\":\"functional\"}]","private_test_cases":"[]","metadata":"{\"func_name\":\"add\"}","completion":"x"}""");
        Assert.Equal("add", Assert.IsType<CallTest>(Assert.Single(Code(sample).Tests)).Function);
        Assert.Contains("class Solution", sample.Item!.Prompt.Text, StringComparison.Ordinal);
        Assert.Contains("public_test_cases", (await Rowing.OneAsync("""{"question_id":"1","question_content":"Add.","public_test_cases":"[{\"input\":\"1\",\"output\":\"3\",\"testtype\":\"functional\"}]","completion":"x"}""")).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"problem_id":0,"question":"One more.","solutions":"[\"print(int(input()) + 1)\"]","input_output":"{\"inputs\":[\"1\\n\"],\"outputs\":[\"2\\n\"]}","difficulty":"interview","starter_code":"","completion":"x"}""")]
    [InlineData("""{"question":"One more.","solutions":["print(int(input()) + 1)"],"input_output":{"inputs":["1\n"],"outputs":["2\n"]},"completion":"x"}""")]
    public async Task APPS_and_TACO_have_inputs_and_outputs(string row)
    {
        var sample = await Rowing.OneAsync(row);
        Assert.Equal("1\n", Assert.IsType<StdioTest>(Assert.Single(Code(sample).Tests)).Stdin);
        Assert.Equal("```python\nprint(int(input()) + 1)\n```", (await Rowing.ProblemAsync(row)).Gold);
    }

    [Theory]
    [InlineData("""{"question":"?","input_output":"","completion":"x"}""", "has no tests")]
    [InlineData("""{"question":"?","input_output":"{","completion":"x"}""", "has a 'input_output' that is no JSON")]
    [InlineData("""{"question":"?","input_output":{"inputs":["1"],"outputs":[]},"completion":"x"}""", "there are 1 inputs and 0 outputs")]
    [InlineData("""{"question":"?","input_output":{"inputs":["\ud83d"],"outputs":["1"]},"completion":"x"}""", "half of a character")]
    [InlineData("""{"name":"a","description":"?","public_tests":{"input":["1"],"output":[]},"completion":"x"}""", "has 1 in 'public_tests.input' and 0 in 'public_tests.output'")]
    public async Task Tests_that_cannot_be_read_are_told(string row, string error) => Assert.Contains(error, (await Rowing.OneAsync(row)).Error, StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"input":["1","2"],"output":["2","3"]}""")]
    [InlineData("""[{"input":"1","output":"2"},{"input":"2","output":"3"}]""")]
    public async Task CodeContests_has_tests_of_three_kinds(string tests)
    {
        var row = $$"""{"name":"1_A","description":"One more.","public_tests":{{tests}},"private_tests":{"input":[],"output":[]},"generated_tests":{{tests}},"solutions":{"language":[2,3],"solution":["int main(){}","print(1)"]},"time_limit":{"seconds":12,"nanos":500000000},"memory_limit_bytes":1073741824,"completion":"x"}""";
        var sample = await Rowing.OneAsync(row);
        Assert.Equal([("1", true), ("2", true), ("1", false), ("2", false)], Code(sample).Tests.Cast<StdioTest>().Select(test => (test.Stdin, test.Visible)));
        Assert.Equal((12.5, 1024), (Code(sample).Limits!.CpuSeconds, Code(sample).Limits!.MemoryMb));
        Assert.Equal("```python\nprint(1)\n```", (await Rowing.ProblemAsync(row)).Gold);
    }

    [Fact]
    public async Task Countdown_has_its_numbers()
    {
        var sample = await Rowing.OneAsync("nums,target,completion\n\"[2, 3]\",5,2+3\n");
        Assert.Contains("[2, 3]", sample.Item!.Prompt.Text, StringComparison.Ordinal);
        Assert.Equal("has 'nums' that are no whole numbers", (await Rowing.OneAsync("""{"nums":[2.5],"target":5,"completion":"x"}""")).Error);
    }

    private static async Task<List<RewardServer.Jobs.Running.Sample>> JoinedAsync(string problems, string completions) => await Rowing.ReadAsync(
        completions,
        problems: await ProblemSet.ReadAsync(RowReader.ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(problems)), cancellation: TestContext.Current.CancellationToken), cancellation: TestContext.Current.CancellationToken));

    // base64(zlib(pickle(text))), as the set has it: protocol 4.
    private static string Packed(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        byte[] pickle = [0x80, 4, (byte)'X', .. BitConverter.GetBytes(bytes.Length), .. bytes, 0x94, (byte)'.'];
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            zlib.Write(pickle);
        }

        return Convert.ToBase64String(packed.ToArray());
    }
}
