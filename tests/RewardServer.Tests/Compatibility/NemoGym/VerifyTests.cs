using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using RewardServer.Tests.Http;

namespace RewardServer.Tests.Compatibility.NemoGym;

/// <summary>What NeMo-Gym's agents and verifiers are answered for a rollout that can be judged.</summary>
public sealed class VerifyTests(RunningServer server)
{
    [Theory]
    [InlineData(GymRows.Right, 2)]
    [InlineData("""<think>I guess</think> <answer>\boxed{1}</answer>""", 1)]
    [InlineData("""\boxed{5/6}""", 1)]
    [InlineData("no idea", 0)]
    [InlineData("", 0)]
    public async Task A_mathematical_answer_is_graded_by_the_rubric(string text, double reward) =>
        Assert.Equal(reward, await server.Client.RewardAsync(GymRows.Maths(text)));

    [Fact]
    public async Task The_request_is_echoed_to_the_digit_and_the_reward_added()
    {
        var row = GymRows.Maths().OfCollection();
        var (status, body) = await server.Client.VerifyAsync(row);
        Assert.Equal(200, status);
        foreach (var (name, value) in row)
        {
            Assert.True(JsonNode.DeepEquals(value, JsonNode.Parse(body.GetProperty(name).GetRawText())), name);
        }

        Assert.Contains("-0.12345678901234567", body.GetRawText(), StringComparison.Ordinal);
        Assert.Equal((2, "\\frac{5}{6}"), (body.GetProperty("reward").GetDouble(), body.GetProperty("extracted_answer").GetString()));
        Assert.Equal((1, 1), (body.GetProperty("accuracy").GetDouble(), body.GetProperty("format").GetDouble()));
        Assert.False(body.TryGetProperty("mask_sample", out _));
    }

    [Theory]
    [InlineData("r1-zero", "accuracy format")]
    [InlineData("r1", "accuracy format language")]
    [InlineData("dapo", "accuracy length")]
    public async Task The_components_add_up_to_the_reward(string rubric, string names) =>
        AssertAddsUp(names, await server.Client.VerifyAsync(GymRows.Maths(), $"/verify?rubric={rubric}"));

