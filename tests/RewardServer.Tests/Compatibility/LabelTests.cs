using System.Text.Json;
using RewardServer.Tests.Http;

namespace RewardServer.Tests.Compatibility;

/// <summary>What a label can be, on a path that takes any.</summary>
public sealed class LabelTests(RunningServer server)
{
    private const string Double = "def double(x):\n    return 2 * x";

    [Theory]
    [InlineData("\"5\"", "", "\\boxed{5}", 1)]
    [InlineData("\"\\\\frac{1}{2}\"", "", "\\boxed{0.5}", 1)]
    [InlineData("5", "", "\\boxed{5}", 1)]
    [InlineData("2.50", "", "\\boxed{5/2}", 1)]
    [InlineData("[\"5\"]", "", "\\boxed{5}", 1)]
    [InlineData("[\"5\", \"6\"]", "", "\\boxed{6}", 1)]
    [InlineData("[5, 6]", "", "\\boxed{7}", 0)]
    [InlineData("\"\\\\{1, 2\\\\}\"", "", "\\boxed{\\{2, 1\\}}", 1)]
    [InlineData("\"B\"", "?kind=choice", "<answer>B</answer>", 1)]
    [InlineData("\"B\"", "?kind=choice", "<answer>C</answer>", 0)]
    [InlineData("\"Isaac Newton\"", "?kind=text", "<answer>isaac newton.</answer>", 1)]
    [InlineData("3.14", "?kind=number", "<answer>3.14</answer>", 1)]
    [InlineData("{\"kind\": \"math\", \"answer\": \"5\"}", "", "\\boxed{5}", 1)]
    [InlineData("\"{\\\"kind\\\": \\\"choice\\\", \\\"answer\\\": \\\"B\\\"}\"", "?kind=math", "<answer>B</answer>", 1)]
    [InlineData("[{\"kind\": \"math\", \"answer\": \"5\"}]", "", "\\boxed{5}", 1)]
    public async Task A_label_is_a_gold_or_golds_or_a_task(string label, string query, string response, double accuracy)
    {
        var (status, body) = await RewardAsync(label, response, query);
        Assert.True(status == 200, body.ToString());
        Assert.Equal([accuracy], body.GetProperty("extra_logs").GetProperty("accuracy").Numbers());
    }

