using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using RewardServer.Tests.Http;

namespace RewardServer.Tests.Compatibility.NemoGym;

/// <summary>Clients that wait for a while only are answered before they give up, wherever their call stands.</summary>
public sealed class WaitingTests
{
    // verifiers' (verifiers/v1/tasksets/nemo_gym, request_timeout).
    private static readonly TimeSpan ClientsTimeout = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Verifiers_reads_that_a_judge_hangs_before_its_own_time_out_and_so_does_a_call_that_has_no_place()
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var judge = await OtherServer.StartAsync(http =>
        {
            asked.TrySetResult();
            return Task.Delay(Timeout.InfiniteTimeSpan, http.RequestAborted);
        });
        await using var full = await StartAsync(judge.Urls.First());
        using var holding = RunningServer.ClientOf(full);
        using var waiting = RunningServer.ClientOf(full);
        waiting.Timeout = ClientsTimeout;
        // A collection's rollout, which may take minutes, holds the only place: one whose deadline is the other's would give it up just then.
        using var over = new CancellationTokenSource();
        var holder = Record.ExceptionAsync(() => holding.PostAsJsonAsync("/verify", Greeting().OfCollection(), over.Token)).AsTask();
        await asked.Task.WaitAsync(ClientsTimeout, TestContext.Current.CancellationToken);
        await using var free = await StartAsync(judge.Urls.First());
        using var grading = RunningServer.ClientOf(free);
        grading.Timeout = ClientsTimeout;
        var answers = await Task.WhenAll(new[] { grading, waiting }.Select(client => client.VerifyAsync(Greeting())));
        Assert.All(answers, answer => Assert.Equal(503, answer.Status));
        Assert.Equal([false, true], answers.Select(answer => answer.Body.GetProperty("detail").GetString()!.Contains("Server:MaxCalls", StringComparison.Ordinal)));
        await over.CancelAsync();
        await holder;
    }

    private static JsonObject Greeting() => GymRows.With(GymRows.Message("Hello!"), ("task", JsonNode.Parse("""{"kind":"judge"}""")));

    private static Task<WebApplication> StartAsync(string judge) => RunningServer.StartAsync(new()
    {
        ["Server:MaxCalls"] = "1",
        ["Sandbox:Engine"] = "none",
        ["Trainers:Rubrics:nemo-gym"] = "helpful-harmless",
        ["Judges:helpful:Url"] = judge,
        ["Judges:helpful:Model"] = "m",
        ["Judges:harmless:Url"] = judge,
        ["Judges:harmless:Model"] = "m",
    });
}
