using System.IO.Compression;
using System.Text;
using System.Text.Json;
using RewardServer.Tests.Http;

namespace RewardServer.Tests.Cli.Grade;

public sealed class Data_sets(RunningServer server)
{
    [Fact]
    public async Task Any_columns_can_be_graded_by_a_map()
    {
        const string Rows = "q,output,gold\n?,#### 4,4\n?,#### 5,4\n";
        var (code, output, _) = await RewardServerProcess.RunAsync(Rows, "grade", "--input", "-", "--output", "-", "--rubric", GradeFolder.Accuracy, "--map", "completion=output,answer=gold", "--kind", "number");
        Assert.Equal(0, code);
        Assert.Equal([1.0, 0.0], output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line).GetProperty("reward").GetDouble()));
    }

    [Theory]
    [InlineData("""{"q":"?","out":"4"}""", "row 1 is of no known set by its columns: q, out", "gsm8k: question, answer")]
    [InlineData("""{"problem":"?","answer":"4","out":"4"}""", "row 1 has no column of completions", "--map NAME=COLUMN")]
    [InlineData("""{"problem":"?","answer":"4","output":"4"}""", "row 1 has no column 'gold' to stand for 'answer'; it has: problem, answer, output", "--map NAME=COLUMN", "--map", "answer=gold")]
    [InlineData("""{"problem":"?","answer":"4","output":"4"}""", "--set: 'maths' is no set that is known", "livecodebench", "--set", "maths")]
    [InlineData("""{"problem":"?","answer":"4","output":"4"}""", "--kind: 'maths' is no kind of answers", "math, text, number, choice", "--kind", "maths")]
    [InlineData("""{"problem":"?","answer":"4","output":"4"}""", "--map: 'answer' is no NAME=COLUMN", "", "--map", "answer")]
    [InlineData("""{"problem":"?","answer":"4","out":"4"}""", "--map: no set that is known has a column 'completon'", "completion, completionTokens,", "--map", "completon=out")]
    [InlineData("""{"problem":"?","answer":"4","output":"4"}""", "--server: 'here' is no address", "", "--server", "here")]
    [InlineData("""{"problem":"?","answer":"4","output":"4"}""", "--report: 'x.txt' ends in neither", "", "--report", "x.txt")]
    [InlineData("""{"problem":"?","answer":"4","output":"4"}""", "--api-key-env: the environment has no variable NO_SUCH_KEY", "", "--api-key-env", "NO_SUCH_KEY")]
    public async Task A_set_that_cannot_be_read_is_told_before_anything_is_graded(string row, string error, string hint, params string[] flags)
    {
        using var folder = new GradeFolder();
        await File.WriteAllTextAsync(folder.Input, row, TestContext.Current.CancellationToken);
        var (code, _, told) = await folder.GradeAsync(flags);
        Assert.Equal(2, code);
        Assert.Contains(error, told, StringComparison.Ordinal);
        Assert.Contains(hint, told, StringComparison.Ordinal);
        Assert.False(File.Exists(folder.Output));
    }

    [Fact]
    public async Task Samples_of_HumanEval_are_joined_with_its_problems()
    {
        server.NeedSandbox();
        using var folder = new GradeFolder();
        const string Problem = """{"task_id":"HumanEval/0","prompt":"def f(x):\n","entry_point":"f","canonical_solution":"    return x + 1\n","test":"def check(f):\n    assert f(1) == 2\n"}""";
        await using (var gzip = new GZipStream(File.Create(folder.File("HumanEval.jsonl.gz")), CompressionLevel.Fastest))
        {
            await gzip.WriteAsync(Encoding.UTF8.GetBytes(Problem), TestContext.Current.CancellationToken);
        }

        await File.WriteAllTextAsync(folder.Input, """
            {"task_id":"HumanEval/0","completion":"    return x + 1\n"}
            {"task_id":"HumanEval/0","completion":"    return x\n"}
            {"task_id":"HumanEval/9","completion":"    return x\n"}
            """, TestContext.Current.CancellationToken);
        Assert.Equal(0, (await folder.GradeAsync("--problems", folder.File("HumanEval.jsonl.gz"))).ExitCode);
        var results = folder.Results();
        Assert.Equal(["1", "0", "null"], results.Select(result => result.GetProperty("reward").GetRawText()));
        Assert.Equal("row 3 answers 'HumanEval/9', of which there is no problem", results[2].GetProperty("reason").GetString());
    }

    [Theory]
    [InlineData(2, "holds no problem", "", """{"id":"a","completion":"1"}""")]
    [InlineData(2, "row 1 names no problem", """{"id":"a","problem":"?","answer":"1"}""", """{"completion":"1"}""")]
    [InlineData(1, "nothing was scored", """{"id":"a","problem":"?","answer":"1"}""", """{"id":"b","completion":"1"}""")]
    public async Task Problems_that_join_nothing_are_no_success(int expected, string told, string problems, string row)
    {
        using var folder = new GradeFolder();
        await File.WriteAllTextAsync(folder.Input, row, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(folder.File("problems.jsonl"), problems, TestContext.Current.CancellationToken);
        var (code, _, error) = await folder.GradeAsync("--problems", folder.File("problems.jsonl"));
        Assert.Equal(expected, code);
        Assert.Contains(told, error, StringComparison.Ordinal);
        Assert.Equal(expected == 1, File.Exists(folder.Output));
    }

    [Fact]
    public async Task The_report_goes_to_files_too()
    {
        using var folder = new GradeFolder().With(10);
        Assert.Equal(0, (await folder.GradeAsync("--report", folder.File("report.json"), "--report", folder.File("report.html"))).ExitCode);
        Assert.StartsWith("<!DOCTYPE html>", await File.ReadAllTextAsync(folder.File("report.html"), TestContext.Current.CancellationToken), StringComparison.OrdinalIgnoreCase);
        var report = JsonElement.Parse(await File.ReadAllBytesAsync(folder.File("report.json"), TestContext.Current.CancellationToken));
        Assert.Equal(10, report.GetProperty("items").GetInt64());
        Assert.Contains("level", report.GetProperty("columns").EnumerateArray().Select(column => column.GetProperty("name").GetString()));
    }
}
