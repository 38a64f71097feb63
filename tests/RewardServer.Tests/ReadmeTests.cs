using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using RewardServer.Tests.Http;

namespace RewardServer.Tests;

public sealed partial class ReadmeTests(RunningServer server)
{
    private static readonly string Readme = File.ReadAllText(Path.Combine(Repository.Root, "README.md"));

    [Fact]
    public async Task The_first_example_is_answered_as_it_is_printed()
    {
        var (status, body) = await server.GradeAsync(Request().Match(Readme).Groups[1].Value);
        Assert.Equal(200, status);
        var printed = JsonNode.Parse(Answer().Match(Readme).Groups[1].Value);
        Assert.True(JsonNode.DeepEquals(printed, JsonNode.Parse(body.GetRawText())), body.GetRawText());
    }

    [Fact]
    public async Task The_second_example_earns_what_it_says()
    {
        server.NeedSandbox();
        var (_, body) = await server.GradeAsync(Request().Matches(Readme)[1].Groups[1].Value);
        Assert.Equal(1, body.GetProperty("items")[0].GetProperty("reward").GetDouble());
    }

    [GeneratedRegex("-d '(.*?)'\n", RegexOptions.Singleline)]
    private static partial Regex Request();

    [GeneratedRegex("```json\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Answer();
}
