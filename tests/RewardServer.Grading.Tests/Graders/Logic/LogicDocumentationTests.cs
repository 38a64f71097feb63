using System.Text.Json;
using RewardServer.Grading.Completions;

namespace RewardServer.Grading.Tests.Graders.Logic;

public sealed class LogicDocumentationTests(SharedSandbox sandbox)
{
    [Fact]
    public async Task The_example_gives_the_rewards_that_it_tells()
    {
        var page = await File.ReadAllTextAsync(Path.Combine(Root(AppContext.BaseDirectory), "docs/logic.md"), TestContext.Current.CancellationToken);
        var example = JsonElement.Parse(page.Split("```json example")[1].Split("```")[0]);
        var items = example.GetProperty("items").Deserialize<Item[]>(ItemJson.Options)!;
        var graded = await GradingByRubric.GradeAsync(sandbox, example.GetProperty("rubric").GetRawText(), items);
        Assert.Equal(example.GetProperty("rewards").Deserialize<double?[]>(), graded.Select(item => item.Reward));
    }

    private static string Root(string folder) => File.Exists(Path.Combine(folder, "RewardServer.sln")) ? folder : Root(Path.GetDirectoryName(folder)!);
}
