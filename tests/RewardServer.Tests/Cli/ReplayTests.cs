using System.Text.Json;
using System.Text.Json.Nodes;
using RewardServer.Tests.Http;

namespace RewardServer.Tests.Cli;

public sealed class ReplayTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("replay-tests-");

    public void Dispose() => folder.Delete(recursive: true);

    private string Path(string name) => System.IO.Path.Combine(folder.FullName, name);

    // Results of a set of five items, graded by this build and then changed.
    private async Task<(string Set, string Results)> GradedAsync(Action<JsonNode[]> change)
    {
        var (set, results) = (Path("set.jsonl"), Path("results.jsonl"));
        await File.WriteAllLinesAsync(set, Enumerable.Range(1, 5).Select(i => Requests.Item($"{i}", $@"\boxed{{{i}}}", $$"""{"kind":"math","answer":"{{i}}"}""").ToJsonString()), TestContext.Current.CancellationToken);
        var (code, _, error) = await RewardServerProcess.RunAsync("", "grade", "--input", set, "--output", results, "--rubric", "r1-zero");
        Assert.True(code == 0, error);
        var lines = (await File.ReadAllLinesAsync(results, TestContext.Current.CancellationToken)).Select(line => JsonNode.Parse(line)!).ToArray();
        foreach (var (line, row) in lines.Zip(Enumerable.Range(1, 5)))
        {
            (line["row"], line["sample"], line["rubric"]) = (row, 0, "r1-zero@1");
            line["completionChars"] ??= $@"\boxed{{{row}}}".Length;
        }

        change(lines);
        await File.WriteAllLinesAsync(results, lines.Select(line => line.ToJsonString()), TestContext.Current.CancellationToken);
        return (set, results);
    }

    [Fact]
    public async Task Nothing_has_changed_where_the_same_is_graded_by_the_rubric_that_the_results_name()
    {
        var (set, results) = await GradedAsync(_ => { });
        var (code, output, error) = await RewardServerProcess.RunAsync("", "replay", results, "--input", set);
        Assert.True(code == 0, output + error);
        Assert.StartsWith("5 samples graded again: nothing has changed", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_has_changed_is_told_with_what_may_be_why()
    {
        var (set, results) = await GradedAsync(lines =>
        {
            lines[1]["reward"] = 7;
            lines[3]["components"]![0]!["score"] = 0;
            foreach (var line in lines)
            {
                (line["engine"], line["rubricHash"]) = ("0.0.1+0000", "0000");
            }
        });
        var (code, output, error) = await RewardServerProcess.RunAsync("", "replay", results, "--input", set, "--output", Path("changes.jsonl"));
        Assert.True(code == 1, output + error);
        Assert.Contains("row 2, sample 0 (2): reward 7 → ", output, StringComparison.Ordinal);
        Assert.Contains("  1 have another reward", output, StringComparison.Ordinal);
        Assert.Contains("  1 have the same reward, and a component with another score or outcome", output, StringComparison.Ordinal);
        Assert.Contains("The rubric is another: r1-zero@1 (0000) then", output, StringComparison.Ordinal);
        Assert.Contains("The engine is another, too: 0.0.1+0000 then", output, StringComparison.Ordinal);
        var changes = (await File.ReadAllLinesAsync(Path("changes.jsonl"), TestContext.Current.CancellationToken)).Select(line => JsonElement.Parse(line)).ToList();
        Assert.Equal([(2, "reward"), (4, "score")], changes.Select(change => (change.GetProperty("row").GetInt32(), change.GetProperty("kind").GetString())));
    }

    [Fact]
    public async Task Results_that_do_not_name_their_rubric_want_it_named()
    {
        var (set, results) = await GradedAsync(lines => Array.ForEach(lines, line => line["rubric"] = "inline@1"));
        var (code, _, error) = await RewardServerProcess.RunAsync("", "replay", results, "--input", set);
        Assert.Equal(2, code);
        Assert.Contains("rewardserver: --rubric: the results do not name the rubric", error, StringComparison.Ordinal);
        (code, _, _) = await RewardServerProcess.RunAsync("", "replay", results, "--input", set, "--rubric", "r1-zero");
        Assert.Equal(0, code);
    }

    [Fact]
    public async Task A_file_that_holds_no_results_is_told()
    {
        var (set, _) = await GradedAsync(_ => { });
        var (code, _, error) = await RewardServerProcess.RunAsync("", "replay", set, "--input", set);
        Assert.Equal(2, code);
        Assert.Contains("rewardserver: RESULTS: the results' line 1 has no 'row'", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Results_that_are_out_of_order_break_it_off_and_nothing_is_said_to_be_unchanged_or_missing()
    {
        var (set, results) = await GradedAsync(Array.Reverse);
        var (code, output, error) = await RewardServerProcess.RunAsync("", "replay", results, "--input", set);
        Assert.Equal(3, code);
        Assert.Equal("0 samples graded again, and then it broke off", output.Trim());
        Assert.Contains("results are replayed in the order of their rows", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_replay_that_compares_nothing_is_no_success()
    {
        var (code, _, error) = await RewardServerProcess.RunAsync("", "replay", "-", "--input", "-", "--rubric", "r1-zero");
        Assert.Equal(2, code);
        Assert.Contains("only one of RESULTS, --input and --problems can be -", error, StringComparison.Ordinal);
        (code, _, error) = await RewardServerProcess.RunAsync("", "replay", "-", "--input", "/dev/null", "--rubric", "r1-zero");
        Assert.Equal(2, code);
        Assert.Contains("RESULTS: there are no results", error, StringComparison.Ordinal);
    }
}
