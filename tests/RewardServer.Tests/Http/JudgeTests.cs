using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using RewardServer.Hosting;

namespace RewardServer.Tests.Http;

/// <summary>Judges of the server's configuration, as a caller meets them.</summary>
public sealed partial class JudgeTests
{
    private const string Key = "sk-0123456789abcdef";

    private const string Rubric = """{"components":[{"grader":"judge","options":{"judge":"helpful","criteria":"Warmth."}}]}""";

    [Fact]
    public async Task A_judge_of_the_configuration_scores_items_and_is_told_of_in_the_metrics()
    {
        await using var judge = await OtherServer.StartAsync(http => http.Request.Headers.Authorization == $"Bearer {Key}"
            ? http.Response.WriteAsync("""{"choices":[{"message":{"content":"Warm.\nScore: 4"}}]}""")
            : throw new InvalidOperationException("without its key"));
        await using var app = await RunningServer.StartAsync(Configured(judge.Urls.First(), ("ScoreScale:0", "0"), ("ScoreScale:1", "8")));
        using var client = RunningServer.ClientOf(app);
        var body = await GradeAsync(client, Rubric);
        Assert.Equal(0.5, body.GetProperty("items")[0].GetProperty("reward").GetDouble());
        var metrics = await client.GetStringAsync("/metrics", TestContext.Current.CancellationToken);
        Assert.Contains("judge_requests_total{", metrics, StringComparison.Ordinal);
        Assert.Contains("judge=\"helpful\"", metrics, StringComparison.Ordinal);
        Assert.DoesNotContain(Key, metrics + body.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_judge_that_cannot_be_reached_makes_items_failed_and_shows_neither_key_nor_address()
    {
        await using var app = await RunningServer.StartAsync(Configured("http://127.0.0.1:1/secret-address", ("Retries", "0")));
        using var client = RunningServer.ClientOf(app);
        var body = await GradeAsync(client, Rubric, 503);
        Assert.Equal("failed", body.GetProperty("items")[0].GetProperty("outcome").GetString());
        Assert.DoesNotContain(Key, body.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain("secret-address", body.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rubric_that_names_another_judge_is_refused_with_the_names_there_are()
    {
        await using var app = await RunningServer.StartAsync(Configured("http://127.0.0.1:1/"));
        using var client = RunningServer.ClientOf(app);
        var body = await GradeAsync(client, Rubric.Replace("helpful", "harmless", StringComparison.Ordinal), 400);
        Assert.Contains("'harmless' is not a judge; there are: helpful", body.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_error_of_every_judge_stops_the_start()
    {
        var settings = Configured("nowhere", ("Kind", "oracle"), ("Retries", "99"));
        settings["Judges:other:Url"] = "http://127.0.0.1:1/";
        var errors = Assert.Throws<StartException>(() => Settings.Read(new ConfigurationBuilder().AddInMemoryCollection(settings).Build())).Errors;
        Assert.Equal(
            ["Judges:helpful:Url", "Judges:helpful:Retries", "Judges:helpful:Kind", "Judges:other:Model"],
            errors.Select(error => error[..error.IndexOf(": ", StringComparison.Ordinal)]));
        Assert.DoesNotContain(Key, string.Join("\n", errors), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Uri", "http://127.0.0.1:1/")]
    [InlineData("Retries", "many")]
    public void A_setting_that_is_misspelt_or_of_the_wrong_type_stops_the_start(string setting, string value)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(Configured("http://127.0.0.1:1/", (setting, value))).Build();
        var error = Assert.Single(Assert.Throws<StartException>(() => Settings.Read(configuration)).Errors);
        Assert.StartsWith("Judges:helpful: ", error, StringComparison.Ordinal);
        Assert.Contains(setting, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_example_of_the_docs_earns_what_it_says()
    {
        var docs = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs/judges.md"), TestContext.Current.CancellationToken);
        var example = JsonNode.Parse(Example().Match(docs).Groups[1].Value)!;
        var (items, says) = (example["items"]!.AsArray(), example["judge says"]!.AsArray());
        await using var judge = await OtherServer.StartAsync(async http =>
        {
            var asked = await JsonNode.ParseAsync(http.Request.Body);
            var text = asked!["messages"]![0]!["content"]!.GetValue<string>();
            var which = items.Index().First(item => text.Contains(item.Item!["completion"]!.GetValue<string>().Split("</think>")[^1].Split('\n')[0], StringComparison.Ordinal)).Index;
            await http.Response.WriteAsync(new JsonObject { ["choices"] = new JsonArray(new JsonObject { ["message"] = new JsonObject { ["content"] = says[which]!.DeepClone() } }) }.ToJsonString());
        });
        using var configured = new MemoryStream(Encoding.UTF8.GetBytes(Configuration().Match(docs).Groups[1].Value));
        var settings = new ConfigurationBuilder().AddJsonStream(configured).Build().AsEnumerable().Where(pair => pair.Value is not null).ToDictionary(pair => pair.Key, pair => pair.Value);
        settings["Judges:helpful:Url"] = judge.Urls.First();
        await using var app = await RunningServer.StartAsync(settings);
        using var client = RunningServer.ClientOf(app);
        using var response = await client.PostAsJsonAsync("/v1/grade", new JsonObject { ["rubric"] = example["rubric"]!.DeepClone(), ["items"] = items.DeepClone() }, TestContext.Current.CancellationToken);
        var graded = (await response.Content.ReadFromJsonAsync<JsonNode>(TestContext.Current.CancellationToken))!["items"]!.AsArray();
        Assert.Equal(example["rewards"]!.AsArray().Select(reward => reward!.GetValue<double>()), graded.Select(item => item!["reward"]!.GetValue<double>()));
        Assert.Equal("judge-injection", Assert.Single(graded[2]!["components"]![0]!["signals"]!.AsArray())!.GetValue<string>());
    }

    private static Dictionary<string, string?> Configured(string url, params (string Name, string Value)[] more)
    {
        var settings = new Dictionary<string, string?> { ["Judges:helpful:Url"] = url, ["Judges:helpful:Model"] = "m", ["Judges:helpful:ApiKey"] = Key };
        foreach (var (name, value) in more)
        {
            settings[$"Judges:helpful:{name}"] = value;
        }

        return settings;
    }

    private static async Task<JsonElement> GradeAsync(HttpClient client, string rubric, int status = 200)
    {
        var item = Requests.Item("a", "Hello!", """{"kind":"judge","criteria":"Brevity.","reference":"Hi!"}""");
        var request = new JsonObject { ["rubric"] = JsonNode.Parse(rubric), ["items"] = new JsonArray(item) };
        using var response = await client.PostAsJsonAsync("/v1/grade", request, TestContext.Current.CancellationToken);
        var body = await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        Assert.True(status == (int)response.StatusCode, body.GetRawText());
        return body;
    }

    [GeneratedRegex("```json judge example\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Example();

    [GeneratedRegex("```json configuration\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Configuration();
}
