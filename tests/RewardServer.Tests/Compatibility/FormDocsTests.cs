using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using RewardServer.Tests.Http;

namespace RewardServer.Tests.Compatibility;

/// <summary>The configuration and the calls of docs/trainers/generic.md.</summary>
public sealed partial class FormDocsTests
{
    private static readonly string Docs = File.ReadAllText(Path.Combine(Repository.Root, "docs/trainers/generic.md"));

    [Fact]
    public async Task The_examples_of_the_docs_work_as_it_says()
    {
        using var configured = new MemoryStream(Encoding.UTF8.GetBytes(Configuration().Match(Docs).Groups[1].Value));
        var settings = new ConfigurationBuilder().AddJsonStream(configured).Build().AsEnumerable().Where(pair => pair.Value is not null).ToDictionary(pair => pair.Key, pair => pair.Value);
        settings["Sandbox:Engine"] = "none";
        await using var app = await RunningServer.StartAsync(settings);
        using var client = RunningServer.ClientOf(app);
        var answers = new List<JsonElement>();
        foreach (var call in Calls().Matches(Docs).Select(call => call.Groups))
        {
            var (status, body) = await client.PostTextAsync(call[1].Value, call[2].Value);
            Assert.True(status == 200, $"{call[1].Value}: {body}");
            answers.Add(body);
        }

        Assert.Equal(3, answers.Count);
        Assert.True(JsonElement.DeepEquals(JsonElement.Parse(Answer().Match(Docs).Groups[1].Value), answers[0]), answers[0].GetRawText());
        Assert.Equal([1, 0], answers[1].GetProperty("groups")[0].GetProperty("samples").EnumerateArray().Select(sample => sample.GetProperty("parts").GetProperty("accuracy").GetDouble()));
        Assert.Equal(1, answers[2].GetDouble());
    }

    [GeneratedRegex("```json\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Configuration();

    [GeneratedRegex("curl -s '?http://127.0.0.1:8080([^ ']*)'? .*? -d '(.*?)'\n", RegexOptions.Singleline)]
    private static partial Regex Calls();

    [GeneratedRegex("answers `(.*?)`")]
    private static partial Regex Answer();
}
