using System.Text.Json;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Sets.Tests;

namespace RewardServer.Grading.Tests.SetTests;

public sealed class LiveCodeBenchCases
{
    [Fact]
    public void Cases_of_standard_input_are_read()
    {
        var task = Task("""[{"input": "1\n", "output": "2\n", "testtype": "stdin"}, {"input": ["3", "4"], "output": ["5"]}]""");
        Assert.Equal("python", task.Language);
        Assert.Equal([("1\n", "2\n"), ("3\n4", "5")], task.Tests.Cast<StdioTest>().Select(test => (test.Stdin, test.Stdout!.Texts[0])));
    }

    [Theory]
    [InlineData("""[{"input": "[1, 2]\n3", "output": "[3, 6]", "testtype": "functional"}]""")]
    [InlineData("""[{"input": "[1, 2]\n3", "output": "[3, 6]"}]""")]
    [InlineData("""{"input_output": "{\"inputs\": [\"[1, 2]\\n3\"], \"outputs\": [\"[3, 6]\"], \"fn_name\": \"scale\"}"}""")]
    [InlineData("""{"inputs": ["[1, 2]\n3"], "outputs": ["[3, 6]"], "fn_name": "scale"}""")]
    public void Cases_of_functions_are_calls(string json)
    {
        // As it is, and in a text.
        foreach (var form in new[] { JsonElement.Parse(json), JsonSerializer.SerializeToElement(json) })
        {
            var (task, error) = LiveCodeBenchTests.Read(form, "scale");
            Assert.Null(error);
            var call = Assert.IsType<CallTest>(Assert.Single(task!.Tests));
            Assert.Equal(("scale", "[1, 2]", "3"), (call.Function, call.Arguments[0].GetRawText(), call.Arguments[1].GetRawText()));
            Assert.Equal("[3, 6]", Assert.Single(call.Accepted).GetRawText());
        }
    }

    [Theory]
    [InlineData("""{"func_name": "f"}""", "f")]
    [InlineData("\"{\\\"func_name\\\": \\\"f\\\"}\"", "f")]
    [InlineData("{}", null)]
    [InlineData("\"{}\"", null)]
    [InlineData("""{"func_name": ""}""", null)]
    [InlineData("""{"func_name": 5}""", null)]
    [InlineData("""{"func_name": "\ud83d"}""", null)]
    [InlineData("\"\\ud83d\"", null)]
    [InlineData("null", null)]
    public void The_function_is_the_one_that_the_metadata_name(string metadata, string? function) =>
        Assert.Equal(function, LiveCodeBenchTests.FunctionOf(JsonElement.Parse(metadata)));

    [Theory]
    [InlineData("""[{"output": "1"}]""", "[0].input")]
    [InlineData("""[{"input": "1", "output": "1"}, {"input": "1", "output": null}]""", "[1].output")]
    [InlineData("""["1"]""", "[0]")]
    [InlineData("""[{"input": "1", "output": "1", "testtype": "functional"}]""", "[0].testtype")]
    [InlineData("""[{"input": "1", "output": "1", "testtype": 5}]""", "[0].testtype")]
    [InlineData("""[{"input": "\ud83d", "output": "1"}]""", "[0]")]
    [InlineData("""{"input_output": {"inputs": ["\ud83d"], "outputs": ["1"]}}""", "input_output.inputs")]
    [InlineData("""{"input_output": {"inputs": ["1"], "outputs": []}}""", "input_output.outputs")]
    [InlineData("""{"input_output": {"input_output": {"input_output": {"input_output": {}}}}}""", "input_output.input_output.input_output")]
    [InlineData("""{"input_output": 5}""", "input_output")]
    [InlineData("{}", "")]
    [InlineData("null", "")]
    [InlineData("\"\\ud83d\"", "")]
    public void What_is_wrong_is_told_by_its_place(string json, string path)
    {
        var (task, error) = LiveCodeBenchTests.Read(JsonElement.Parse(json));
        Assert.Null(task);
        Assert.Equal(path, error!.Value.Path);
    }

    [Fact]
    public void Arguments_that_are_no_JSON_are_told_by_their_place()
    {
        var (_, error) = LiveCodeBenchTests.Read(JsonElement.Parse("""[{"input": "one", "output": "1"}]"""), "f");
        Assert.Equal("[0].input", error!.Value.Path);
    }

    private static CodeTask Task(string json)
    {
        var (task, error) = LiveCodeBenchTests.Read(JsonElement.Parse(json));
        Assert.Null(error);
        return task!;
    }
}
