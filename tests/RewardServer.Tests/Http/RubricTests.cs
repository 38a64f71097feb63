using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using RewardServer.Hosting;

namespace RewardServer.Tests.Http;

public sealed class RubricTests(RunningServer server)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_rubric_that_is_listed_could_stand_inline()
    {
        var rubrics = (await Get(server.Client, "/v1/rubrics")).GetProperty("rubrics").EnumerateArray().ToArray();
        Assert.Contains("r1-zero", rubrics.Select(rubric => rubric.GetProperty("name").GetString()));
        foreach (var rubric in rubrics)
        {
            Assert.Equal(200, (await Explain(rubric.GetRawText())).Status);
        }
    }

    [Fact]
    public async Task A_rubric_explains_itself_in_words_and_its_bounds()
    {
        var explained = await Get(server.Client, "/v1/rubrics/r1-zero");
        Assert.Equal((0.0, 2.0), (explained.GetProperty("lowest").GetDouble(), explained.GetProperty("highest").GetDouble()));
        Assert.Contains("The reward is the sum", explained.GetProperty("explanation")[1].GetString(), StringComparison.Ordinal);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/rubrics/r1-zero") { Headers = { { "Accept", "text/plain" } } };
        using var response = await server.Client.SendAsync(request, Cancellation);
        Assert.StartsWith("r1-zero, version 1\n", await response.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rubric_that_is_not_there_is_told_with_those_that_are()
    {
        using var response = await server.Client.GetAsync("/v1/rubrics/luck", Cancellation);
        Assert.Equal(404, (int)response.StatusCode);
        Assert.Contains("r1-zero", await response.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rubric_is_checked_without_grading_anything()
    {
        var (status, body) = await Explain("""{"components":[{"grader":"luck"},{"grader":"format","clip":[1,0]}]}""");
        Assert.Equal(400, status);
        Assert.Equal(["components[0].grader", "components[1].clip"], body.GetProperty("errors").EnumerateObject().Select(error => error.Name).Order());
    }

    [Fact]
    public async Task A_graded_call_names_its_rubric_and_version_by_which_it_can_be_asked_again()
    {
        var request = Requests.Grade(Requests.Item("a", "5", """{"kind":"math","answer":"5"}"""));
        request["rubric"] = "r1-zero";
        Assert.Equal("r1-zero@1", (await server.GradeAsync(request)).Body.GetProperty("rubric").GetString());
        request["rubric"] = "r1-zero@1";
        Assert.Equal(200, (await server.GradeAsync(request)).Status);
        request["rubric"] = "r1-zero@7";
        Assert.Equal(400, (await server.GradeAsync(request)).Status);
    }

    [Fact]
    public async Task The_completions_of_one_prompt_have_values_that_make_sense_only_together()
    {
        var request = Requests.Grade([.. new[] { "5", "6", "5", "7" }.Select((answer, i) => Requests.Item($"{i}", $@"\boxed{{{answer}}}", """{"kind":"math","answer":"5"}"""))]);
        request["rubric"] = JsonNode.Parse("""{"components":[{"grader":"accuracy"}],"transforms":[{"transform":"grpo","name":"advantage","options":{"epsilon":0}}]}""");
        var items = (await server.GradeAsync(request)).Body.GetProperty("items").EnumerateArray();
        var advantage = Math.Sqrt(3) / 2;
        Assert.Equal([advantage, -advantage, advantage, -advantage], items.Select(item => item.GetProperty("transforms").GetProperty("advantage").GetDouble()), (a, b) => Math.Abs(a - b) < 1e-12);
    }

    [Fact]
    public async Task The_owners_rubrics_are_read_again_while_the_server_runs_and_a_bad_one_keeps_the_old()
    {
        var folder = Directory.CreateTempSubdirectory("rubrics-");
        var file = Path.Combine(folder.FullName, "mine.yaml");
        await File.WriteAllTextAsync(file, "components: [{grader: format}]", Cancellation);
        await using var app = await RunningServer.StartAsync(new() { ["Sandbox:Engine"] = "none", ["Rubrics:Folder"] = folder.FullName });
        using var client = RunningServer.ClientOf(app);
        Assert.Equal(1, (await Get(client, "/v1/rubrics/mine")).GetProperty("version").GetInt32());
        await File.WriteAllTextAsync(file, "version: 2\ncomponents: [{grader: format}]", Cancellation);
        await Until(async () => (await Get(client, "/v1/rubrics/mine")).GetProperty("version").GetInt32() == 2);
        await File.WriteAllTextAsync(file, "version: 3\ncomponents: [{grader: no-such-grader}]", Cancellation);
        await Until(async () => (await Get(client, "/v1/rubrics")).GetProperty("problems").GetArrayLength() == 1);
        Assert.Equal(2, (await Get(client, "/v1/rubrics/mine")).GetProperty("version").GetInt32());
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_server_does_not_start_with_a_rubric_that_is_wrong()
    {
        var folder = Directory.CreateTempSubdirectory("rubrics-");
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "mine.json"), """{"components":[{"grader":"luck"}]}""", Cancellation);
        var start = await Assert.ThrowsAsync<StartException>(() => RunningServer.StartAsync(new() { ["Sandbox:Engine"] = "none", ["Rubrics:Folder"] = folder.FullName }));
        Assert.StartsWith("Rubrics:Folder: mine.json: components[0].grader 'luck' is not a grader", start.Message, StringComparison.Ordinal);
        folder.Delete(recursive: true);
    }

    private static async Task Until(Func<Task<bool>> condition)
    {
        while (!await condition())
        {
            await Task.Delay(100, Cancellation);
        }
    }

    private static async Task<JsonElement> Get(HttpClient client, string path) => await client.GetFromJsonAsync<JsonElement>(path, Cancellation);

    private async Task<(int Status, JsonElement Body)> Explain(string json)
    {
        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        using var response = await server.Client.PostAsync("/v1/rubrics/explain", content, Cancellation);
        return ((int)response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>(Cancellation));
    }
}
