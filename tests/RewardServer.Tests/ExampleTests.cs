using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using RewardServer.Tests.Http;

namespace RewardServer.Tests;

/// <summary>Every example of the docs that says what it earns.</summary>
public sealed partial class ExampleTests(RunningServer server)
{
    private static readonly (string Name, JsonNode Example)[] Examples =
    [
        .. from file in Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs"), "*.md").Order(StringComparer.Ordinal)
           from block in Block().Matches(File.ReadAllText(file)).Select((match, i) => (match.Groups[1].Value, Number: i + 1))
           select ($"{Path.GetFileName(file)} {block.Number}", JsonNode.Parse(block.Value)!),
    ];

    public static TheoryData<string> Names => [.. Examples.Select(example => example.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task An_example_earns_what_it_says(string name)
    {
        var example = Examples.Single(example => example.Name == name).Example.DeepClone().AsObject();
        if (example["items"]!.AsArray().Any(item => item!["task"]!["kind"]!.GetValue<string>() == "code"))
        {
            server.NeedSandbox();
        }

        var rewards = example["rewards"]!.AsArray().Select(reward => reward?.GetValue<double>()).ToArray();
        example.Remove("rewards");
        var (status, body) = await server.GradeAsync(example.ToJsonString());
        Assert.True(status == 200, body.GetRawText());
        var earned = body.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("reward")).ToArray();
        Assert.Equal(rewards.Length, earned.Length);
        Assert.All(earned.Zip(rewards), pair => Assert.True(
            pair.Second is { } reward ? pair.First.ValueKind == JsonValueKind.Number && Math.Abs(pair.First.GetDouble() - reward) < 1e-9 : pair.First.ValueKind == JsonValueKind.Null,
            $"{name}: earned {pair.First.GetRawText()}, not {pair.Second?.ToString() ?? "null"}: {body.GetRawText()}"));
    }

    [GeneratedRegex("```json example\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();
}
