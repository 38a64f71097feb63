using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using RewardServer.Compatibility;
using RewardServer.Compatibility.Programs;
using RewardServer.Hosting;
using RewardServer.Http;
using RewardServer.Sandboxing.Pooling;
using RewardServer.Tests.Http;

namespace RewardServer.Tests.Compatibility.SandboxFusion;

/// <summary>verl tries again on 504 alone.</summary>
public sealed class Faults_of_ours(RunningServer server)
{
    [Theory]
    [InlineData("/run_code", """{"code":"print(1)","language":"python"}""")]
    [InlineData("/common_evaluate_batch", """{"completion":"```python\nprint(1)\n```","config":{"language":"python","provided_data":{"test_cases":{"type":"stdin_stdout","input":[""],"output":["1"]}}}}""")]
    public async Task A_sandbox_that_is_lost_is_answered_504(string path, string json)
    {
        server.NeedSandbox();
        await using var app = await RunningServer.StartAsync([]);
        using var client = RunningServer.ClientOf(app);
        await app.Services.GetRequiredService<SandboxPool>().DisposeAsync();
        var (status, body) = await client.AskTextAsync(path, json);
        Assert.Equal(504, status);
        Assert.False(body.TryGetProperty("run_result", out _));
    }

    [Fact]
    public async Task A_call_too_many_is_answered_504_at_once_unless_its_client_never_tries_again()
    {
        server.NeedSandbox();
        await using var app = await RunningServer.StartAsync(new() { ["Server:MaxCalls"] = "1", ["Server:MaxWaiting"] = "0" });
        using var client = RunningServer.ClientOf(app);
        using var over = new CancellationTokenSource();
        var holding = client.HoldPlaceAsync("/run_code", RunCode.Verl("import time; time.sleep(30)", timeout: 60), over.Token);
        await client.UntilNoPlaceIsLeftAsync();

        // As tinker-cookbook asks: without compile_timeout.
        var asking = client.AskAsync("/run_code", new { code = "print(1)", language = "python", run_timeout = 12 });
        await Task.Delay(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);
        Assert.False(asking.IsCompleted);
        await over.CancelAsync();
        await holding;
        var (status, body) = await asking;
        Assert.Equal((200, "1\n"), (status, body.End().Stdout));
    }

    [Fact]
    public async Task A_server_without_a_sandbox_cannot_judge_programs()
    {
        await using var app = await RunningServer.StartAsync(new() { ["Sandbox:Engine"] = "none" });
        using var client = RunningServer.ClientOf(app);
        var (status, body) = await client.AskAsync("/run_code", RunCode.Verl("print(1)"));
        Assert.Equal(422, status);
        Assert.Contains("python cannot be run here", body.Text("detail"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_that_comes_too_late_has_failed_by_our_fault()
    {
        server.NeedSandbox();
        var http = new DefaultHttpContext();
        using var budget = new OutputBudget(new ServerOptions());
        using var deadline = new Deadline(http, TimeSpan.Zero, TimeProvider.System);
        var end = await new ProgramRuns(server.Sandbox, budget).RunAsync(http, new TrainerProgram("python", "print(1)"), deadline);
        Assert.Null(end.Run);
        Assert.Contains("not run within", end.Failed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Programs_together_keep_less_of_their_outputs_so_that_the_server_holds_them()
    {
        server.NeedSandbox();
        var http = new DefaultHttpContext();
        using var budget = new OutputBudget(new ServerOptions { OutputBudgetMb = 8 });
        using var deadline = new Deadline(http, TimeSpan.FromMinutes(1), TimeProvider.System);
        var runs = new ProgramRuns(server.Sandbox, budget);
        var programs = Enumerable.Range(0, 8).Select(n => new TrainerProgram("python", $"print('{n}' * 100000)")).ToList();
        var ends = await runs.RunAsync(http, programs, deadline);
        Assert.Equal(Enumerable.Range(0, 8).Select(n => $"{n}"), ends.Select(end => System.Text.Encoding.UTF8.GetString(end.Run!.Stdout.Span[..1])));
        var many = await runs.RunAsync(http, [.. Enumerable.Repeat(programs[0], 65)], deadline);
        Assert.All(many, end => Assert.Contains("OutputBudgetMb", end.Malformed!.Value.Message, StringComparison.Ordinal));
    }
}
