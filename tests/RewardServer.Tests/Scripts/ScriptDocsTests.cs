using System.Text.Json;
using System.Text.RegularExpressions;
using RewardServer.Grading.Completions;
using RewardServer.Tests.Http;

namespace RewardServer.Tests.Scripts;

public sealed partial class ScriptDocsTests(RunningServer server)
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "scripts.md"));

    [Fact]
    public async Task The_example_earns_what_it_says()
    {
        var example = JsonElement.Parse(Example().Match(Page).Groups[1].Value);
        await using var scripts = await RunningScripts.StartAsync(server.Sandbox, ("politeness", Script().Match(Page).Groups[1].Value, new()));
        var graded = await scripts.GradeAsync(
            example.GetProperty("rubric").GetRawText(), example.GetProperty("items").Deserialize<Item[]>(ItemJson.Options)!, TestContext.Current.CancellationToken);
        Assert.Equal(example.GetProperty("rewards").Deserialize<double?[]>(), graded.Select(item => item.Reward));
        Assert.All(graded, item => Assert.Equal("says please", item.Components[0].Reason));
    }

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Script();

    [GeneratedRegex("```json script example\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Example();
}
