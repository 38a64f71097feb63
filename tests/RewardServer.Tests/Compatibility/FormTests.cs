using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using RewardServer.Sandboxing.Pooling;

namespace RewardServer.Tests.Compatibility;

/// <summary>Requests of shapes of their own, by paths of the configuration.</summary>
public sealed class FormTests(FormTests.Forms forms) : IClassFixture<FormTests.Forms>
{
    private const string Right = "<think>2+3=5</think><answer>5</answer>";

    private const string Wrong = "<think>2+3=6</think><answer>6</answer>";

    [Fact]
    public async Task One_sample_is_read_and_answered_by_the_paths()
    {
        var body = await RewardAsync("one", new { data = new { question = "2+3?", output = Right, truth = "5" } });
        Assert.Equal("""{"status":"ok","result":{"reward":2.0}}""", body.GetRawText());
    }

    [Fact]
    public async Task A_reward_may_be_the_whole_answer() =>
        Assert.Equal("2.0", (await RewardAsync("bare", new { completion = Right, answer = 5 })).GetRawText());

    [Fact]
    public async Task Lists_of_one_length_as_TRL_has_them_belong_together()
    {
        var body = await RewardAsync("lists", new
        {
            prompts = new[] { "2+3?", "1+1?" },
            completions = new object[] { new[] { new { role = "assistant", content = Right } }, new[] { new { role = "assistant", content = "<think></think><answer>3</answer>" } } },
            answer = new[] { "5", "2" },
        });
        Assert.Equal("""{"rewards":[2.0,1.0]}""", body.GetRawText());
    }

    [Fact]
    public async Task Samples_of_groups_get_their_rewards_and_components_where_they_stand()
    {
        var body = await RewardAsync("groups", new
        {
            groups = new object[]
            {
                new { prompt = "2+3?", label = "5", samples = new[] { new { text = Right }, new { text = Wrong } } },
                new { prompt = "3+3?", label = "6", samples = new[] { new { text = Wrong } } },
            },
        });
        var groups = body.GetProperty("groups");
        Assert.Equal([2, 1], groups[0].GetProperty("out").EnumerateArray().Select(sample => sample.GetProperty("reward").GetDouble()));
        Assert.Equal(0, groups[0].GetProperty("out")[1].GetProperty("parts").GetProperty("accuracy").GetDouble());
        Assert.Equal(2, groups[1].GetProperty("out")[0].GetProperty("reward").GetDouble());
        Assert.Equal("v1", body.GetProperty("version").GetString());
        Assert.Equal(3, body.GetProperty("why").GetArrayLength());
    }

    [Theory]
    [InlineData("lists", """{"prompts": [], "completions": [], "answer": []}""", """{"rewards":[]}""")]
    [InlineData("groups", """{"groups": []}""", """{"version":"v1","groups":[],"why":[]}""")]
    public async Task No_samples_are_answered_with_empty_lists(string form, string json, string expected)
    {
        var (status, body) = await forms.Client.PostTextAsync($"/trainers/{form}", json);
        Assert.Equal((200, expected), (status, body.GetRawText()));
    }

