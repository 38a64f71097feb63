using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace RewardServer.Tests.Cli;

public sealed class ReportTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("report-tests-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task What_was_graded_is_told_in_the_terminal_as_json_and_as_a_page()
    {
        var items = string.Concat(Enumerable.Range(0, 40).Select(i => Item(i, i % 4 == 0 ? "1" : "2") + "\n"));
        var (graded, results, _) = await RewardServerProcess.RunAsync(items, "grade", "--input", "-", "--output", "-", "--rubric", """{"components":[{"grader":"accuracy"}]}""");
        Assert.Equal(0, graded);
        var (page, json) = (Path.Combine(folder, "report.html"), Path.Combine(folder, "report.json"));
        var (code, output, error) = await RewardServerProcess.RunAsync(results, "report", "-", "--html", page, "--json", json);
        Assert.Equal((0, ""), (code, error));
        Assert.Contains("40 completions of 10 problems", output, StringComparison.Ordinal);
        Assert.Contains("pass@k", output, StringComparison.Ordinal);
        var report = JsonElement.Parse(await File.ReadAllTextAsync(json, TestContext.Current.CancellationToken));
        Assert.Equal(0.25, report.GetProperty("accuracy").GetProperty("mean").GetDouble());
        Assert.Equal(40, report.GetProperty("outcomes").GetProperty("scored").GetInt64());
        Assert.Equal([1, 2, 4], report.GetProperty("byK").EnumerateArray().Select(at => at.GetProperty("k").GetInt32()));
        Assert.Equal(1, report.GetProperty("byK")[2].GetProperty("pass").GetProperty("mean").GetDouble());
        Assert.Equal("level", report.GetProperty("columns")[0].GetProperty("name").GetString());
        Assert.Contains("<h1>standard input</h1>", await File.ReadAllTextAsync(page, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_files_are_compared()
    {
        var first = await WriteAsync("first.jsonl", [Line("a", 1), Line("b", 1), Line("c", 0)]);
        var second = await WriteAsync("second.jsonl.gz", [Line("c", 1), Line("b", 1), Line("a", 0)]);
        var differences = Path.Combine(folder, "differences.jsonl");
        var (code, output, error) = await RewardServerProcess.RunAsync("", "report", first, second, "--differences", differences, "--html", Path.Combine(folder, "page.html"));
        Assert.Equal((0, ""), (code, error));
        Assert.Contains("1 gained, 1 lost, 1 right in both, 0 in none; McNemar's exact p = 1.0000", output, StringComparison.Ordinal);
        Assert.Equal(["lost a", "gained c"], (await File.ReadAllLinesAsync(differences, TestContext.Current.CancellationToken)).Select(line => JsonElement.Parse(line)).Select(line => $"{line.GetProperty("kind").GetString()} {line.GetProperty("id").GetString()}"));
        Assert.Contains("first.jsonl and second.jsonl.gz", await File.ReadAllTextAsync(Path.Combine(folder, "page.html"), TestContext.Current.CancellationToken), StringComparison.Ordinal);

        var (_, json, _) = await RewardServerProcess.RunAsync("", "report", first, second, "--json", "-");
        Assert.Equal(3, JsonElement.Parse(json).GetProperty("comparison").GetProperty("matched").GetInt64());
    }

    [Fact]
    public async Task A_half_written_last_line_is_passed_over_with_a_note()
    {
        var file = await WriteAsync("cut.jsonl", [Line("a", 1), Line("b", 1), Line("c", 0)[..40]], ended: false);
        var (code, output, error) = await RewardServerProcess.RunAsync("", "report", file);
        Assert.Equal(0, code);
        Assert.StartsWith($"rewardserver: {file}: line 3 is passed over", error, StringComparison.Ordinal);
        Assert.Contains("2 completions of 2 problems", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"id":"x","outcome":"scored","rew""", "is no JSON")]
    [InlineData("""{"id":"x","outcome":"won"}""", "has the outcome 'won', which is none")]
    [InlineData("""{"question":"?"}""", "has no 'id'")]
    [InlineData("[1]", "is no JSON object, but Array")]
    [InlineData("""{"id":"x","outcome":"skipped","reward":1}""", "is skipped and has a 'reward'")]
    public async Task A_line_that_is_no_result_is_told_with_its_file_and_number(string line, string error)
    {
        var file = await WriteAsync("bad.jsonl", [Line("a", 1), line, Line("b", 1)]);
        var (code, output, told) = await RewardServerProcess.RunAsync("", "report", file);
        Assert.Equal((2, ""), (code, output));
        Assert.StartsWith($"rewardserver: {file}: line 2 is no result: it {error}", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_json_at_all_is_not_taken_for_a_table()
    {
        var file = await WriteAsync("bytes", ["\0\u0001 a, b", "1, 2"]);
        var (code, _, error) = await RewardServerProcess.RunAsync("", "report", file);
        Assert.Equal(2, code);
        Assert.StartsWith($"rewardserver: {file}: line 1 is no result: it is no JSON", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Gzip_that_is_cut_off_is_not_taken_for_whole()
    {
        var whole = await WriteAsync("whole.jsonl.gz", [.. Enumerable.Range(0, 2000).Select(i => Line($"item {i * 7919 % 2000}", i % 2))]);
        var cut = Path.Combine(folder, "cut.jsonl.gz");
        await File.WriteAllBytesAsync(cut, (await File.ReadAllBytesAsync(whole, TestContext.Current.CancellationToken))[..^500], TestContext.Current.CancellationToken);
        var (code, _, error) = await RewardServerProcess.RunAsync("", "report", cut);
        Assert.Equal(3, code);
        Assert.StartsWith($"rewardserver: {cut}: ", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unusable_arguments_name_the_flag()
    {
        var file = await WriteAsync("a.jsonl", [Line("a", 1), Line("b", 0)]);
        foreach (var (arguments, error) in new (string[], string)[]
        {
            ([Path.Combine(folder, "none.jsonl")], "results: "),
            ([file, "--by", "colour"], "--by: no scored line of "),
            ([file, "--json", "/nonexistent/x"], "--json: "),
            ([file, "--json", file], "--json: "),
            ([file, "--json", "-", "--html", "-"], "only one of --html, --json and --differences can be -"),
            ([file, "--differences", Path.Combine(folder, "d")], "--differences: needs two files of results"),
            (["-", "-"], "results: only one of two can be -"),
        })
        {
            var (code, output, told) = await RewardServerProcess.RunAsync("", ["report", .. arguments]);
            Assert.Equal((2, ""), (code, output));
            Assert.StartsWith($"rewardserver: {error}", told, StringComparison.Ordinal);
        }

        Assert.Equal(2, (await File.ReadAllLinesAsync(file, TestContext.Current.CancellationToken)).Length);
        Assert.Equal(2, (await RewardServerProcess.RunAsync("", "report")).ExitCode);
    }

    [Fact]
    public async Task A_disk_that_is_full_is_told()
    {
        var file = await WriteAsync("a.jsonl", [Line("a", 1), Line("b", 0)]);
        var (code, _, error) = await RewardServerProcess.RunAsync("", "report", file, "--json", "/dev/full");
        Assert.Equal(3, code);
        Assert.StartsWith("rewardserver: ", error, StringComparison.Ordinal);
    }

    private static string Item(int i, string answer) =>
        $$$"""{"id":"p{{{i / 4}}}#{{{i % 4}}}","group":"p{{{i / 4}}}","prompt":"What is 1?","completion":"\\boxed{{{{answer}}}}","meta":{"level":"{{{i / 4 % 2}}}"},"task":{"kind":"math","answer":"1"}}""";

    private static string Line(string id, double reward) =>
        $$"""{"row":1,"sample":0,"id":"{{id}}","outcome":"scored","reward":{{reward}},"reason":null,"components":[]}""";

    private async Task<string> WriteAsync(string name, string[] lines, bool ended = true)
    {
        var path = Path.Combine(folder, name);
        await using Stream file = File.Create(path);
        await using var packed = name.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionLevel.Fastest) : file;
        await packed.WriteAsync(Encoding.UTF8.GetBytes(string.Join('\n', lines) + (ended ? "\n" : "")), TestContext.Current.CancellationToken);
        return path;
    }
}
