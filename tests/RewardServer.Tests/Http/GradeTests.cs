using System.Text.Json;
using System.Text.Json.Nodes;

namespace RewardServer.Tests.Http;

public sealed class GradeTests(RunningServer server)
{
    private const string Maths = """{"kind":"math","answer":"5/6"}""";

    [Fact]
    public async Task A_right_answer_in_the_right_format_earns_2()
    {
        var (status, body) = await server.GradeAsync(Request(Item("a", @"<think>1/2+1/3</think><answer>\boxed{\frac{10}{12}}</answer>", Maths)));
        Assert.Equal(200, status);
        var item = Assert.Single(body.GetProperty("items").EnumerateArray());
        Assert.Equal(("a", "scored", 2.0), (item.GetProperty("id").GetString(), item.GetProperty("outcome").GetString(), item.GetProperty("reward").GetDouble()));
        var accuracy = item.GetProperty("components")[0];
        Assert.Equal("accuracy", accuracy.GetProperty("name").GetString());
        Assert.Equal(@"\frac{10}{12}", accuracy.GetProperty("details").GetProperty("extracted").GetString());
        Assert.Equal("format", item.GetProperty("components")[1].GetProperty("name").GetString());
    }

    [Fact]
    public async Task Many_items_come_back_in_their_order()
    {
        var items = Enumerable.Range(0, 1000).Select(i => Item($"{i}", $@"\boxed{{{i}}}", $$"""{"kind":"math","answer":"{{i / 2 * 2}}"}"""));
        var (_, body) = await server.GradeAsync(Request([.. items]));
        var graded = body.GetProperty("items").EnumerateArray().ToArray();
        Assert.Equal(Enumerable.Range(0, 1000).Select(i => $"{i}"), graded.Select(item => item.GetProperty("id").GetString()));
        Assert.All(graded, (item, i) => Assert.Equal(i % 2 == 0 ? 1 : 0, item.GetProperty("reward").GetDouble()));
    }

    [Fact]
    public async Task An_inline_rubric_weighs_as_it_says()
    {
        var request = Request(Item("a", "#### 5", """{"kind":"math","answer":"5"}"""));
        request["rubric"] = JsonNode.Parse("""{"components":[{"grader":"accuracy","weight":3},{"grader":"format","weight":-1}]}""");
        Assert.Equal(3, (await server.GradeAsync(request.ToJsonString())).Body.GetProperty("items")[0].GetProperty("reward").GetDouble());
    }

    [Fact]
    public async Task A_program_is_run_and_each_test_reported()
    {
        server.NeedSandbox();
        var task = """{"kind":"code","language":"python","tests":[{"kind":"stdio","stdin":"2\n","stdout":"4\n"},{"kind":"stdio","stdin":"3\n","stdout":"9\n"},{"kind":"check","harness":"assert n > 0"}],"limits":{"cpuSeconds":2}}""";
        var (_, body) = await server.GradeAsync(Request(Item("a", "```python\nimport sys\nn = int(sys.stdin.readline() or 1)\nprint(2 * n)\n```", task)));
        var accuracy = body.GetProperty("items")[0].GetProperty("components")[0];
        var tests = accuracy.GetProperty("details").GetProperty("tests").EnumerateArray().ToArray();
        Assert.Equal(["passed", "wrong-answer", "passed"], tests.Select(test => test.GetProperty("status").GetString()));
        Assert.All(tests, test => Assert.True(test.GetProperty("measured").GetProperty("cpuSeconds").GetDouble() > 0));
    }

    [Fact]
    public async Task The_same_item_gives_the_same_bytes_outside_of_what_is_measured()
    {
        server.NeedSandbox();
        var request = Request(Item("a", "print(1); raise KeyError('x')", """{"kind":"code","language":"python","tests":[{"kind":"stdio","stdin":"","stdout":"1"}]}"""));
        var first = WithoutMeasures((await server.GradeAsync(request)).Body);
        Assert.Equal(first, WithoutMeasures((await server.GradeAsync(request)).Body));
        Assert.DoesNotContain("cpuSeconds", first);
    }

    [Fact]
    public async Task An_item_that_cannot_be_judged_is_skipped_and_the_others_are_graded()
    {
        var (status, body) = await server.GradeAsync(Request(
            Item("gold", "#### 5", """{"kind":"math","answer":"\\frac{}{}"}"""),
            Item("language", "print(1)", """{"kind":"code","language":"cobol","tests":[{"kind":"stdio","stdin":"","stdout":""}]}"""),
            Item("chat", "[]", Maths),
            Item("fine", "#### 5/6", Maths)));
        Assert.Equal(200, status);
        var items = body.GetProperty("items").EnumerateArray().ToArray();
        Assert.Equal(["skipped", "skipped", "skipped", "scored"], items.Select(item => item.GetProperty("outcome").GetString()));
        Assert.All(items[..3], item => Assert.Equal(JsonValueKind.Null, item.GetProperty("reward").ValueKind));
        Assert.All(items[..3], item => Assert.NotEmpty(item.GetProperty("reason").GetString()!));
    }

    [Fact]
    public async Task What_the_caller_says_of_an_item_is_echoed()
    {
        var item = Item("a", "#### 5/6", Maths);
        item["group"] = "g";
        item["meta"] = "META";
        var graded = (await server.GradeAsync(Request(item).ToJsonString().Replace("\"META\"", """{"step":7,"half":"\ud800"}"""))).Body.GetProperty("items")[0];
        Assert.Equal("g", graded.GetProperty("group").GetString());
        Assert.Equal(7, graded.GetProperty("meta").GetProperty("step").GetInt32());
    }

    [Fact]
    public async Task A_caller_that_goes_away_ends_the_run()
    {
        server.NeedSandbox();
        var slow = Request(Item("a", "import time\ntime.sleep(100)", """{"kind":"code","language":"python","tests":[{"kind":"stdio","stdin":"","stdout":""}],"limits":{"wallSeconds":200}}"""));
        using var gone = new CancellationTokenSource(TimeSpan.FromMilliseconds(500));
        var calls = Enumerable.Range(0, 2 * server.Sandbox.Slots).Select(_ => Record.ExceptionAsync(() =>
            server.Client.PostAsync("/v1/grade", new StringContent(slow.ToJsonString(), null, "application/json"), gone.Token)));
        Assert.All(await Task.WhenAll(calls.Select(call => call.AsTask())), exception => Assert.IsAssignableFrom<OperationCanceledException>(exception));
        // Every slot would be busy for minutes if the runs went on.
        var quick = Request(Item("b", "print(1)", """{"kind":"code","language":"python","tests":[{"kind":"stdio","stdin":"","stdout":"1"}]}"""));
        var (_, body) = await server.GradeAsync(quick).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        Assert.Equal(1, body.GetProperty("items")[0].GetProperty("reward").GetDouble());
    }

    private static JsonObject Request(params JsonObject[] items) => Requests.Grade(items);

    private static JsonObject Item(string id, string completion, string task) => Requests.Item(id, completion, task);

    private static string WithoutMeasures(JsonElement body) => Strip(JsonNode.Parse(body.GetRawText())!).ToJsonString();

    private static JsonNode Strip(JsonNode node)
    {
        (node as JsonObject)?.Remove("measured");
        var children = node switch
        {
            JsonObject value => value.Select(member => member.Value),
            JsonArray array => array,
            _ => [],
        };
        foreach (var child in children.OfType<JsonNode>())
        {
            Strip(child);
        }

        return node;
    }
}
