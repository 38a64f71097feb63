using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using RewardServer.Sandboxing.Pooling;
using RewardServer.Tests.Http;

namespace RewardServer.Tests.Compatibility;

/// <summary>slime's calls, as slime/rollout/rm_hub/__init__.py makes them.</summary>
public sealed class SlimeTests(RunningServer server)
{
    private const string Right = "<think>2+3=5</think><answer>5</answer>";

    [Fact]
    public async Task A_sample_is_answered_with_its_reward_and_components_by_name()
    {
        var body = await RewardAsync(new { prompt = "2+3?", response = Right + "<|im_end|>", label = "5" });
        Assert.Equal(2, body.GetProperty("reward").GetDouble());
        Assert.Equal(2, body.GetProperty("score").GetDouble());
        Assert.Equal(1, body.GetProperty("accuracy").GetDouble());
        Assert.Equal(1, body.GetProperty("format").GetDouble());
        Assert.Equal("scored", body.GetProperty("outcome").GetString());
        Assert.Equal("", body.GetProperty("signals").GetString());
        Assert.StartsWith("accuracy: ", body.GetProperty("reason").GetString(), StringComparison.Ordinal);
        // --log-reward-category groups by a member, whichever it is.
        Assert.All(body.EnumerateObject(), member => Assert.False(member.Value.ValueKind is JsonValueKind.Array or JsonValueKind.Object));
    }

    [Fact]
    public async Task With_plain_the_answer_is_the_bare_number()
    {
        var body = await RewardAsync(new { prompt = "2+3?", response = Right, label = "5" }, "?plain=1");
        Assert.Equal("2.0", body.GetRawText());
    }

    [Fact]
    public async Task A_prompt_may_be_messages_also_with_pictures_in_them()
    {
        object[] prompt =
        [
            new { role = "system", content = "Be brief." },
            new { role = "user", content = new object[] { new { type = "image", image = "data:…" }, new { type = "text", text = "2+3?" } } },
            new { role = "assistant", content = (string?)null, tool_calls = Array.Empty<object>() },
        ];
        Assert.Equal(2, (await RewardAsync(new { prompt, response = Right, label = 5 })).GetProperty("reward").GetDouble());
    }

    [Fact]
    public async Task Messages_and_metadata_that_it_does_not_know_do_not_matter() =>
        Assert.Equal(2, (await RewardAsync(new { prompt = (string?)null, response = Right, label = "5", metadata = new { rm_type = "x" } })).GetProperty("reward").GetDouble());

    [Fact]
    public async Task A_label_may_hold_tests()
    {
        server.NeedSandbox();
        var label = new { inputs = new[] { "1\n2" }, outputs = new[] { "3" } };
        var body = await RewardAsync(new { prompt = "Add.", response = "```python\nprint(int(input()) + int(input()))\n```", label }, "?rubric=open-r1-code");
        Assert.Equal(1, body.GetProperty("accuracy").GetDouble());
    }

    [Theory]
    [InlineData("""{"prompt": "a", "label": "5"}""", "response")]
    [InlineData("""{"prompt": "a", "response": null, "label": "5"}""", "response")]
    [InlineData("""{"prompt": "a", "response": ["b"], "label": "5"}""", "response")]
    [InlineData("""{"prompt": 7, "response": "b", "label": "5"}""", "prompt")]
    [InlineData("""{"prompt": [{"content": "a"}], "response": "b", "label": "5"}""", "prompt[0].role")]
    [InlineData("""{"prompt": [{"role": "user", "content": 7}], "response": "b", "label": "5"}""", "prompt[0].content")]
    [InlineData("""{"prompt": ["a"], "response": "b", "label": "5"}""", "prompt[0]")]
    [InlineData("""{"prompt": "a", "response": "b", "label": {"kind": "maths"}}""", "label.kind")]
    [InlineData("[]", "")]
    public async Task A_malformed_call_is_answered_400_with_the_member_at_fault(string json, string path)
    {
        var (status, body) = await server.Client.PostTextAsync("/slime", json);
        Assert.Equal((400, path), (status, Assert.Single(body.Errors())));
    }

    [Theory]
    [InlineData("?plain=yes", "plain")]
    [InlineData("?rubric=kimi", "rubric")]
    public async Task What_a_URL_asks_for_wrongly_is_told(string query, string path)
    {
        var (status, body) = await server.Client.PostAsync("/slime" + query, new { prompt = "a", response = Right, label = "5" });
        Assert.Equal((400, path), (status, Assert.Single(body.Errors())));
    }

    [Fact]
    public async Task A_task_that_cannot_be_judged_is_422_unless_the_URL_says_what_it_earns()
    {
        var call = new { prompt = "a", response = Right, label = (string?)null };
        var (status, body) = await server.Client.PostAsync("/slime", call);
        Assert.Equal((422, "label"), (status, Assert.Single(body.Errors())));
        body = await RewardAsync(call, "?skipped=0.5");
        Assert.Equal((0.5, "skipped"), (body.GetProperty("reward").GetDouble(), body.GetProperty("outcome").GetString()));
        Assert.Equal(JsonValueKind.Null, body.GetProperty("accuracy").ValueKind);
        Assert.Equal(0.5, (await RewardAsync(call, "?skipped=0.5&plain=true")).GetDouble());
    }

    [Fact]
    public async Task A_sandbox_that_is_lost_is_503_and_never_a_reward()
    {
        server.NeedSandbox();
        var (app, client) = await RewardCalls.ServerAsync();
        await using var _ = app;
        using var __ = client;
        await app.Services.GetRequiredService<SandboxPool>().DisposeAsync();
        var call = new { prompt = "Echo.", response = "print(input())", label = new { inputs = new[] { "1" }, outputs = new[] { "1" } } };
        foreach (var query in new[] { "", "?skipped=0", "?plain=1&skipped=0" })
        {
            var (status, body) = await client.PostAsync("/slime" + query, call);
            Assert.True(status == 503, body.ToString());
        }
    }

    private async Task<JsonElement> RewardAsync(object call, string query = "")
    {
        var (status, body) = await server.Client.PostAsync("/slime" + query, call);
        Assert.True(status == 200, body.ToString());
        return body;
    }
}
