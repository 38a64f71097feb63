using Microsoft.AspNetCore.Http;
using RewardServer.Grading.Graders;

namespace RewardServer.Grading.Tests.Graders.Judge;

/// <summary>Judges that do everything but answer with a score: an item is failed or judged in the end, and never scored for a fault of ours.</summary>
public sealed class MisbehavingJudges(SharedSandbox sandbox)
{
    private const string Good = "Well done.\nScore: 10";

    /// <summary>Ways not to answer with a score, by which the judge may yet be there.</summary>
    private static readonly Dictionary<string, (Func<HttpContext, Task> Answer, string Reason)> Ways = new()
    {
        ["garbage"] = (http => http.Response.WriteAsync("<html>not found</html>"), "answers with something other than JSON"),
        ["no JSON to its end"] = (http => http.Response.WriteAsync("""{"choices":[{"message":"""), "answers with something other than JSON"),
        ["half characters"] = (http => http.Response.WriteAsync("""{"\ud800":1,"choices":[{"message":{"content":"\ud800"}}]}"""), ""),
        ["nothing"] = (_ => Task.CompletedTask, "answers with something other than JSON"),
        ["another JSON"] = (http => http.Response.WriteAsync("[1,2]"), "answers without a choice"),
        ["empty choices"] = (http => http.Response.WriteAsync("""{"choices":[]}"""), "answers without a choice"),
        ["null content"] = (http => http.Response.WriteAsync("""{"choices":[{"message":{"content":null}}]}"""), "answers without a text"),
        ["a refusal"] = (http => http.Response.WriteAsync("""{"choices":[{"message":{"content":null,"refusal":"I cannot"}}]}"""), "refuses to judge the text"),
        ["a filter"] = (http => JudgeServer.SayAsync(http, Good, "content_filter"), "refuses to judge the text"),
        ["too long a thought"] = (http => JudgeServer.SayAsync(http, Good, "length"), "does not come to its score within its MaxTokens"),
        ["no score"] = (http => JudgeServer.SayAsync(http, "I like it."), "does not end its answer with a score"),
        ["not a number"] = (http => JudgeServer.SayAsync(http, "Score: NaN"), "does not end its answer with a score"),
        ["too high a score"] = (http => JudgeServer.SayAsync(http, "Score: 11"), "gives the score 11, which is not from 1 to 10"),
        ["too low a score"] = (http => JudgeServer.SayAsync(http, "Score: -1"), "gives the score -1, which is not from 1 to 10"),
        ["another scale"] = (http => JudgeServer.SayAsync(http, "Score: 4/5"), "gives a score out of 5 and not out of 10"),
        ["a huge body"] = (http => http.Response.WriteAsync(new string(' ', 2 << 20)), "answers with more than 1 MiB"),
        ["an endless body"] = (EndlessAsync, "answers with more than 1 MiB"),
        ["an error of its own"] = (http => StatusAsync(http, 500), "answers with an error of its own (500)"),
        ["a refused request"] = (http => StatusAsync(http, 400, """{"error":{"message":"no model m"}}"""), "does not take the request (400): its Model, Template, MaxTokens or MaxCharacters may be wrong; it says: no model m"),
        ["too long a request"] = (http => StatusAsync(http, 413), "does not take the request (413)"),
    };

    public static TheoryData<string> AllWays => [.. Ways.Keys];

    [Theory]
    [MemberData(nameof(AllWays))]
    public async Task A_judge_that_never_gives_a_score_is_a_fault_of_ours(string way)
    {
        await using var server = await JudgeServer.StartAsync((http, _) => Ways[way].Answer(http));
        using var judging = Judging.By(sandbox, server);
        var graded = await judging.GradeAsync("Hello!");
        Assert.Equal((Outcome.Failed, null), (graded.Outcome, graded.Score));
        Assert.StartsWith("the judge 'j' " + Ways[way].Reason, graded.Reason, StringComparison.Ordinal);
        Assert.EndsWith("; nor does it score a harmless text", graded.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(AllWays))]
    public async Task A_judge_that_one_text_keeps_from_giving_a_score_gives_it_the_lowest(string way)
    {
        await using var server = await JudgeServer.StartAsync((http, request) =>
            request.Text.Contains("breaker", StringComparison.Ordinal) ? Ways[way].Answer(http) : JudgeServer.SayAsync(http, Good));
        using var judging = Judging.By(sandbox, server);
        var broken = await judging.GradeAsync("Here is a breaker.");
        Assert.Equal((Outcome.Scored, 0), (broken.Outcome, broken.Score));
        Assert.Equal([Signal.JudgeInjection], broken.Signals);
        Assert.StartsWith("the text keeps the judge 'j'", broken.Reason, StringComparison.Ordinal);
        Assert.Equal(1, (await judging.GradeAsync("Hello!")).Score);
    }

