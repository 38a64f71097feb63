using System.Text.Json;
using RewardServer.Tests.Http;

namespace RewardServer.Tests.Cli;

public sealed class GradeTests
{
    private const string Accuracy = """{"components":[{"grader":"accuracy"}]}""";

    [Fact]
    public async Task A_file_is_graded_in_its_order_with_a_summary()
    {
        var input = Lines(500, i => $@"\boxed{{{i}}}");
        var (code, output, error) = await RewardServerProcess.RunAsync(input, "grade", "--input", "-", "--output", "-", "--rubric", Accuracy);
        Assert.Equal(0, code);
        var graded = Read(output);
        Assert.Equal(Enumerable.Range(0, 500).Select(i => $"{i}"), graded.Select(item => item.GetProperty("id").GetString()));
        Assert.All(graded, item => Assert.Equal(1, item.GetProperty("reward").GetDouble()));
        Assert.Contains("500 graded", error, StringComparison.Ordinal);
        Assert.Contains("mean reward 1.0000", error, StringComparison.Ordinal);
        Assert.Contains("right 100.0", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_line_that_is_no_item_is_a_skipped_row_that_says_why()
    {
        var input = Lines(1, _ => "#### 0") + "{nonsense\n\n" + """{"id":"b","prompt":"?","completion":"5"}""" + "\n" + Lines(1, _ => "#### 0");
        var (code, output, _) = await RewardServerProcess.RunAsync(input, "grade", "--input", "-", "--output", "-");
        Assert.Equal(0, code);
        var graded = Read(output);
        Assert.Equal(["scored", "skipped", "skipped", "scored"], graded.Select(item => item.GetProperty("outcome").GetString()));
        Assert.Equal("row 4 is of no known set by its columns: id, prompt, completion", graded[2].GetProperty("reason").GetString());
    }

    [Theory]
    [InlineData("same")]
    [InlineData("symbolic")]
    public async Task The_input_is_never_overwritten_by_whatever_link(string kind)
    {
        var folder = Directory.CreateTempSubdirectory("grade-tests-");
        var input = Path.Combine(folder.FullName, "in.jsonl");
        var output = kind == "same" ? input : Path.Combine(folder.FullName, "out.jsonl");
        await File.WriteAllTextAsync(input, Lines(1, _ => "#### 0"), TestContext.Current.CancellationToken);
        if (kind == "symbolic")
        {
            File.CreateSymbolicLink(output, input);
        }

        var (code, _, error) = await RewardServerProcess.RunAsync("", "grade", "--input", input, "--output", output);
        Assert.Equal(2, code);
        Assert.StartsWith("rewardserver: --output:", error, StringComparison.Ordinal);
        Assert.Contains("is in use: it is the input", error, StringComparison.Ordinal);
        Assert.NotEmpty(await File.ReadAllTextAsync(input, TestContext.Current.CancellationToken));
        folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData("--input", "/nonexistent.jsonl", "--output", "-")]
    [InlineData("--input", "-", "--output", "/nonexistent/x.jsonl")]
    [InlineData("--input", "-", "--output", "-", "--rubric", "r2")]
    [InlineData("--input", "-", "--output", "-", "--rubric", """{"components":[{"grader":"luck"}]}""")]
    public async Task What_cannot_be_used_is_told_before_anything_is_graded(params string[] arguments)
    {
        var (code, output, error) = await RewardServerProcess.RunAsync(Lines(1, _ => "#### 0"), ["grade", .. arguments]);
        Assert.Equal((2, ""), (code, output));
        Assert.StartsWith("rewardserver: --", error, StringComparison.Ordinal);
    }

    private static string Lines(int count, Func<int, string> completion) => string.Concat(Enumerable.Range(0, count).Select(i =>
        Requests.Item($"{i}", completion(i), $$"""{"kind":"math","answer":"{{i}}"}""").ToJsonString() + "\n"));

    private static JsonElement[] Read(string output) =>
        [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line))];
}
