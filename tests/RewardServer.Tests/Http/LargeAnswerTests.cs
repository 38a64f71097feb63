using System.Text.Json;
using RewardServer.Hosting;
using RewardServer.Http;
using RewardServer.Tests.Compatibility.SandboxFusion;

namespace RewardServer.Tests.Http;

/// <summary>Answers that hold much output, and what bounds their memory.</summary>
public sealed class LargeAnswerTests(RunningServer server)
{
    private static readonly CancellationToken Never = CancellationToken.None;

    // Escaped control characters, characters of two to four bytes across the borders of pieces, and quotes.
    private static readonly string[] Texts = ["\u0001", "é", "a\u20ac", "\"\\\n", "x🙂", "\u007f\u2028<&'"];

    // By JSON, for two escapes make one character there alone.
    private static string Literal(string text) => $"json.loads({JsonSerializer.Serialize(JsonSerializer.Serialize(text))})";

    [Fact]
    public async Task Small_answers_never_wait_and_large_ones_are_written_a_few_at_a_time()
    {
        using var budget = new OutputBudget(new ServerOptions { OutputBudgetMb = 64 });
        const long Large = 4 << 20;
        var first = await budget.ReserveWritingAsync(Large, Never);
        var second = await budget.ReserveWritingAsync(Large, Never);
        var third = budget.ReserveWritingAsync(Large, Never);
        Assert.False(third.IsCompleted);
        Assert.Null(await budget.ReserveWritingAsync((1 << 20) - 1, Never));
        Assert.Null(await budget.ReserveWritingAsync(0, Never));
        first!.Dispose();
        using var written = await third.WaitAsync(TimeSpan.FromSeconds(30), Never);
        Assert.NotNull(written);
        second!.Dispose();
    }

    [Fact]
    public async Task One_larger_than_all_that_may_be_written_takes_all_of_it_and_a_wait_can_be_given_up()
    {
        using var budget = new OutputBudget(new ServerOptions { OutputBudgetMb = 64 });
        using var all = await budget.ReserveWritingAsync(1L << 40, Never);
        using var over = new CancellationTokenSource();
        var waiting = budget.ReserveWritingAsync(1 << 20, over.Token);
        Assert.False(waiting.IsCompleted);
        await over.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    [Fact]
    public async Task Several_at_once_are_answered_whole_where_the_budget_is_small()
    {
        server.NeedSandbox();
        await using var app = await RunningServer.StartAsync(new() { ["Server:OutputBudgetMb"] = "16" });
        using var client = RunningServer.ClientOf(app);
        client.Timeout = TimeSpan.FromMinutes(5);
        var calls = Enumerable.Range(0, 8).Select(async n =>
        {
            var text = Texts[n % Texts.Length];
            var code = $"import json, sys\nsys.stdout.buffer.write(({Literal(text)} * 3000000).encode()[:3000000])";
            var (status, body) = n < 4
                ? await client.AskAsync("/v1/execute", new { language = "python", code, limits = new { outputKb = 4096, wallSeconds = 60, cpuSeconds = 60 } })
                : await client.AskAsync("/run_code", new { language = "python", code, run_timeout = 60, compile_timeout = 200 });
            Assert.True(status == 200, body.GetRawText());
            return (text, given: n < 4 ? body.GetProperty("runs")[0].Text("stdout") ?? System.Text.Encoding.UTF8.GetString(body.GetProperty("runs")[0].GetProperty("stdoutBase64").GetBytesFromBase64()) : body.GetProperty("run_result").Text("stdout"));
        });
        foreach (var (text, given) in await Task.WhenAll(calls))
        {
            var bytes = System.Text.Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(text, 3_000_000)))[..3_000_000];
            Assert.Equal(System.Text.Encoding.UTF8.GetString(bytes), given);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task Every_character_comes_as_it_was_written(int which)
    {
        server.NeedSandbox();
        var text = Texts[which];
        var code = $"import json, sys\nsys.stdout.write('.' + {Literal(text)} * 100000)\nsys.stderr.write('.' * 70000)";
        var expected = "." + string.Concat(Enumerable.Repeat(text, 100_000));
        var (_, executed) = await server.Client.AskAsync("/v1/execute", new { language = "python", code, stdins = new[] { "", "1" } });
        foreach (var run in executed.GetProperty("runs").EnumerateArray())
        {
            Assert.Equal((expected, 70_000), (run.Text("stdout"), run.Text("stderr")!.Length));
        }

        var (_, ran) = await server.Client.AskAsync("/run_code", new { language = "python", code });
        Assert.Equal((expected, 70_000), (ran.GetProperty("run_result").Text("stdout"), ran.GetProperty("run_result").Text("stderr")!.Length));
    }

    [Fact]
    public async Task What_is_no_text_is_whole_in_base64_and_replaced_for_trainers()
    {
        server.NeedSandbox();
        const string Code = "import os\nos.write(1, b'\\xff\\xe2\\x82' * 60000)";
        var (_, executed) = await server.Client.AskAsync("/v1/execute", new { language = "python", code = Code });
        Assert.Equal(180_000, executed.GetProperty("runs")[0].GetProperty("stdoutBase64").GetBytesFromBase64().Length);
        var (_, ran) = await server.Client.AskAsync("/run_code", new { language = "python", code = Code });
        Assert.Equal(string.Concat(Enumerable.Repeat("\uFFFD\uFFFD", 60_000)), ran.GetProperty("run_result").Text("stdout"));
    }
}
