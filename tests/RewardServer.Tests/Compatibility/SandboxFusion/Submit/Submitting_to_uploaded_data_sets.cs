using System.Net.Http.Json;
using System.Text.Json;
using RewardServer.Tests.Http;
using static RewardServer.Tests.Compatibility.SandboxFusion.Submit.Submissions;

namespace RewardServer.Tests.Compatibility.SandboxFusion.Submit;

public sealed class Submitting_to_uploaded_data_sets(RunningServer server) : IAsyncLifetime
{
    private readonly string set = "set-" + Path.GetRandomFileName();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var task = JsonElement.Parse("""{"kind":"code","language":"python","tests":[{"kind":"stdio","stdin":"4","stdout":"8"},{"kind":"stdio","stdin":"0","stdout":"0"}]}""");
        var call = JsonElement.Parse("""{"kind":"code","language":"python","tests":[{"kind":"call","function":"double","arguments":[4],"result":8}]}""");
        var math = JsonElement.Parse("""{"kind":"math","answer":"1"}""");
        var request = new
        {
            tasks = new object[]
            {
                new { set, id = "7", prompt = "Read n and print twice n.", task },
                new { set, id = "a/b", prompt = new[] { new { role = "user", content = "Write double." } }, task = call },
                new { set, id = "math", task = math },
            },
        };
        using var response = await server.Client.PutAsJsonAsync("/v1/tasks", request, Token);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(Token));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var id in new[] { "7", "a/b", "math" })
        {
            using var _ = await server.Client.DeleteAsync($"/v1/tasks/{set}/{id}", CancellationToken.None);
        }
    }

    private object To(object id, string code, string? language = null, double? seconds = null) => Request(Fenced(code, language ?? "python"), null, dataset: set, id: id, language: language, seconds: seconds);

    [Fact]
    public async Task Its_tests_decide()
    {
        var right = await server.SubmitAsync(To(7, "print(2 * int(input()))"));
        Assert.True(right.Accepted());
        Assert.Equal([true, true], right.Passed());
        Assert.Equal("4", right.GetProperty("tests")[0].GetProperty("test_info").GetProperty("input").Text("stdin"));
        Assert.False((await server.SubmitAsync(To("7", "print(8)"))).Accepted());
        Assert.True((await server.SubmitAsync(To("a/b", "def double(n):\n    return n + n"))).Accepted());
        Assert.False((await server.SubmitAsync(To("a/b", "import os\ndef double(n):\n    os._exit(0)"))).Accepted());
        var late = await server.SubmitAsync(To(7, "import time; time.sleep(30)", seconds: 0.3));
        Assert.Equal("TimeLimitExceeded", late.Info().End().Status);
    }

    [Fact]
    public async Task A_call_may_say_another_language_where_the_tests_allow_it()
    {
        Assert.SkipUnless(server.Sandbox.Languages.Any(language => language is { Name: "bash", Available: true }), "no bash");
        Assert.True((await server.SubmitAsync(To(7, "read n || true\necho $((2 * n))", "bash"))).Accepted());
        var (status, detail) = await server.RefusedAsync(To("a/b", "echo", "bash"));
        Assert.Equal(422, status);
        Assert.Contains("tests are for python programs, not for bash", detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_it_does_not_have_is_refused()
    {
        Assert.Equal((404, $"dataset {set} has no problem 8"), await server.RefusedAsync(To(8, "print(1)")));
        var (status, detail) = await server.RefusedAsync(To("math", "print(1)"));
        Assert.Equal(422, status);
        Assert.Contains("not of kind 'code'", detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_listed_with_its_problems_and_prompts()
    {
        var sets = await server.Client.GetFromJsonAsync<string[]>("/list_datasets", Token);
        Assert.Contains(set, sets!);
        Assert.Equal("""["7","a/b","math"]""", (await Post("/list_ids", new { dataset = set, config = new { }, offset = 0, limit = 1000000 })).GetRawText());
        Assert.Equal("""["a/b"]""", (await Post("/list_ids", new { dataset = set, config = new { }, offset = 1, limit = 1 })).GetRawText());
        var prompts = await Post("/get_prompts", new { dataset = set, config = new { } });
        Assert.Equal(
            """[{"id":"7","prompt":"Read n and print twice n.","labels":{}},{"id":"a/b","prompt":[{"role":"user","content":"Write double."}],"labels":{}}]""",
            prompts.GetRawText());
        var one = await Post("/get_prompt_by_id", new { dataset = set, config = new { }, id = 7 });
        Assert.Equal("""{"id":7,"prompt":"Read n and print twice n.","labels":{}}""", one.GetRawText());
        Assert.Equal("{}", (await Post("/get_metrics", new { dataset = set, config = new { }, results = Array.Empty<object>() })).GetRawText());
        Assert.Equal("""{"function":null}""", (await Post("/get_metrics_function", new { dataset = set, config = new { } })).GetRawText());
    }

    [Theory]
    [InlineData("/list_ids")]
    [InlineData("/get_prompts")]
    [InlineData("/get_prompt_by_id")]
    [InlineData("/get_metrics")]
    [InlineData("/get_metrics_function")]
    public async Task Calls_about_one_that_is_not_there_are_refused(string path)
    {
        var (status, body) = await server.Client.AskAsync(path, new { dataset = "nowhere", config = new { }, id = 1, results = Array.Empty<object>() });
        Assert.Equal(400, status);
        Assert.StartsWith("no eval class found for dataset nowhere", body.Text("detail"), StringComparison.Ordinal);
        (status, body) = await server.Client.AskAsync(path, new { dataset = set, config = new { provided_data = new[] { new { id = 1 } } }, id = 1 });
        Assert.Equal(400, status);
        Assert.StartsWith("config.provided_data: ", body.Text("detail"), StringComparison.Ordinal);
        (status, body) = await server.Client.AskTextAsync(path, """{"offset":-1}""");
        Assert.Equal(400, status);
        Assert.StartsWith("dataset: is required", body.Text("detail"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_problem_without_a_prompt_has_none_to_tell()
    {
        var (status, body) = await server.Client.AskAsync("/get_prompt_by_id", new { dataset = set, config = new { }, id = "math" });
        Assert.Equal(404, status);
        Assert.Contains("math that has a prompt", body.Text("detail"), StringComparison.Ordinal);
    }

    private async Task<JsonElement> Post(string path, object request)
    {
        var (status, body) = await server.Client.AskAsync(path, request);
        Assert.True(status == 200, body.GetRawText());
        return body;
    }
}