    [Theory]
    [InlineData("{\"kind\": \"maths\"}", "labels[0].kind")]
    [InlineData("{\"answer\": \"5\"}", "labels[0].kind")]
    [InlineData("{\"kind\": \"math\", \"answer\": 5}", "labels[0].answer")]
    [InlineData("{\"kind\": \"math\", \"answer\": \"5\", \"anwser\": \"6\"}", "labels[0].anwser")]
    [InlineData("{\"kind\": \"code\", \"language\": \"python\", \"tests\": [{\"kind\": \"stdio\", \"stdin\": \"\"}]}", "labels[0].tests[0].stdout")]
    [InlineData("\"{\\\"kind\\\": \\\"maths\\\"}\"", "labels[0].kind")]
    [InlineData("[]", "labels[0]")]
    [InlineData("[[\"5\"]]", "labels[0]")]
    [InlineData("[\"5\", null]", "labels[0]")]
    [InlineData("\"task:nobody\"", "labels[0]")]
    [InlineData("{\"inputs\": [\"\\ud83d\"], \"outputs\": [\"1\"]}", "labels[0]")]
    [InlineData("{\"inputs\": [\"1\"], \"outputs\": [\"\\ud83d\"], \"fn_name\": \"f\"}", "labels[0]")]
    [InlineData("\"task:\"", "labels[0]")]
    [InlineData("{\"inputs\": [\"1\"], \"outputs\": []}", "labels[0].outputs")]
    [InlineData("{\"inputs\": \"1\", \"outputs\": [\"1\"]}", "labels[0].inputs")]
    [InlineData("{\"inputs\": [\"1\"], \"outputs\": [null]}", "labels[0].outputs[0]")]
    [InlineData("{\"inputs\": [\"1\"], \"outputs\": [\"1\"], \"fn_name\": 5}", "labels[0].fn_name")]
    [InlineData("{\"inputs\": [\"one\"], \"outputs\": [\"1\"], \"fn_name\": \"f\"}", "labels[0].inputs[0]")]
    [InlineData("{\"inputs\": [1], \"outputs\": [\"1\"], \"fn_name\": \"f\"}", "labels[0].inputs[0]")]
    [InlineData("{\"inputs\": [\"1\", \"2\"], \"outputs\": [\"1\", \"2\"], \"assert_case\": [\"\"]}", "labels[0].assert_case")]
    public async Task A_label_that_cannot_be_read_is_told_by_its_place(string label, string path)
    {
        var (status, body) = await RewardAsync(label, "\\boxed{5}");
        Assert.True(status == 400, body.ToString());
        Assert.Equal(path, Assert.Single(body.Errors()));
        Assert.DoesNotContain("RewardServer.", body.GetRawText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("\"\"")]
    [InlineData("{\"inputs\": [], \"outputs\": []}")]
    public async Task A_label_without_a_gold_cannot_be_judged(string label)
    {
        var (status, body) = await RewardAsync(label, "\\boxed{5}");
        Assert.Equal((422, "labels[0]"), (status, Assert.Single(body.Errors())));
    }

    [Theory]
    // stdio, with the last line's end and without.
    [InlineData("""{"inputs": ["1\n2", "3\n4\n"], "outputs": ["3\n", "7"]}""", "print(int(input()) + int(input()))", 1)]
    [InlineData("""{"inputs": ["1\n2", "3\n4\n"], "outputs": ["3\n", "8"]}""", "print(int(input()) + int(input()))", 0)]
    [InlineData("""{"inputs": [["1", "2"]], "outputs": [["3"]], "fn_name": null}""", "print(int(input()) + int(input()))", 1)]
    [InlineData("""{"inputs": [""], "outputs": ["x"], "fn_name": ""}""", "print('x')", 1)]
    // A function: verl's arguments a line, and APPS's lists.
    [InlineData("""{"inputs": ["21"], "outputs": ["42"], "fn_name": "double"}""", Double, 1)]
    [InlineData("""{"inputs": ["21\n"], "outputs": ["43"], "fn_name": "double"}""", Double, 0)]
    [InlineData("""{"inputs": ["[1, 2]"], "outputs": ["[1, 2, 1, 2]"], "fn_name": "double"}""", Double, 1)]
    [InlineData("""{"inputs": ["\"ab\""], "outputs": ["abab"], "fn_name": "double"}""", Double, 1)]
    [InlineData("""{"inputs": ["\"ab\""], "outputs": ["\"abab\""], "fn_name": "double"}""", Double, 1)]
    [InlineData("""{"inputs": ["\"1\""], "outputs": ["11"], "fn_name": "double"}""", Double, 1)]
    [InlineData("""{"inputs": [[21], [4]], "outputs": [[42], 8], "fn_name": "double"}""", Double, 1)]
    [InlineData("""{"inputs": ["[1]"], "outputs": ["[1]"], "fn_name": "text"}""", "def text(x):\n    return '[1]'", 0)]
    [InlineData("""{"inputs": ["1\n2"], "outputs": ["[1, 2]"], "fn_name": "pair"}""", "class Solution:\n    def pair(self, a, b):\n        return (a, b)", 1)]
    // Assertions, alone and beside inputs that say nothing.
    [InlineData("""{"assert_case": ["assert double(2) == 4", "assert double(3) == 6"]}""", Double, 1)]
    [InlineData("""{"assert_case": ["assert double(2) == 4", "assert double(3) == 7"]}""", Double, 0)]
    [InlineData("""{"inputs": ["", ""], "outputs": [null, null], "assert_case": ["assert double(2) == 4", "assert double(3) == 6"]}""", Double, 1)]
    public async Task Tests_as_verls_sets_have_them_are_run(string label, string program, double accuracy)
    {
        server.NeedSandbox();
        // As a text, as its data sets store it, and as an object.
        foreach (var form in new[] { label, JsonSerializer.Serialize(label) })
        {
            var (status, body) = await RewardAsync(form, $"```python\n{program}\n```");
            Assert.True(status == 200, body.ToString());
            Assert.Equal([accuracy], body.GetProperty("extra_logs").GetProperty("accuracy").Numbers());
        }
    }

    private Task<(int Status, JsonElement Body)> RewardAsync(string label, string response, string query = "") =>
        server.Client.PostTextAsync("/get_reward" + query, $$"""{"query": [{{JsonSerializer.Serialize("?" + response)}}], "prompts": ["?"], "labels": [{{label}}]}""");
}
