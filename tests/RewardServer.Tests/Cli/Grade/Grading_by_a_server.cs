using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using RewardServer.Tests.Http;

namespace RewardServer.Tests.Cli.Grade;

public sealed class Grading_by_a_server(RunningServer server)
{
    private const int Rows = 300;

    private string Url => server.Client.BaseAddress!.AbsoluteUri;

    [Theory]
    [InlineData(GradeFolder.Accuracy)]
    [InlineData("r1-zero")]
    [InlineData("""{"components":[{"grader":"accuracy"},{"grader":"length","weight":0}],"signals":{"hedged-answer":-0.5},"transforms":[{"transform":"mean-centred"}]}""")]
    public async Task Results_are_the_same_as_in_process(string rubric)
    {
        using var folder = new GradeFolder().With(Rows);
        // What cannot be read, what cannot be judged, and answers of one group.
        await File.AppendAllLinesAsync(folder.Input,
        [
            "{nonsense",
            """{"problem":"?","answer":"\\frac{}{}","completion":"1"}""",
            """{"id":"g","problem":"?","answer":"1","responses":["\\boxed{1}","\\boxed{2}","1 or 2"]}""",
            """{"id":"g","prompt":"?","completion":"\\boxed{1}","completionTokens":5,"meta":{"a":[1]},"task":{"kind":"math","answer":"1"}}""",
        ], TestContext.Current.CancellationToken);
        var here = await RewardServerProcess.RunAsync("", "grade", "--input", folder.Input, "--output", folder.File("here.jsonl"), "--rubric", rubric);
        var there = await RewardServerProcess.RunAsync("", "grade", "--input", folder.Input, "--output", folder.File("there.jsonl"), "--rubric", rubric, "--server", Url);
        Assert.Equal((0, 0), (here.ExitCode, there.ExitCode));
        var lines = await File.ReadAllLinesAsync(folder.File("here.jsonl"), TestContext.Current.CancellationToken);
        Assert.Equal(Rows + 6, lines.Length);
        Assert.Equal(lines, await File.ReadAllLinesAsync(folder.File("there.jsonl"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task What_fails_on_the_way_is_asked_again()
    {
        using var folder = new GradeFolder().With(Rows);
        var calls = 0;
        await using var faulty = await OtherServer.StartAsync(async http =>
        {
            switch (http.Request.Path == "/v1/grade" ? Interlocked.Increment(ref calls) : int.MaxValue)
            {
                case 1 or 5 or 9:
                    http.Response.StatusCode = 429;
                    http.Response.Headers.RetryAfter = "0";
                    break;
                case 2 or 6 or 10:
                    http.Response.StatusCode = 503;
                    await http.Response.WriteAsync("<html>a proxy</html>");
                    break;
                case 3 or 7 or 11:
                    http.Abort();
                    break;
                case 4:
                    await AllFailedAsync(http);
                    break;
                default:
                    await PassOnAsync(http);
                    break;
            }
        });
        var (code, _, error) = await folder.GradeAsync("--server", faulty.Urls.First());
        Assert.True(code == 0, error);
        folder.HasAll(Rows);
        Assert.True(calls > 10);
    }

    [Fact]
    public async Task What_the_server_fails_at_again_and_again_is_failed_and_no_score()
    {
        using var folder = new GradeFolder().With(3);
        await using var faulty = await OtherServer.StartAsync(http => http.Request.Path == "/v1/grade" ? AllFailedAsync(http) : PassOnAsync(http));
        var (code, _, error) = await folder.GradeAsync("--server", faulty.Urls.First());
        Assert.Equal(1, code);
        Assert.Contains("3 failed", error, StringComparison.Ordinal);
        Assert.All(folder.Results(), result => Assert.Equal(("failed", JsonValueKind.Null), (result.GetProperty("outcome").GetString(), result.GetProperty("reward").ValueKind)));
    }

    [Fact]
    public async Task A_server_that_is_gone_ends_the_run_which_can_go_on_elsewhere()
    {
        using var folder = new GradeFolder().With(Rows);
        var calls = 0;
        await using var dying = await OtherServer.StartAsync(http =>
        {
            if (http.Request.Path != "/v1/grade" || Interlocked.Increment(ref calls) <= 3)
            {
                return PassOnAsync(http);
            }

            http.Abort();
            return Task.CompletedTask;
        });
        var (code, _, error) = await folder.GradeAsync("--server", dying.Urls.First(), "--patience", "1");
        Assert.Equal(3, code);
        Assert.Contains("gives no answer", error, StringComparison.Ordinal);
        Assert.Contains("--resume", error, StringComparison.Ordinal);
        folder.HasAll(folder.Results().Length);
        Assert.Equal(0, (await folder.GradeAsync("--resume")).ExitCode);
        folder.HasAll(Rows);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_run_that_is_stopped_before_it_grades_anything_takes_nothing_away(bool withFailed)
    {
        using var folder = new GradeFolder().With(Rows);
        Assert.Equal(0, (await folder.GradeAsync()).ExitCode);
        var lines = await File.ReadAllLinesAsync(folder.Output, TestContext.Current.CancellationToken);
        if (withFailed)
        {
            lines[4] = lines[4].Replace("\"outcome\":\"scored\",\"reward\":1,", "\"outcome\":\"failed\",\"reward\":null,", StringComparison.Ordinal);
        }

        // The last line was not written to its end.
        var before = string.Join('\n', lines[..200])[..^20];
        await File.WriteAllTextAsync(folder.Output, before, TestContext.Current.CancellationToken);
        await using var dying = await OtherServer.StartAsync(http =>
        {
            if (http.Request.Path != "/v1/grade")
            {
                return PassOnAsync(http);
            }

            http.Abort();
            return Task.CompletedTask;
        });
        Assert.Equal(3, (await folder.GradeAsync("--resume", "--server", dying.Urls.First(), "--patience", "1")).ExitCode);
        Assert.Equal(before, await File.ReadAllTextAsync(folder.Output, TestContext.Current.CancellationToken));
        Assert.Equal(0, (await folder.GradeAsync("--resume")).ExitCode);
        folder.HasAll(Rows);
    }

    [Theory]
    [InlineData("silent")]
    [InlineData("wants to be asked in an hour")]
    public async Task Patience_is_kept_with_a_server_that_never_answers_or_sends_away(string how)
    {
        using var folder = new GradeFolder().With(3);
        var stop = TestContext.Current.CancellationToken;
        var hangs = false;
        await using var other = await OtherServer.StartAsync(async http =>
        {
            hangs |= http.Request.Path == "/v1/grade";
            if (!hangs)
            {
                await PassOnAsync(http);
            }
            else if (how == "silent")
            {
                await Task.Delay(Timeout.Infinite, http.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            else
            {
                http.Response.StatusCode = 429;
                http.Response.Headers.RetryAfter = "3600";
            }
        });
        var (code, _, error) = await folder.GradeAsync("--server", other.Urls.First(), "--patience", "2").WaitAsync(TimeSpan.FromMinutes(2), stop);
        Assert.True(code == 3, error);
        Assert.Contains("gives no answer", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_that_takes_longer_than_the_patience_is_waited_for_while_the_server_is_there()
    {
        using var folder = new GradeFolder().With(3);
        await using var slow = await OtherServer.StartAsync(async http =>
        {
            await Task.Delay(http.Request.Path == "/v1/grade" ? TimeSpan.FromSeconds(9) : TimeSpan.Zero, http.RequestAborted);
            await PassOnAsync(http);
        });
        var (code, _, error) = await folder.GradeAsync("--server", slow.Urls.First(), "--patience", "6");
        Assert.True(code == 0, error);
        folder.HasAll(3);
    }

    [Fact]
    public async Task Rows_that_failed_are_graded_anew_in_their_places_when_the_run_goes_on()
    {
        using var folder = new GradeFolder().With(Rows);
        var fails = true;
        await using var faulty = await OtherServer.StartAsync(async http =>
        {
            using var reader = new StreamReader(http.Request.Body);
            var body = await reader.ReadToEndAsync();
            if (fails && (body.Contains("What is 40?", StringComparison.Ordinal) || body.Contains("What is 200?", StringComparison.Ordinal)))
            {
                http.Request.Body = new MemoryStream(Encoding.UTF8.GetBytes(body));
                await AllFailedAsync(http);
            }
            else
            {
                await PassOnAsync(http, body);
            }
        });
        string[] by = ["--server", faulty.Urls.First()];
        Assert.Equal(1, (await folder.GradeAsync(by)).ExitCode);
        var failed = folder.Results().Count(result => result.GetProperty("outcome").GetString() == "failed");
        Assert.InRange(failed, 2, Rows - 1);
        // Still failing, they stay as they are, and nothing beside them is lost.
        Assert.Equal(1, (await folder.GradeAsync([.. by, "--resume"])).ExitCode);
        Assert.Equal(Enumerable.Range(1, Rows), folder.Results().Select(result => result.GetProperty("row").GetInt32()));
        fails = false;
        var (code, _, error) = await folder.GradeAsync([.. by, "--resume"]);
        Assert.True(code == 0, error);
        Assert.Contains($"{Rows} graded", error, StringComparison.Ordinal);
        folder.HasAll(Rows);
        Assert.Equal(["in.jsonl", "out.jsonl"], Directory.GetFiles(Path.GetDirectoryName(folder.Output)!).Select(file => Path.GetFileName(file)).Order());
    }

    [Fact]
    public async Task Rows_that_one_call_cannot_hold_go_in_several_and_one_that_none_can_hold_is_skipped()
    {
        await using var small = await RunningServer.StartAsync(new() { ["Server:MaxRequestMb"] = "1", ["Sandbox:Engine"] = "none" });
        using var folder = new GradeFolder();
        var long1 = new string(' ', 400 << 10);
        await File.WriteAllLinesAsync(folder.Input,
        [
            .. Enumerable.Range(1, 5).Select(i => $$"""{"problem":"{{i}}","answer":"1","completion":"{{long1}}\\boxed{1}"}"""),
            $$"""{"problem":"6","answer":"1","completion":"{{long1}}{{long1}}{{long1}}\\boxed{1}"}""",
        ], TestContext.Current.CancellationToken);
        var (code, _, error) = await folder.GradeAsync("--server", small.Urls.First());
        Assert.True(code == 0, error);
        var results = folder.Results();
        Assert.Equal(["scored", "scored", "scored", "scored", "scored", "skipped"], results.Select(result => result.GetProperty("outcome").GetString()));
        Assert.StartsWith("row 6 is larger than a call may be", results[5].GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Contains("Server:MaxRequestMb", results[5].GetProperty("reason").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_of_another_version_may_refuse_an_item_and_grades_the_others()
    {
        using var folder = new GradeFolder().With(4);
        await using var other = await OtherServer.StartAsync(async http =>
        {
            using var reader = new StreamReader(http.Request.Body);
            var body = await reader.ReadToEndAsync();
            if (http.Request.Method == "POST" && body.Contains("What is 2?", StringComparison.Ordinal))
            {
                http.Response.StatusCode = 400;
                await http.Response.WriteAsync("""{"title":"The request is malformed","errors":{"items[1].task.answer":["is not what it was"]}}""");
            }
            else
            {
                await PassOnAsync(http, body);
            }
        });
        Assert.Equal(0, (await folder.GradeAsync("--server", other.Urls.First())).ExitCode);
        Assert.Equal([null, "row 2: task.answer is not what it was", null, null], folder.Results().Select(result => result.GetProperty("reason").GetString()));
    }

    [Fact]
    public async Task A_server_that_refuses_is_told_before_anything_is_graded()
    {
        const string Key = "0123456789abcdef";
        await using var locked = await RunningServer.StartAsync(new() { ["Server:ApiKeys:0"] = Key, ["Sandbox:Engine"] = "none" });
        using var folder = new GradeFolder().With(3);
        var without = await folder.GradeAsync("--server", locked.Urls.First());
        Assert.Equal(2, without.ExitCode);
        Assert.Contains("--server:", without.Error, StringComparison.Ordinal);
        Assert.Contains("401", without.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(folder.Output));

        var with = await RewardServerProcess.RunAsync(new() { ["GRADE_KEY"] = Key }, "", folder.Command("--server", locked.Urls.First(), "--api-key-env", "GRADE_KEY"));
        Assert.True(with.ExitCode == 0, with.Error);
        folder.HasAll(3);

        var unknown = await RewardServerProcess.RunAsync("", "grade", "--input", folder.Input, "--output", folder.File("other.jsonl"), "--rubric", "r2", "--server", Url);
        Assert.Equal(2, unknown.ExitCode);
        Assert.Contains("'r2' is not a rubric of this server", unknown.Error, StringComparison.Ordinal);
    }

    private static async Task AllFailedAsync(HttpContext http)
    {
        var items = (await JsonDocument.ParseAsync(http.Request.Body)).RootElement.GetProperty("items").EnumerateArray()
            .Select(item => new { id = item.GetProperty("id").GetString(), outcome = "failed", reward = (double?)null, reason = "no engine", components = Array.Empty<string>() });
        http.Response.StatusCode = 503;
        await http.Response.WriteAsJsonAsync(new { title = "Nothing could be graded; try again", items });
    }

    private async Task PassOnAsync(HttpContext http, string? body = null)
    {
        if (body is null)
        {
            using var reader = new StreamReader(http.Request.Body);
            body = await reader.ReadToEndAsync();
        }

        using var request = new HttpRequestMessage(new(http.Request.Method), http.Request.Path.Value!.TrimStart('/'));
        request.Content = http.Request.Method == "POST" ? new StringContent(body, Encoding.UTF8, "application/json") : null;
        using var response = await server.Client.SendAsync(request);
        http.Response.StatusCode = (int)response.StatusCode;
        http.Response.ContentType = "application/json";
        await http.Response.Body.WriteAsync(await response.Content.ReadAsByteArrayAsync());
    }
}