    [Fact]
    public async Task So_they_do_where_a_rubric_multiplies_or_clips()
    {
        var folder = Directory.CreateTempSubdirectory("rubrics-");
        var token = TestContext.Current.CancellationToken;
        await File.WriteAllTextAsync(
            Path.Combine(folder.FullName, "clipped.yaml"), "components: [{ grader: accuracy, weight: 0.7 }, { grader: format, weight: 0.1 }]\nclip: [0, 0.75]\n", token);
        await File.WriteAllTextAsync(
            Path.Combine(folder.FullName, "product.yaml"), "combine: product\ncomponents: [{ grader: accuracy, weight: 3 }, { grader: format }]\n", token);
        await using var app = await RunningServer.StartAsync(new() { ["Sandbox:Engine"] = "none", ["Rubrics:Folder"] = folder.FullName });
        using var client = RunningServer.ClientOf(app);
        foreach (var (rubric, text, reward) in new[] { ("clipped", GymRows.Right, 0.75), ("clipped", "none", 0), ("product", GymRows.Right, 3), ("product", "none", 0) })
        {
            var answer = await client.VerifyAsync(GymRows.Maths(text), $"/verify?rubric={rubric}");
            Assert.Equal(reward, answer.Body.GetProperty("reward").GetDouble(), 12);
            AssertAddsUp("accuracy format rest:combination", answer);
        }

        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Thinking_that_was_parsed_away_stands_in_its_tags_again()
    {
        var output = new JsonArray(GymRows.Reasoning("3/6 + 2/6"), GymRows.Message("""<answer>\boxed{5/6}</answer>"""));
        Assert.Equal(2, await server.Client.RewardAsync(GymRows.With(output, ("expected_answer", "5/6"))));
    }

    [Fact]
    public async Task Thinking_that_was_cut_off_is_no_answer()
    {
        var row = GymRows.With(GymRows.Reasoning("""It is \boxed{5/6}"""), ("expected_answer", "5/6"));
        row["response"]!["status"] = "incomplete";
        row["response"]!["incomplete_details"] = new JsonObject { ["reason"] = "max_output_tokens" };
        Assert.Equal(0, await server.Client.RewardAsync(row));
    }

    [Fact]
    public async Task Of_several_turns_the_last_answer_counts_and_calls_of_tools_are_passed_over()
    {
        var call = JsonNode.Parse("""{"arguments":"{}","call_id":"c","name":"add","type":"function_call","id":null,"status":null}""");
        var result = JsonNode.Parse("""{"call_id":"c","output":"\\boxed{7}","type":"function_call_output","id":null,"status":null}""");
        var output = new JsonArray(GymRows.Message("""First \boxed{1}."""), call, result, GymRows.Message("""So \boxed{5/6}."""));
        Assert.Equal(1, await server.Client.RewardAsync(GymRows.With(output, ("expected_answer", "5/6"))));
    }

    [Theory]
    [InlineData("a = input()\nprint(int(a) * 2)", 1)]
    [InlineData("print(2)", 0)]
    public async Task Programs_are_run_on_the_tests_of_code_gen(string program, double reward)
    {
        server.NeedSandbox();
        Assert.Equal(reward, await server.Client.RewardAsync(Code(program)));
    }

    [Fact]
    public async Task A_function_is_called_with_the_arguments_of_LiveCodeBench()
    {
        server.NeedSandbox();
        var tests = JsonNode.Parse("""{"unit_tests": "{\"inputs\": [\"[1, 2]\\n3\"], \"outputs\": [\"[4, 5]\"], \"fn_name\": \"shift\"}", "difficulty": "easy"}""");
        var program = "```python\nclass Solution:\n    def shift(self, a, by):\n        return [x + by for x in a]\n```";
        Assert.Equal(1, await server.Client.RewardAsync(GymRows.With(GymRows.Message(program), ("verifier_metadata", tests))));
    }

    [Theory]
    [InlineData("""The answer is \boxed{B}.""", 1)]
    [InlineData("""\boxed{C}""", 0)]
    public async Task A_choice_is_compared_with_the_options_of_mcqa(string text, double reward)
    {
        var options = JsonNode.Parse("""[{"A": "Karyotyping"}, {"B": "PCR"}, {"C": "Southern blotting"}, {"D": null}]""");
        Assert.Equal(reward, await server.Client.RewardAsync(
            GymRows.With(GymRows.Message(text), ("options", options), ("expected_answer", " b "), ("grading_mode", "strict_single_letter_boxed"))));
    }

    [Fact]
    public async Task A_task_of_ours_may_stand_in_the_row()
    {
        var task = JsonNode.Parse("""{"kind":"text","answer":"Paris"}""");
        Assert.Equal(1, await server.Client.RewardAsync(GymRows.With(GymRows.Message("<answer>paris</answer>"), ("task", task))));
    }

    [Fact]
    public async Task A_chat_template_that_opens_the_thinking_is_said_by_the_prompt()
    {
        var row = GymRows.With(new JsonArray(GymRows.Reasoning("3/6 + 2/6"), GymRows.Message("<answer>5/6</answer>")), ("expected_answer", "5/6"));
        row["responses_create_params"]!["input"] = "What is 1/2 + 1/3? <think>";
        Assert.Equal(2, await server.Client.RewardAsync(row));
    }

    [Fact]
    public async Task Half_a_character_in_a_text_is_no_error_and_comes_back_as_it_was()
    {
        const string Half = """{"responses_create_params":{"input":"?"},"expected_answer":"5","response":{"output":[{"type":"message","content":[{"type":"output_text","text":"\ud83d \\boxed{5}"}]}]}}""";
        using var content = new StringContent(Half, Encoding.UTF8, "application/json");
        using var response = await server.Client.PostAsync("/verify", content, TestContext.Current.CancellationToken);
        var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, body);
        Assert.Contains("""{"type":"output_text","text":"\ud83d \\boxed{5}"}""", body, StringComparison.Ordinal);
        Assert.Equal(1, JsonElement.Parse(body).GetProperty("reward").GetDouble());
    }

    private static void AssertAddsUp(string names, (int Status, JsonElement Body) answer)
    {
        Assert.True(answer.Status == 200, answer.Body.GetRawText());
        var components = answer.Body.GetProperty("reward_components").EnumerateObject().ToList();
        Assert.Equal(names, string.Join(' ', components.Select(component => component.Name)));
        Assert.Equal(answer.Body.GetProperty("reward").GetDouble(), components.Aggregate(0.0, (sum, component) => sum + component.Value.GetDouble()));
    }

    private static JsonObject Code(string program) => GymRows.With(
        GymRows.Message($"```python\n{program}\n```"),
        ("verifier_metadata", JsonNode.Parse("""{"unit_tests": {"inputs": ["4\n", "6\n"], "outputs": ["8\n", "12\n"], "fn_name": null}}""")),
        ("hash_id", "c69268d8"));
}
