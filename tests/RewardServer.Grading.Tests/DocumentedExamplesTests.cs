using System.Text.Json;
using System.Text.RegularExpressions;
using RewardServer.Grading.Completions;

namespace RewardServer.Grading.Tests;

/// <summary>The examples in docs/: blocks marked <c>json example</c>, each a rubric, items, and the rewards they earn.</summary>
public sealed partial class DocumentedExamplesTests(SharedSandbox sandbox)
{
    [Fact]
    public async Task They_earn_what_they_say()
    {
        var examples = Directory.GetFiles(Path.Combine(Repository.Root, "docs"), "*.md").SelectMany(file => Example().Matches(File.ReadAllText(file))).Select(match => match.Groups[1].Value).ToArray();
        Assert.NotEmpty(examples);
        foreach (var example in examples)
        {
            var json = JsonElement.Parse(example);
            var graded = await GradingByRubric.GradeAsync(
                sandbox, json.GetProperty("rubric").GetRawText(), json.GetProperty("items").Deserialize<Item[]>(ItemJson.Options)!);
            var rewards = json.GetProperty("rewards").Deserialize<double?[]>()!;
            Assert.True(
                rewards.Length == graded.Length && rewards.Zip(graded).All(pair => pair.First is { } reward ? Math.Abs(reward - pair.Second.Reward ?? double.NaN) < 1e-9 : pair.Second.Reward is null),
                $"{example}\nearns {string.Join(", ", graded.Select(item => item.Reward?.ToString() ?? $"null ({item.Reason})"))}");
        }
    }

    [GeneratedRegex(@"^```json example\n(.*?)^```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Example();
}
