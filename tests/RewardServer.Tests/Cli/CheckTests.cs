using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace RewardServer.Tests.Cli;

public sealed class CheckTests
{
    private static string Problem(string answer) => JsonSerializer.Serialize(new { problem = "What is it?", answer }) + "\n";

    [Fact]
    public async Task A_set_that_is_well_ends_with_0()
    {
        var (code, output, _) = await RewardServerProcess.RunAsync(Problem("1") + Problem("2") + Problem(@"\sqrt{2}"), "check", "-");
        Assert.Equal(0, code);
        Assert.Equal("3 rows: 3 well, 0 refuse their own gold, 0 accept others', 0 cannot be judged\n", output);
    }

    [Fact]
    public async Task Rows_that_fail_are_listed_with_their_reason_apart_from_those_that_cannot_be_judged()
    {
        var all = """{"id":"any","prompt":"?","task":{"kind":"math","answers":["1","2","3"]}}""" + "\n";
        var (code, output, _) = await RewardServerProcess.RunAsync(all + Problem("1") + Problem("2") + Problem("3") + Problem(@"\frac{1}{"), "check", "-");
        Assert.Equal(1, code);
        var lines = output.Split('\n');
        Assert.Equal("1 row that accept the golds of other rows", lines[0]);
        Assert.StartsWith("  row 1 (any): accepts the golds of rows 2, 3, 4 as well", lines[1], StringComparison.Ordinal);
        Assert.Contains("    gold of row 2: 1", lines);
        Assert.Contains("1 row that cannot be judged, and would be left out of training", lines);
        Assert.Contains(lines, line => line.StartsWith("  row 5: accuracy: the gold", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Everything_that_is_found_goes_to_a_file_as_json()
    {
        var (code, output, error) = await RewardServerProcess.RunAsync(Problem("1") + "{\n" + Problem("2"), "check", "-", "--json", "-");
        Assert.Equal(1, code);
        var report = JsonElement.Parse(output);
        Assert.Equal("unjudged", report.GetProperty("findings")[0].GetProperty("what").GetString());
        Assert.Equal(2, report.GetProperty("findings")[0].GetProperty("row").GetInt32());
        Assert.Equal((3, 2), (report.GetProperty("tally").GetProperty("rows").GetInt32(), report.GetProperty("tally").GetProperty("passed").GetInt32()));
        Assert.Contains("3 rows: 2 well", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Columns_of_other_names_are_mapped()
    {
        var (code, output, _) = await RewardServerProcess.RunAsync(
            """{"text":"1 + 1?","solved":"2"}""" + "\n" + """{"text":"2 + 2?","solved":"4"}""", "check", "-", "--set", "math", "--map", "problem=text,answer=solved");
        Assert.Equal(0, code);
        Assert.StartsWith("2 rows: 2 well", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, "FILE:", "/nonexistent.jsonl")]
    [InlineData(2, "--set: 'none'", "-", "--set", "none")]
    [InlineData(2, "--map: 'answer'", "-", "--map", "answer")]
    [InlineData(2, "--json:", "-", "--json", "/nonexistent/x.json")]
    public async Task What_cannot_be_used_is_told(int expected, string told, params string[] arguments)
    {
        var (code, output, error) = await RewardServerProcess.RunAsync("", ["check", .. arguments]);
        Assert.Equal((expected, ""), (code, output));
        Assert.StartsWith($"rewardserver: {told}", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_packed_set_that_was_cut_off_ends_with_3_after_what_was_found()
    {
        var folder = Directory.CreateTempSubdirectory("check-tests-");
        var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            // Too random to be packed well, or one block would hold it all.
            var random = new Random(1);
            gzip.Write(Encoding.UTF8.GetBytes("{\n" + string.Concat(Enumerable.Range(0, 20_000).Select(_ => Problem($"{random.NextInt64()}")))));
        }

        await File.WriteAllBytesAsync(Path.Combine(folder.FullName, "set.jsonl.gz"), packed.ToArray()[..^1000], TestContext.Current.CancellationToken);
        var (code, output, error) = await RewardServerProcess.RunAsync("", "check", Path.Combine(folder.FullName, "set.jsonl.gz"));
        Assert.True(code == 3, error);
        Assert.Contains("  row 1: is no JSON", output, StringComparison.Ordinal);
        Assert.Contains("1 cannot be judged", output, StringComparison.Ordinal);
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_set_without_rows_is_not_well()
    {
        var (code, output, _) = await RewardServerProcess.RunAsync("", "check", "-");
        Assert.Equal(1, code);
        Assert.Contains("there are no rows", output, StringComparison.Ordinal);
    }
}