    [Theory]
    [InlineData("one", """{"data": {"question": "?"}}""", "data.output")]
    [InlineData("one", """{"data": {"output": null}}""", "data.output")]
    [InlineData("one", """{"data": []}""", "data.output")]
    [InlineData("one", """[]""", "data.output")]
    [InlineData("one", """null""", "data.output")]
    [InlineData("one", """{"data": {"output": "5", "question": 7}}""", "data.question")]
    [InlineData("one", """{"data": {"output": "5", "truth": {"kind": "maths"}}}""", "data.truth.kind")]
    [InlineData("lists", """{}""", "completions")]
    [InlineData("lists", """{"completions": "5"}""", "completions")]
    [InlineData("lists", """{"completions": ["5", {"content": "5"}], "answer": ["5", "5"]}""", "completions[1].role")]
    [InlineData("lists", """{"completions": ["5"], "answer": ["5", "6"]}""", "answer[*]")]
    [InlineData("lists", """{"completions": ["5"], "answer": [{"kind": "maths"}]}""", "answer[0].kind")]
    [InlineData("groups", """{"groups": [{"samples": [{}]}]}""", "groups[0].samples[0].text")]
    [InlineData("groups", """{"groups": [{"samples": [{"text": "5"}]}, {}]}""", "groups[1].samples")]
    public async Task A_malformed_call_is_answered_400_with_the_member_at_fault(string form, string json, string path)
    {
        var (status, body) = await forms.Client.PostTextAsync($"/trainers/{form}", json);
        Assert.True(status == 400, body.ToString());
        Assert.Equal(path, Assert.Single(body.Errors()));
    }

    [Theory]
    [InlineData("lists")]
    [InlineData("groups")]
    public async Task More_samples_than_one_call_takes_are_answered_413(string form)
    {
        var many = Enumerable.Repeat("5", 21).ToArray();
        var (status, _) = await forms.Client.PostAsync($"/trainers/{form}", form == "lists"
            ? new { completions = many, answer = many }
            : new { groups = many.Chunk(3).Select(chunk => new { label = "5", samples = chunk.Select(text => new { text }) }) });
        Assert.Equal(413, status);
    }

    [Fact]
    public async Task Labels_that_are_not_there_are_none()
    {
        var (status, body) = await forms.Client.PostAsync("/trainers/lists", new { completions = new[] { Right } });
        Assert.Equal((422, "answer[0]"), (status, Assert.Single(body.Errors())));
        body = await RewardAsync("lists", new { completions = new[] { Right } }, "?skipped=0");
        Assert.Equal([0], body.GetProperty("rewards").Numbers());
    }

    [Fact]
    public async Task Where_the_client_masks_what_has_no_reward_is_null_with_its_reason()
    {
        var body = await RewardAsync("masked", new { samples = new[] { new { text = Right, label = "5" }, new { text = Right, label = "\\frac{" } } });
        var rewards = body.GetProperty("rewards");
        Assert.Equal(2, rewards[0].GetDouble());
        Assert.Equal(JsonValueKind.Null, rewards[1].ValueKind);
        Assert.Equal(JsonValueKind.Null, body.GetProperty("why")[0].ValueKind);
        Assert.StartsWith("accuracy: ", body.GetProperty("why")[1].GetString(), StringComparison.Ordinal);
        body = await RewardAsync("masked", new { samples = new[] { new { text = Right, label = "\\frac{" } } }, "?skipped=-1");
        Assert.Equal([-1], body.GetProperty("rewards").Numbers());
    }

    [Fact]
    public async Task A_form_has_a_rubric_and_a_kind_of_its_own_and_the_URL_may_name_others()
    {
        Assert.Equal("-1.0", (await RewardAsync("choices", new { completion = "<answer>B</answer>", answer = "C" })).GetRawText());
        Assert.Equal("1.0", (await RewardAsync("choices", new { completion = "<answer>B</answer>", answer = "B" })).GetRawText());
        Assert.Equal("2.0", (await RewardAsync("choices", new { completion = Right, answer = "5" }, "?rubric=r1-zero&kind=math")).GetRawText());
    }

    [Fact]
    public async Task A_form_that_is_not_configured_is_404() =>
        Assert.Equal(404, (await forms.Client.PostAsync("/trainers/none", new { })).Status);

