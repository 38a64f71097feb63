using System.Runtime.CompilerServices;
using System.Text.Json;
using RewardServer.Grading.Completions;

namespace RewardServer.Grading.Tests.Graders;

public sealed class AnswerExamplesTests(SharedSandbox sandbox)
{
    [Fact]
    public async Task The_examples_in_the_docs_give_the_rewards_that_they_say()
    {
        var pieces = (await File.ReadAllTextAsync(Docs(), TestContext.Current.CancellationToken)).Split("```json example\n")[1..];
        Assert.Equal(5, pieces.Length);
        foreach (var piece in pieces)
        {
            var example = JsonElement.Parse(piece[..piece.IndexOf("\n```\n", StringComparison.Ordinal)]);
            var items = example.GetProperty("items").Deserialize<Item[]>(ItemJson.Options)!;
            var graded = await GradingByRubric.GradeAsync(sandbox, example.GetProperty("rubric").GetRawText(), items);
            Assert.Equal(example.GetProperty("rewards").Deserialize<double?[]>(), graded.Select(item => item.Reward));
        }
    }

    private static string Docs([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "../../../docs/answers.md");
}