    [Theory]
    [MemberData(nameof(AllWays))]
    public async Task A_judge_that_comes_to_its_senses_is_believed(string way)
    {
        var refused = way is "a refused request" or "too long a request";
        await using var server = await JudgeServer.StartAsync((http, request) => request.Number < 2 ? Ways[way].Answer(http) : JudgeServer.SayAsync(http, Good));
        using var judging = Judging.By(sandbox, server);
        var graded = await judging.GradeAsync("Hello!");
        Assert.Equal(refused ? (Outcome.Failed, (double?)null) : (Outcome.Scored, 1), (graded.Outcome, graded.Score));
    }

    [Fact]
    public async Task A_text_that_is_scored_when_it_is_asked_about_once_more_keeps_its_score()
    {
        // All three tries fail, the canary does not, and then the judge is well.
        await using var server = await JudgeServer.StartAsync((http, request) => request.Number < 3 ? StatusAsync(http, 500) : JudgeServer.SayAsync(http, Good));
        using var judging = Judging.By(sandbox, server);
        Assert.Equal(1, (await judging.GradeAsync("Hello!")).Score);
        Assert.Equal(5, server.Requests.Count);
    }

    [Theory]
    [InlineData(301, "sends us elsewhere (301)")]
    [InlineData(307, "sends us elsewhere (307)")]
    [InlineData(401, "does not let us in (401): its ApiKey is missing or wrong")]
    [InlineData(403, "does not let us in (403)")]
    [InlineData(404, "has nothing there (404): its Url or Model is wrong")]
    public async Task What_only_the_owner_can_mend_fails_at_once(int status, string reason)
    {
        await using var server = await JudgeServer.StartAsync((http, request) =>
        {
            http.Response.Headers.Location = "/elsewhere";
            return StatusAsync(http, status, """{"error":{"message":"Incorrect API key: sk-secret-0123456789"}}""");
        });
        using var judging = Judging.By(sandbox, server, judge => judge with { ApiKey = "sk-secret-0123456789" });
        var graded = await judging.GradeAsync("Hello!");
        Assert.Equal(Outcome.Failed, graded.Outcome);
        Assert.StartsWith("the judge 'j' " + reason, graded.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", graded.Reason, StringComparison.Ordinal);
        Assert.Equal(("/v1", "Bearer sk-secret-0123456789"), (Assert.Single(server.Requests).Path, server.Requests[0].Authorization));
    }

    [Fact]
    public async Task A_key_that_the_judge_sends_back_is_not_shown()
    {
        await using var server = await JudgeServer.StartAsync((http, request) => StatusAsync(http, 400, $$$"""{"error":{"message":"Who is {{{request.Authorization}}}?"}}"""));
        using var judging = Judging.By(sandbox, server, judge => judge with { ApiKey = "sk-secret-0123456789" });
        var graded = await judging.GradeAsync("Hello!");
        Assert.Contains("it says: Who is Bearer ***?", graded.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(408)]
    [InlineData(429)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task A_judge_that_is_not_to_be_had_is_tried_again_and_failed_in_the_end(int status)
    {
        await using var server = await JudgeServer.StartAsync((http, request) => request.Number < 5 ? StatusAsync(http, status) : JudgeServer.SayAsync(http, Good));
        using var judging = Judging.By(sandbox, server);
        Assert.Equal(Outcome.Failed, (await judging.GradeAsync("Hello!")).Outcome);
        Assert.Equal(3, server.Requests.Count);
        Assert.Equal(1, (await judging.GradeAsync("Hello!")).Score);
    }

    [Theory]
    [InlineData("before a byte")]
    [InlineData("within the body")]
    public async Task A_connection_that_breaks_off_is_tried_again(string when)
    {
        await using var server = await JudgeServer.StartAsync((http, request) => request.Number is 0 or > 1 and < 5 ? BreakAsync(http, when) : JudgeServer.SayAsync(http, Good));
        using var judging = Judging.By(sandbox, server);
        Assert.Equal(1, (await judging.GradeAsync("Hello!")).Score);
        var graded = await judging.GradeAsync("Hello!");
        Assert.Equal((Outcome.Failed, "the judge 'j' cannot be reached: the connection broke off before the answer was whole"), (graded.Outcome, graded.Reason));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_judge_that_does_not_answer_in_time_is_a_fault_of_ours(bool drips)
    {
        await using var server = await JudgeServer.StartAsync(async (http, _) =>
        {
            while (!http.RequestAborted.IsCancellationRequested)
            {
                await (drips ? http.Response.WriteAsync(" ", http.RequestAborted) : Task.CompletedTask);
                await http.Response.Body.FlushAsync(http.RequestAborted);
                await Task.Delay(10, http.RequestAborted);
            }
        });
        using var judging = Judging.By(sandbox, server, judge => judge with { TimeoutSeconds = 0.1, Retries = 1 });
        var graded = await judging.GradeAsync("Hello!");
        Assert.Equal((Outcome.Failed, "the judge 'j' did not answer within 0.1 s: it is overloaded, or its TimeoutSeconds are too few"), (graded.Outcome, graded.Reason));
        Assert.InRange(server.Requests.Count, 0, 2);
    }

    [Fact]
    public async Task A_judge_that_is_left_alone_because_it_never_answers_in_time_is_said_to_be_so()
    {
        await using var server = await JudgeServer.StartAsync(async (http, _) => await Task.Delay(Timeout.Infinite, http.RequestAborted));
        using var judging = Judging.By(sandbox, server, judge => judge with { TimeoutSeconds = 0.05, Retries = 0, BreakSeconds = 600 });
        var graded = await judging.GradeAllAsync([.. Enumerable.Range(0, 10).Select(_ => Judging.Item("Hello!") with { Anew = true })]);
        Assert.All(graded, item => Assert.StartsWith("judge: the judge 'j' did not answer within 0.05 s", item.Reason, StringComparison.Ordinal));
        var left = await judging.GradeAsync("Hello!");
        Assert.Equal((Outcome.Failed, "the judge 'j' did not answer within 0.05 s so often that it is left alone for 600 s"), (left.Outcome, left.Reason));
    }

    [Fact]
    public async Task A_response_that_copies_its_prompt_is_reported_by_the_judge()
    {
        var prompt = string.Join(' ', Enumerable.Range(0, 60).Select(i => $"word{i}"));
        await using var server = await JudgeServer.StartAsync((http, _) => JudgeServer.SayAsync(http, Good));
        using var judging = Judging.By(sandbox, server);
        Assert.Equal([Signal.CopiedPrompt], (await judging.GradeAsync(Judging.Item(prompt, prompt: prompt))).Signals);
        Assert.Empty((await judging.GradeAsync(Judging.Item("Hello!", prompt: prompt))).Signals);
    }

    [Fact]
    public async Task Nobody_listens_there()
    {
        using var judging = Judging.By(sandbox, "http://127.0.0.1:1/v1");
        var graded = await judging.GradeAsync("Hello!");
        Assert.Equal((Outcome.Failed, "the judge 'j' cannot be reached: nothing takes the connection"), (graded.Outcome, graded.Reason));
    }

    [Theory]
    [InlineData("7", 7)]
    [InlineData("86400", 30)]
    public async Task A_judge_is_left_alone_for_as_long_as_it_asks_within_bounds(string asked, double seconds)
    {
        await using var server = await JudgeServer.StartAsync((http, request) =>
        {
            http.Response.Headers.RetryAfter = asked;
            return request.Number == 0 ? StatusAsync(http, 429) : JudgeServer.SayAsync(http, Good);
        });
        var time = new HurriedTime();
        using var judging = Judging.By(sandbox, server, judge => judge with { TimeoutSeconds = 3600 }, time);
        Assert.Equal(1, (await judging.GradeAsync("Hello!")).Score);
        Assert.Contains(TimeSpan.FromSeconds(seconds), time.Set);
    }

    [Fact]
    public async Task A_judge_that_fails_again_and_again_is_left_alone_for_a_while()
    {
        var well = false;
        await using var server = await JudgeServer.StartAsync((http, _) => Volatile.Read(ref well) ? JudgeServer.SayAsync(http, Good) : StatusAsync(http, 503));
        var time = new HurriedTime();
        using var judging = Judging.By(sandbox, server, judge => judge with { TimeoutSeconds = 3600, BreakSeconds = 20 }, time);
        for (var i = 0; i < 4; i++)
        {
            Assert.Equal(Outcome.Failed, (await judging.GradeAsync("Hello!")).Outcome);
        }

        var asked = server.Requests.Count;
        var graded = await judging.GradeAsync("Hello!");
        Assert.Equal((Outcome.Failed, "the judge 'j' could not be reached so often that it is left alone for 20 s"), (graded.Outcome, graded.Reason));
        Assert.Equal(asked, server.Requests.Count);
        Volatile.Write(ref well, true);
        time.MoveOn(TimeSpan.FromSeconds(21));
        Assert.Equal(1, (await judging.GradeAsync("Hello!")).Score);
    }

    [Fact]
    public async Task Texts_that_a_judge_breaks_on_do_not_keep_it_from_others()
    {
        await using var server = await JudgeServer.StartAsync((http, request) =>
            request.Text.Contains("breaker", StringComparison.Ordinal) ? StatusAsync(http, 500) : JudgeServer.SayAsync(http, Good));
        using var judging = Judging.By(sandbox, server);
        var graded = await judging.GradeAllAsync([.. Enumerable.Range(0, 12).Select(_ => Judging.Item("breaker")), Judging.Item("Hello!")]);
        Assert.Equal([.. Enumerable.Repeat<double?>(0, 12), 1], graded.Select(item => item.Reward));
    }

    [Fact]
    public async Task No_more_questions_are_with_a_judge_than_it_is_given_and_wait_for_it_than_may()
    {
        var (inside, most) = (0, 0);
        using var go = new SemaphoreSlim(0);
        await using var server = await JudgeServer.StartAsync(async (http, _) =>
        {
            var now = Interlocked.Increment(ref inside);
            InterlockedMax(ref most, now);
            await go.WaitAsync(http.RequestAborted);
            Interlocked.Decrement(ref inside);
            await JudgeServer.SayAsync(http, Good);
        });
        using var judging = Judging.By(sandbox, server, judge => judge with { MaxConcurrent = 2, MaxQueued = 1 });
        var grading = Enumerable.Range(0, 5).Select(_ => judging.GradeAsync("Hello!")).ToArray();
        // Those turned away are answered while the others wait.
        var first = await Task.WhenAny(grading);
        var second = await Task.WhenAny(grading.Except([first]));
        Assert.All(new[] { await first, await second }, one => Assert.Equal((Outcome.Failed, "the judge 'j' has too many questions waiting for it: raise its MaxQueued or MaxConcurrent"), (one.Outcome, one.Reason)));
        go.Release(3);
        Assert.Equal(3, (await Task.WhenAll(grading)).Count(one => one.Score == 1));
        Assert.InRange(most, 1, 2);
    }

    [Fact]
    public async Task Whoever_gives_up_is_not_kept()
    {
        var arrived = new TaskCompletionSource();
        var gone = new TaskCompletionSource();
        await using var server = await JudgeServer.StartAsync(async (http, _) =>
        {
            using var left = http.RequestAborted.Register(gone.SetResult);
            arrived.SetResult();
            await Task.Delay(Timeout.Infinite, http.RequestAborted);
        });
        using var judging = Judging.By(sandbox, server);
        using var patience = new CancellationTokenSource();
        var grading = judging.GradeAllAsync([Judging.Item("Hello!")], cancellation: patience.Token);
        await arrived.Task;
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => grading);
        await gone.Task;
    }

    [Fact]
    public async Task A_judge_that_thinks_too_long_is_given_more_room()
    {
        await using var server = await JudgeServer.StartAsync((http, request) =>
            request.Body.GetProperty("max_tokens").GetInt32() < 4000 ? JudgeServer.SayAsync(http, "Hm", "length") : JudgeServer.SayAsync(http, Good));
        using var judging = Judging.By(sandbox, server);
        Assert.Equal(1, (await judging.GradeAsync("Hello!")).Score);
        Assert.Equal([1024, 2048, 4096], server.Requests.Select(request => request.Body.GetProperty("max_tokens").GetInt32()));
    }

    private static void InterlockedMax(ref int most, int value)
    {
        for (var seen = Volatile.Read(ref most); seen < value && Interlocked.CompareExchange(ref most, value, seen) != seen;)
        {
            seen = Volatile.Read(ref most);
        }
    }

    private static Task StatusAsync(HttpContext http, int status, string body = "")
    {
        http.Response.StatusCode = status;
        return http.Response.WriteAsync(body);
    }

    private static async Task BreakAsync(HttpContext http, string when)
    {
        if (when == "within the body")
        {
            http.Response.ContentLength = 1000;
            await http.Response.WriteAsync("""{"choices":[{"message":{"content":"Score: 10""");
            await http.Response.Body.FlushAsync();
        }

        http.Abort();
    }

    private static async Task EndlessAsync(HttpContext http)
    {
        var spaces = new string(' ', 65536);
        while (!http.RequestAborted.IsCancellationRequested)
        {
            await http.Response.WriteAsync(spaces, http.RequestAborted);
        }
    }
}