    [Theory]
    [InlineData("one", 500)]
    [InlineData("masked", 200)]
    public async Task A_sandbox_that_is_lost_is_told_as_the_form_says_and_never_a_reward(string form, int expected)
    {
        var (app, client) = await Forms.StartAsync();
        await using var _ = app;
        using var __ = client;
        var pool = app.Services.GetRequiredService<SandboxPool>();
        Assert.SkipUnless(pool.Engine.Available, $"no sandbox: {pool.Engine.Reason}");
        await pool.DisposeAsync();
        var label = new { inputs = new[] { "1" }, outputs = new[] { "1" } };
        var (status, body) = await client.PostAsync($"/trainers/{form}?skipped=0", new
        {
            data = new { output = "print(input())", truth = label }, samples = new[] { new { text = "print(input())", label } },
        });
        Assert.True(status == expected, body.ToString());
        Assert.True(expected != 200 || body.GetProperty("rewards")[0].ValueKind == JsonValueKind.Null, body.ToString());
    }

    [Fact]
    public async Task A_deadline_ends_a_call_before_its_client_does()
    {
        var (app, client) = await Forms.StartAsync();
        await using var _ = app;
        using var __ = client;
        var pool = app.Services.GetRequiredService<SandboxPool>();
        Assert.SkipUnless(pool.Engine.Available, $"no sandbox: {pool.Engine.Reason}");
        var label = """{"kind": "code", "language": "python", "tests": [{"kind": "stdio", "stdin": "", "stdout": ""}], "limits": {"wallSeconds": 100}}""";
        var (status, body) = await client.PostAsync("/trainers/hasty", new { completion = "import time\ntime.sleep(60)", answer = label });
        Assert.Equal(503, status);
        Assert.Contains("not graded within the 0.5 s", body.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    private async Task<JsonElement> RewardAsync(string form, object call, string query = "")
    {
        var (status, body) = await forms.Client.PostAsync($"/trainers/{form}{query}", call);
        Assert.True(status == 200, body.ToString());
        return body;
    }

    /// <summary>A server with a form of each kind.</summary>
    public sealed class Forms : IAsyncLifetime
    {
        private WebApplication app = null!;

        public HttpClient Client { get; private set; } = null!;

        public static Task<(WebApplication App, HttpClient Client)> StartAsync(string engine = "auto") => RewardCalls.ServerAsync(
            [
                ("Sandbox:Engine", engine), ("Server:MaxItems", 20.ToString(CultureInfo.InvariantCulture)),
                .. Form("one", ("Response", "$.data.output"), ("Prompt", "data.question"), ("Label", "data.truth"), ("Answer", """{"status":"ok"}"""), ("Reward", "result.reward"), ("FaultStatus", "500")),
                .. Form("bare", ("Response", "completion"), ("Label", "answer"), ("Reward", "$")),
                .. Form("lists", ("Response", "completions[*]"), ("Prompt", "prompts[*]"), ("Label", "answer[*]"), ("Reward", "rewards")),
                .. Form(
                    "groups",
                    ("Response", "groups[*].samples[*].text"), ("Prompt", "groups[*].prompt"), ("Label", "groups[*].label"),
                    ("Answer", """{"version":"v1"}"""), ("Reward", "groups[*].out[*].reward"), ("Components", "groups[*].out[*].parts"), ("Reason", "why[*]")),
                .. Form("masked", ("Response", "samples[*].text"), ("Label", "samples[*].label"), ("Reward", "rewards[*]"), ("Reason", "why"), ("Mask", "true")),
                .. Form("choices", ("Response", "completion"), ("Label", "answer"), ("Reward", "$"), ("Rubric", "dapo"), ("Kind", "choice")),
                .. Form("hasty", ("Response", "completion"), ("Label", "answer"), ("DeadlineSeconds", "0.5")),
            ]);

        public async ValueTask InitializeAsync() => (app, Client) = await StartAsync("none");

        public async ValueTask DisposeAsync()
        {
            Client.Dispose();
            await app.DisposeAsync();
        }

        private static IEnumerable<(string, string)> Form(string name, params (string Setting, string Value)[] settings) =>
            settings.Select(setting => ($"Trainers:Forms:{name}:{setting.Setting}", setting.Value));
    }
}
